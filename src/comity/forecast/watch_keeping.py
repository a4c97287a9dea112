"""Watch lists that were made are kept beside the store, under a name that says of which data and code they are."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zipfile import BadZipFile

import msgspec
import numpy as np

from comity import __version__
from comity.errors import BadRequest
from comity.forecast import fitting
from comity.forecast.features import Features
from comity.forecast.fitting import Average
from comity.forecast.keeping import load_model, save_model
from comity.forecast.listed import Floats
from comity.forecast.watch import Watch
from comity.forecast.watch_fits import MODEL
from comity.forecast.watch_making import Made, Making
from comity.forecast.watch_rows import Listing
from comity.forecast.watch_what_if import Change, Moved, Told, WhatIf, what_if

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.sources.about import About

Whole = TypeVar("Whole")
MOST_KEPT = 12  # lists; the oldest go first
_CODE = ("forecast", "panel")  # the rooms whose code decides what a list says


@dataclass
class Kept:
    """A list, and what a what-if needs, read only when one is asked for."""

    watch: Watch
    folder: Path | None = None
    made: Made | None = None

    def what_if(self, one: str, other: str, changes: Iterable[Change]) -> WhatIf:
        """The chance of a pair before and after some changes; see `what_if`."""
        self.watch.place(one, other)
        model, asked, told, states, moved = self._parts()
        row = next(place for place, pair in enumerate(states) if set(pair) == {one, other})
        return what_if(Moved(model, float(moved[row])), asked, told, row, changes)

    def _parts(self) -> tuple[Average, Features, Told, Iterable[tuple[str, str]], Floats]:
        if self.made is not None:
            return self.made.model, self.made.asked, self.made.told, self.made.states, self.made.moved
        assert self.folder is not None
        model, _ = load_model(self.folder / "model.json")
        try:
            asked, told, states, moved = _read_rows(self.folder / "rows.npz")
        except (OSError, ValueError, KeyError, BadZipFile) as problem:
            raise BadRequest(f"{self.folder} is damaged ({problem}); remove it, and the list is made anew") from problem
        return cast("Average", model), asked, told, states, moved


def _read_rows(file: Path) -> tuple[Features, Told, list[tuple[str, str]], Floats]:
    with np.load(file, allow_pickle=False) as held:
        asked = Features(tuple(held["names"].tolist()), tuple(held["groups"].tolist()), held["x"])
        told = Told({name[5:]: tuple(held[name]) for name in held.files if name.startswith("told/")})
        states = [(str(one), str(other)) for one, other in held["states"].tolist()]
        return asked, told, states, held["moved"]


def stamp(store: Facts) -> dict[str, Any]:
    """What a list keeps of the data and the code it is made of: fingerprint, versions, a hash of settings, titles.

    The fingerprint is empty where that of a source is not known; such a list is not kept, for it cannot be told
    whether it is still that of the data.
    """
    abouts = store.abouts()
    return {
        "fingerprint": _of_data(abouts),
        "versions": {"comity": __version__, "lightgbm": version("lightgbm"), "numpy": version("numpy")},
        "settings": _hashed([json.dumps(fitting.frozen(), sort_keys=True, default=str), _of_code()]),
        "titles": {source: about.title for source, about in abouts.items()},
    }


def kept_list(folder: Path | None, asked: tuple[Listing, Making], make: Callable[[], Made]) -> Kept:
    """The list if one of the same data, code and question is kept in a folder; otherwise it is made, and kept there."""
    listing, how = asked
    if folder is None or not how.stamp.get("fingerprint"):
        made = make()
        return Kept(made.watch, None, made)
    place = folder / _key(listing, how)
    try:
        watch = msgspec.json.decode((place / "watch.json").read_bytes(), type=Watch)
    except (OSError, msgspec.MsgspecError):
        made = make()
        _keep(place, made)
        return Kept(made.watch, place, made)
    return Kept(replace(watch, made_on=how.made_on), place)


@dataclass(frozen=True)
class Question:
    """What a list answers and how it is made; `further` is what else would make it another one."""

    listing: Listing
    how: Making
    further: tuple[Any, ...] = ()


def kept_whole(folder: Path | None, asked: Question, kind: type[Whole], make: Callable[[], Whole]) -> Whole:
    """What was made of the same data, code and question, if it is kept in a folder; otherwise it is made, and kept."""
    if folder is None or not asked.how.stamp.get("fingerprint"):
        return make()
    file = folder / _key(asked.listing, asked.how, asked.further) / "whole.msgpack"
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        made = make()
        _written(file.parent, lambda new: (new / file.name).write_bytes(msgspec.msgpack.encode(made)))
        return made


def _key(listing: Listing, how: Making, further: tuple[Any, ...] = ()) -> str:
    system = listing.system if isinstance(listing.system, str) else f"own:{listing.system.name}"
    asked = [listing.target, listing.source, listing.period, listing.is_relevant, listing.seed, system]
    known = [sorted(how.known.last.items()), sorted(how.known.late.items())]
    made = [how.product, how.draws, how.earlier]  # and not the day: the same data make the same list on every day
    stamped = [how.stamp["fingerprint"], how.stamp["versions"], how.stamp["settings"]]
    return _hashed([json.dumps([asked, known, made, stamped, further], sort_keys=True)])[:32]


def _keep(place: Path, made: Made) -> None:
    def write(new: Path) -> None:
        (new / "watch.json").write_bytes(msgspec.json.encode(made.watch))
        save_model(new / "model.json", MODEL, made.model, made.learning)
        rows: dict[str, Any] = {f"told/{name}": np.stack(sides) for name, sides in made.told.values.items()}
        rows |= {"names": np.array(made.asked.names), "groups": np.array(made.asked.groups), "x": made.asked.x}
        np.savez(new / "rows.npz", **rows, states=np.array(made.states), moved=made.moved)

    _written(place, write)


def _written(place: Path, write: Callable[[Path], object]) -> None:
    """Write what is kept under a name of its own and give it its true one when it is whole; the oldest go."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=place.parent, prefix="."))
    try:
        write(new)
        shutil.rmtree(place, ignore_errors=True)
        new.replace(place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    held = (each for each in place.parent.iterdir() if each.name[0] != ".")
    older = sorted(held, key=lambda each: each.stat().st_mtime)
    for each in older[: max(len(older) - MOST_KEPT, 0)]:
        shutil.rmtree(each, ignore_errors=True)


def _of_data(abouts: Mapping[str, About]) -> str:
    if not all(about.fingerprint for about in abouts.values()):
        return ""
    return _hashed(f"{source} {abouts[source].fingerprint}" for source in sorted(abouts))


@cache
def _of_code() -> str:
    """A hash of the code that decides what a list says, so that a list made by other code is not taken for its own."""
    texts = []
    for room in _CODE:
        root = Path(str(files(f"comity.{room}")))
        texts += [
            path.read_text(encoding="utf-8") for path in sorted(root.rglob("*")) if path.suffix in (".py", ".yml")
        ]
    return _hashed(texts)


def _hashed(texts: Iterable[str]) -> str:
    made = hashlib.sha256()
    for text in texts:
        made.update(text.encode() + b"\0")
    return made.hexdigest()
