"""A log of lists to watch, written before what comes has come, and scored when it has.

The file is only ever added to: one list a line, each with the hash of the line before. A line that was changed or taken
out breaks the chain, and such a log is not scored.
"""

from __future__ import annotations

import fcntl
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from comity.errors import BadRequest, OutsideCoverage
from comity.forecast.begun import begun
from comity.forecast.months import by_month
from comity.forecast.scores import LISTED, scores
from comity.forecast.targets import Cases, Wanted, cases
from comity.forecast.watch import Watch

if TYPE_CHECKING:
    from comity.panel.facts import Facts
    from comity.panel.systems import StateSystem

FORMAT = 1
NAME = "watch-log.jsonl"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One list as it was logged: when, what it foretells, from which data and settings, and every pair's chance."""

    format: int = FORMAT
    logged: datetime
    after: str  # the hash of the line before; empty of the first
    product: str
    target: str
    list_name: str
    year: int
    made_on: date
    known_to: int
    late: int
    is_relevant: bool
    seed: int
    fingerprint: str
    settings: str
    versions: dict[str, str]
    pairs: tuple[tuple[str, str, float], ...]
    month: int = 0  # 1 to 12; 0 of a list for a whole year

    @property
    def is_ahead(self) -> bool:
        """Whether it was logged before its year, or its month, began."""
        return self.logged.date() < date(self.year, self.month or 1, 1)


@dataclass(frozen=True)
class Due:
    """A logged list beside what came: its scores, and those of the same chance for all of its pairs.

    `unlisted` are the onsets between pairs that the list did not name. Scores are None where the list is not due:
    what comes in its year is not known yet.
    """

    line: int
    entry: Entry
    rows: int
    onsets: int
    unlisted: int
    scores: dict[str, Any] | None
    base_rate: dict[str, Any] | None
    hits: dict[int, int]

    @property
    def is_due(self) -> bool:
        """Whether what came is known."""
        return self.scores is not None

    def to_dict(self) -> dict[str, Any]:
        """The scored list as plain values, without its pairs."""
        entry: dict[str, Any] = msgspec.to_builtins(self.entry)
        del entry["pairs"]
        said = {"line": self.line, "is_due": self.is_due, "is_ahead": self.entry.is_ahead, "list": entry}
        said |= {"rows": self.rows, "onsets": self.onsets, "unlisted_onsets": self.unlisted}
        hits = {str(count): found for count, found in self.hits.items()}
        return said | {"scores": self.scores, "base_rate": self.base_rate, "hits": hits}


def log_list(file: Path, watch: Watch, now: datetime | None = None) -> Entry:
    """Add a list to the end of a log; what stands in it stays. Raises BadRequest for a log whose chain is broken."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        opened.seek(0)
        lines = opened.read().splitlines()
        _read(file, lines)
        entry = Entry(
            logged=now or datetime.now(UTC),
            after=_hash(lines[-1]) if lines else "",
            product=watch.product,
            target=watch.target,
            list_name=watch.list_name,
            year=watch.year,
            made_on=watch.made_on,
            known_to=watch.known_to,
            late=watch.late,
            is_relevant=watch.is_relevant,
            seed=watch.basis.seed,
            fingerprint=watch.basis.fingerprint,
            settings=watch.basis.settings,
            versions=watch.basis.versions,
            pairs=tuple((*pair.states, pair.chance) for pair in watch.pairs),
            month=watch.month,
        )
        opened.write(msgspec.json.encode(entry) + b"\n")
    return entry


def read_log(file: Path) -> tuple[Entry, ...]:
    """The lists of a log, the oldest first; none where there is no log.

    Raises BadRequest, naming the line, for one that is no list or does not follow the one before it.
    """
    return _read(file, file.read_bytes().splitlines()) if file.is_file() else ()


def _read(file: Path, lines: list[bytes]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for number, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
            raise BadRequest(f"{file}: line {number}: no list that was logged ({problem})") from problem
        if entry.format != FORMAT:
            raise BadRequest(f"{file}: line {number}: format is {entry.format}, and this version reads {FORMAT}")
        if entry.after != (_hash(lines[number - 2]) if number > 1 else ""):
            raise BadRequest(f"{file}: line {number} does not follow the one before it: a line was changed or removed")
        found.append(entry)
    return tuple(found)


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def score_log(store: Facts, file: Path, system: str | StateSystem = "cow") -> list[Due]:
    """Every list of a log beside what came, as far as the loaded sources tell it by now."""
    return [_due(store, number, entry, system) for number, entry in enumerate(read_log(file), start=1)]


def _due(store: Facts, line: int, entry: Entry, system: str | StateSystem) -> Due:
    try:
        rows: Cases = cases(
            store, entry.target, entry.list_name, Wanted((entry.year, entry.year), is_relevant=False, system=system)
        )
    except OutsideCoverage:  # the list of the target is not loaded
        return Due(line, entry, 0, 0, 0, None, None, {})
    states = rows.panel.rows.index.states
    if entry.month:
        months = by_month(rows, begun(store, rows.main, states))
        rows = months.among(months.month == entry.month - 1)
    came = {
        frozenset((states[one], states[other])): happened
        for one, other, happened in zip(rows.state_a.tolist(), rows.state_b.tolist(), rows.y.tolist(), strict=True)
    }
    y = np.array([came.get(frozenset((one, other)), np.nan) for one, other, _ in entry.pairs])
    known = ~np.isnan(y)
    if not known.any():
        return Due(line, entry, 0, 0, 0, None, None, {})
    chance = np.array([each for *_, each in entry.pairs])[known]
    y = y[known]
    order = np.argsort(-chance, kind="stable")
    hits = {count: int(y[order[:count]].sum()) for count in (20, *LISTED)}
    unlisted = int(sum(happened == 1 for happened in came.values()) - y.sum())
    # The same chance for all pairs, as many onsets expected: what the list is worth beyond its level.
    flat = scores(y, np.full(len(y), chance.mean())).to_dict()
    return Due(line, entry, len(y), int(y.sum()), unlisted, scores(y, chance).to_dict(), flat, hits)
