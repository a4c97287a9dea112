"""Text in Arrow told from its bytes, where all of it has one width: what Arrow computes is slow to import."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CODE_WIDTH = 3  # ISO 3166-1 alpha-3, and codes made like it
_CODE = re.compile("[A-Z]{3}")
_A = ord("A")
_LETTERS = 26
_MOST_NAMES = 16

Bytes = npt.NDArray[np.uint8]


def bytes_of(texts: pa.Array) -> Bytes | None:
    """The bytes of some texts, a row each; None where they are not all as long, or one is null or empty, or none is.

    >>> bytes_of(pa.array(["PHL", "USA"])).tolist(), bytes_of(pa.array(["PHL", "US"]))
    ([[80, 72, 76], [85, 83, 65]], None)
    """
    if (found := _buffers(texts)) is None:
        return None
    ends, letters = found
    size = int(ends[1] - ends[0])
    held = letters[ends[0] : ends[-1]]
    if not size or len(held) != size * len(texts) or (np.diff(ends) != size).any():
        return None
    return held.reshape(-1, size)


def numbered(texts: pa.Array) -> tuple[tuple[str, ...], npt.NDArray[np.int32]] | None:
    """The few names that texts repeat, in the order in which they are met, and the number of each text's.

    None where one is null, none is there, or there are more than a few.

    >>> names, numbers = numbered(pa.array(["cow", "dcad", "cow"]))
    >>> names, numbers.tolist()
    (('cow', 'dcad'), [0, 1, 0])
    """
    if (found := _buffers(texts)) is None:
        return None
    ends, letters = found
    begins, sizes = ends[:-1], np.diff(ends)
    numbers = np.full(len(texts), -1, dtype=np.int32)
    left = np.arange(len(texts))
    names: list[str] = []
    while len(left) and len(names) < _MOST_NAMES:
        first, size = begins[left[0]], sizes[left[0]]
        alike = left[sizes[left] == size]
        same = letters[begins[alike][:, None] + np.arange(size)] == letters[first : first + size]
        numbers[alike[same.all(axis=1)]] = len(names)
        names.append(letters[first : first + size].tobytes().decode())
        left = left[numbers[left] < 0]
    return None if len(left) else (tuple(names), numbers)


def codes_among(codes: pa.Array, states: tuple[Any, ...]) -> npt.NDArray[np.int32] | None:
    """Where each code stands among some states, −1 for one that does not.

    None where the codes are not all of three capital letters, which is for Arrow to compare. Codes that are numbers
    into a short list of names, as kept answers hold them, are looked up once each.

    >>> codes_among(pa.array(["USA", "XXX", "PHL"]), ("PHL", "USA")).tolist()
    [1, -1, 0]
    >>> codes_among(pa.array(["USA", "XXX", "USA"]).dictionary_encode(), ("PHL", "USA")).tolist()
    [1, -1, 1]
    """
    if isinstance(codes, pa.DictionaryArray):
        named = None if codes.null_count else codes_among(codes.dictionary, states)
        return None if named is None else named[codes.indices.to_numpy()]
    held = bytes_of(codes)
    if held is None or held.shape[1] != CODE_WIDTH or held.min() < _A or held.max() >= _A + _LETTERS:
        return None
    found: npt.NDArray[np.int32] = _numbers(states)[_keys(held)]
    return found


def _buffers(texts: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes] | None:
    """Where the first text begins and each ends, and all bytes; None where one is null or there is none."""
    if texts.type != pa.string() or texts.null_count or not len(texts):
        return None
    _, edges, letters = texts.buffers()
    ends = np.frombuffer(edges, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return ends, np.frombuffer(letters or b"", dtype=np.uint8)


def _keys(letters: Bytes) -> npt.NDArray[np.int32]:
    """A number for each code: its letters as digits."""
    digits = letters.astype(np.int32) - _A
    keys: npt.NDArray[np.int32] = (digits[:, 0] * _LETTERS + digits[:, 1]) * _LETTERS + digits[:, 2]
    return keys


@cache
def _numbers(states: tuple[Any, ...]) -> npt.NDArray[np.int32]:
    """The place of each code of three capital letters among some states, by the number of the code."""
    places = np.full(_LETTERS**CODE_WIDTH, -1, dtype=np.int32)
    for place, state in enumerate(states):
        if (
            isinstance(state, str)
            and len(state) == CODE_WIDTH
            and state.isascii()
            and state.isalpha()
            and state.isupper()
        ):
            places[_keys(np.frombuffer(state.encode(), dtype=np.uint8).reshape(1, -1))] = place
    return places
