"""Text as the typesetter's own typefaces can show it: what they lack is told in words, for a page must not lose it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

# Scripts whose letters lie in the typefaces that come with the typesetter, by the first word of a character's name.
_SHOWN = frozenset(
    (
        "LATIN",
        "GREEK",
        "CYRILLIC",
        "ARABIC",
        "HEBREW",
        "GEORGIAN",
        "ARMENIAN",
        "DEVANAGARI",
        "COMBINING",
        "MODIFIER",
        "VULGAR",
        "SUPERSCRIPT",
        "SUBSCRIPT",
        "ROMAN",
    )
)
_WIDE_SIGNS = {0xFF00 + sign: 0x20 + sign for sign in range(1, 0x5F)} | {0x3000: 0x20}  # the same signs, set narrow
_FIRST_EASTERN, _FIRST_ASIAN_SIGN = 0x590, 0x2E80  # before the first, all is Latin, Greek, Cyrillic or Armenian
_TOLD = {
    "CJK": "Chinese characters",
    "IDEOGRAPHIC": "Chinese characters",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "ETHIOPIC": "Ethiopic script",
    "MYANMAR": "Burmese script",
}
_LACKED = re.compile('the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def printable(text: str, lacking: frozenset[str] = frozenset()) -> str:
    """The text with each run in a script that cannot be shown replaced by the script's name.

    `lacking` are further characters that the typesetter said it cannot show.

    >>> printable("Bases Agreement, 美國駐菲基地協定"), printable("Учения 2021")
    ('Bases Agreement, [in Chinese characters]', 'Учения 2021')
    >>> printable("2018年12月の訓練")
    '2018[in Japanese]'
    """
    if text.isascii() or (not lacking and all(_is_shown(letter) for letter in text)):
        return text
    made: list[str] = []
    run: list[str] = []
    held = ""  # what stands after a run and may be followed by more of it
    for letter in text.translate(_WIDE_SIGNS):
        if not _is_shown(letter) or letter in lacking:
            run += held + letter
            held = ""
        elif run and not letter.isalpha():
            held += letter
        else:
            made += (_told(run), held, letter)
            run, held = [], ""
    return "".join((*made, _told(run), held))


def lacked(problem: str) -> frozenset[str]:
    r"""The characters that the typesetter says it cannot show.

    >>> sorted(lacked(r'the text `"美"` could not be displayed, the text `"\u{7}"` could not be displayed with font'))
    ['\x07', '美']
    """
    found = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _LACKED.findall(problem))
    return frozenset(letter for text in found for letter in text)


def all_printable(values: Any, lacking: frozenset[str] = frozenset()) -> Any:
    """The same for every text of plain data."""
    if isinstance(values, str):
        return printable(values, lacking)
    if isinstance(values, list):
        return [all_printable(each, lacking) for each in values]
    if isinstance(values, dict):
        return {key: all_printable(each, lacking) for key, each in values.items()}
    return values


@cache
def _is_shown(letter: str) -> bool:
    """Whether a typeface holds it: letters by their script, marks and signs below the first East Asian ones."""
    if ord(letter) < _FIRST_EASTERN or letter == "\ufffd":
        return True
    if letter.isalnum() or unicodedata.combining(letter):
        return _script(letter) in _SHOWN
    return ord(letter) < _FIRST_ASIAN_SIGN


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]


def _told(run: list[str]) -> str:
    """A run that cannot be shown, as the name of its script; signs of no script as one that is missing."""
    scripts = [_script(letter) for letter in run if not _is_shown(letter) and letter.isalpha()]
    if scripts:
        names = {_TOLD.get(script, f"{script.capitalize()} script") for script in scripts}
        return f"[in {'Japanese' if 'Japanese' in names else ' and '.join(sorted(names))}]"
    return "\ufffd" if run else ""
