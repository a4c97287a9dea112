"""Engagements of the register, of a user's own records and of a store, past or planned, as activities.

What a record does not tell stays unsaid, so a rule that hangs on it cannot be told.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from comity.cbm.vocabulary import FEW
from comity.errors import BadRequest

if TYPE_CHECKING:
    from comity.record.reading import Filed
    from comity.record.shelf import Shelf
    from comity.store import Store

Plain = tuple[str, dict[str, Any]]  # where it comes from, for errors, and an activity in plain keys
CHECKED = ("engagement", "series")
_GROUND, _SCREEN = {"land", "amphibious"}, {"cyber", "information", "space"}
_KINDS = {"port_call": "naval_visit", "arms_transfer": "arms_transfer"}
_OFF = ("cancelled", "postponed")
_STORED = """
    SELECT e.source, e.engagement, e.name, e.instrument, e.start_date, e.end_date, e.start_precision, e.end_precision,
           e.domains, e.personnel_count, e.location,
           list(p.party ORDER BY p.party) FILTER (p.role = 'host') AS hosts,
           list(p.party ORDER BY p.party) FILTER (p.role NOT IN ('observer', 'host')) AS parties
    FROM core.engagement e
    LEFT JOIN core.engagement_party p
      ON p.source = e.source AND p.engagement = e.engagement AND p.party_kind = 'state'
    WHERE e.engagement = $name OR e.source || '/' || e.engagement = $name
    GROUP BY ALL
    ORDER BY e.source
"""


def plain_activity(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `core.engagement`, with its `hosts` and other `parties`, in the plain keys of an activity.

    What is on land, or of no domain that is listed, is a land exercise; ships and aircraft without land forces are of
    their kind. A day that is known to the month or the year alone is no day to count from: it becomes `around`. An
    engagement that is no military activity, such as a dialogue, has no `type`.

    >>> row = {"instrument": "exercise", "name": "Anakonda", "domains": ["land"], "hosts": ["POL"], "parties": None}
    >>> plain = plain_activity({**row, "start_date": "2016-06-07", "start_precision": "day", "personnel_count": 31000})
    >>> plain["type"], plain["troops"]
    ('field_exercise', 31000)
    """
    start, end = row.get("start_date"), row.get("end_date")
    is_dated = row.get("start_precision") == "day"
    is_ended = is_dated and end is not None and end >= start and row.get("end_precision") in (None, "day")
    plain = {
        "type": _kind(row.get("instrument") or "exercise", set(row["domains"] or ())),
        "name": row.get("name") or row.get("engagement"),
        "host": row["hosts"] or None,
        "parties": row["parties"] or None,
        "start": start if is_dated else None,
        "around": None if is_dated else start,
        "end": end if is_ended else None,
        "troops": row.get("personnel_count"),
        "place": row.get("location"),
    }
    return {key: value for key, value in plain.items() if value is not None}


def _kind(instrument: str, domains: set[str]) -> str | None:
    """The kind of activity an engagement is; where no domain is listed, the kind that rules ask most of."""
    if instrument not in ("exercise", "training"):
        return _KINDS.get(instrument)
    if not domains or domains & _GROUND:
        return "field_exercise"
    if "sea" in domains:
        return "naval_exercise"
    if "air" in domains:
        return "air_exercise"
    return "cxp_or_ctx" if domains <= _SCREEN else "field_exercise"


def recorded(name: str, shelf: Shelf, audience: str) -> list[Plain]:
    """The engagement or edition of an address, as an activity; a series stands for all its editions that were held.

    An address is `engagement/ID`, `series/ID/EDITION` or `series/ID`; the kind may be left out, and so may the series
    of an edition while no other is named like it. Only the file of the name is read. BadRequest names what is near.

    Args:
        name: the address.
        shelf: where the records lie; `comity.record.own_shelf(home)` is the register with a user's own on top.
        audience: whose eyes it is for; what it may not see is not there.
    """
    kinds = _kinds()
    kind, _, rest = name.partition("/") if name.partition("/")[0] in kinds and "/" in name else ("", "", name)
    identifier, _, edition = rest.partition("/")
    item = next(iter(_files(shelf, audience, lambda stem: stem == identifier)), None)
    if item is None:
        return _edition(name, identifier, shelf, audience, is_whole=not kind and not edition)
    if item.kind not in CHECKED:
        raise BadRequest(f"{identifier!r} is a record of kind {item.kind}; only an engagement or a series is checked")
    if kind not in ("", item.kind):
        raise BadRequest(f"there is no {kind} {identifier!r}; there is {item.kind}/{identifier}")
    held = [(where, plain) for where, plain, status in _activities(item) if edition or status not in _OFF]
    chosen = [one for one in held if one[0] == f"{identifier}/{edition}"] if edition else held
    if not chosen:
        named = [where.partition("/")[2] for where, _ in held]
        raise BadRequest(f"{identifier!r} has no edition {edition or 'that was held'!r}{_near(edition, named)}")
    return chosen


def _edition(name: str, part: str, shelf: Shelf, audience: str, *, is_whole: bool) -> list[Plain]:
    """The one edition of this name, whatever its series; BadRequest when there is none or there are several."""
    known = _stems(shelf, audience)
    if is_whole:
        held = _editions(shelf, audience)
        found = [one for one in held if one[0].partition("/")[2] == part]
        if len(found) == 1:
            return found
        if found:
            raise BadRequest(f"{name!r} is an edition of several series: {', '.join(where for where, _ in found)}")
        known += [where.partition("/")[2] for where, _ in held]
    raise BadRequest(f"there is no record {part!r}{_near(part, known)}")


def _kinds() -> Sequence[str]:
    from comity.record.shape import RECORD_KINDS

    return RECORD_KINDS


def _activities(item: Filed) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every engagement of a record: its address without the kind, its plain keys and its status."""
    from comity.record.rows import rows_of

    held: dict[str, dict[str, Any]] = {}
    for table, row in rows_of(item):
        if table == "engagement":
            held[row["engagement"]] = row | {"hosts": [], "parties": []}
        elif table == "engagement_party" and row["party_kind"] == "state" and row["role"] != "observer":
            held[row["engagement"]]["hosts" if row["role"] == "host" else "parties"].append(row["party"])
    for name, row in held.items():
        place = {"lat": row.get("latitude"), "lon": row.get("longitude")}
        plain = plain_activity(row) | {key: value for key, value in place.items() if value is not None}
        yield name, plain, row["status"]


def _editions(shelf: Shelf, audience: str) -> list[Plain]:
    """The editions of every series."""
    series = [item for item in _files(shelf, audience, lambda stem: True, "series") if item.kind == "series"]  # noqa: ARG005
    return [(where, plain) for item in series for where, plain, _ in _activities(item)]


def _files(shelf: Shelf, audience: str, is_meant: Callable[[str], bool], folder: str = "") -> list[Filed]:
    """The records whose files are named so, as an audience sees them, a user's own in the place of what ships."""
    from comity.record.reading import read_record, record_files
    from comity.record.shelf import overlaid, seen_by

    read = []
    for root, label in ((shelf.beneath, "public"), (shelf.folder, shelf.label)):
        paths = record_files(root) if root is not None and root.is_dir() else []
        if folder and root == shelf.beneath:
            paths = [path for path in paths if folder in path.parts]
        meant = [path for path in paths if is_meant(path.stem)]
        read.append(seen_by(audience, [read_record(path, root, label) for path in meant if root is not None]))
    return overlaid(*read)


def _stems(shelf: Shelf, audience: str) -> list[str]:
    """The names of the records that could be checked: those that ship, and a user's own for the owner alone."""
    from comity.record.reading import record_files

    roots = [shelf.beneath, shelf.folder if audience == "owner" or shelf.label == "public" else None]
    paths = [path for root in roots if root is not None and root.is_dir() for path in record_files(root)]
    return sorted({path.stem for path in paths})


def _near(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=3)
    if near:
        return f"; nearest is {' or '.join(map(repr, near))}"
    return f"; it has {', '.join(known)}" if 0 < len(known) <= FEW else ""


def stored(name: str, store: Store) -> list[Plain]:
    """The engagement of a store with this name, `SOURCE/ENGAGEMENT` or the latter alone; none where there is none.

    BadRequest when several sources have one of this name.
    """
    rows = store.ask(_STORED, {"name": name}).to_pylist()
    if len(rows) > 1:
        raise BadRequest(f"{name!r} is an engagement of several sources: {', '.join(row['source'] for row in rows)}")
    return [(f"{row['source']}/{row['engagement']}", plain_activity(row)) for row in rows]
