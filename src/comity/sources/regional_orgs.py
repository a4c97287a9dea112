"""Regional economic institutions and their members, to 2020 (a list of the peace data, laid out by hand in blocks)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.layout import Layout
from comity.sources.raw import Raw, Row
from comity.sources.spells import holders
from comity.vocab.dates import Dated, dated_parts, last_day

# `060 470 Arab_Maghreb_Union AMU 1989 20209999`; the second number, that of Correlates of War, may be left out.
_HEAD = re.compile(r"(\d{3}) (?:(\d{3,4}) )?(\S+) (\S+) (\d{8}|\d{4}) (\d{7,8}|\d{4})\s*")
# `620 1989 20209999`, run after run, at times without a blank between them; `987. 20209999` has no start.
_MEMBER = re.compile(r"\s*(\d{1,3})(?:\.| +(\d{8}|\d{4})) +(\d{8}|\d{7}(?!\d)|\d{4}(?!\d))")
_MEMBERS = re.compile(f"(?:{_MEMBER.pattern})+\\s*")
_OPEN = re.compile(r"(\d{4})9999?")
_FIELDS = ("number", "ionum", "name", "acronym", "start", "end")
_MEMBER_FIELDS = ("ccode", "start", "end")
_LAST_YEAR = 2020  # the list was last brought up to date


@dataclass(frozen=True)
class _Block:
    """One institution: its first line and its members, each as a row of named fields."""

    head: Row
    members: list[Row]


def organisation(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per institution."""
    for block in _blocks(raw):
        row = block.head
        yield _dates(row) | {
            "organisation": _identifier(row),
            "name": row.needed("name").replace("_", " "),
            "short_name": row.needed("acronym"),
            "organisation_kind": "regional",
            "verification": "secondary",
            "row_ref": row.ref("number"),
        }


def organisation_member(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per member and spell, cut where a code passes from one state to another."""
    for block in _blocks(raw):
        for row in block.members:
            fact = _dates(row) | {
                "organisation": _identifier(block.head),
                "party_kind": "state",
                "role": "member",
                "row_ref": f"{block.head.ref('number')}/{row.plain('ccode')}/{row.plain('start')}",
            }
            until = fact["end_date"] or fact["known_until"]
            if fact["start_date"] is None or row.plain("ccode") in row.layout.aliases:
                kind, party = _party(row, fact["start_date"] or until)
                yield fact | {"party_kind": kind, "party": party}
                continue
            row.state("ccode", "cow", fact["start_date"])  # an unknown code is refused here
            for state, first, last in holders("cow", row.needed_integer("ccode"), fact["start_date"], until):
                yield fact | {"party": state} | _part(fact, first, last, until)


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The number of the institution in the list of Correlates of War, where it has one."""
    for line in raw.rows("institutions"):
        if line.plain("line").startswith("notes:"):
            raw.leave_out(line, "a line of notes")
    for block in _blocks(raw):
        if block.head.text("ionum") is not None:
            yield {
                "core_table": "organisation",
                "item": _identifier(block.head),
                "property": "ionum",
                "part": "",
                "value": block.head.needed_number("ionum"),
                "row_ref": block.head.ref("number"),
            }


def _blocks(raw: Raw) -> Iterator[_Block]:
    """Four lines each: the institution, its site, its members, notes."""
    lines = list(raw.rows("institutions"))
    for place in range(0, len(lines), 4):
        block = lines[place : place + 4]
        head, members = block[0], block[2] if len(block) > 2 else block[-1]
        match = _HEAD.fullmatch(head.plain("line"))
        if match is None:
            raise head.broken("line", "does not begin an institution: number, name, acronym, start, end")
        if not _MEMBERS.fullmatch(members.plain("line")):
            raise members.broken("line", "is no list of members: code, start, end")
        if len(block) < 4 or not block[3].plain("line").startswith("notes:"):
            raise block[-1].broken("line", "is not the line of notes that ends an institution")
        for line in block[:3]:
            line.is_used = True
        found = _MEMBER.finditer(members.plain("line"))
        yield _Block(
            _named(head, _FIELDS, match.groups()),
            [_named(members, _MEMBER_FIELDS, member.groups()) for member in found],
        )


def _named(line: Row, names: tuple[str, ...], values: tuple[str | None, ...]) -> Row:
    """The parts of a line under names, so that an error can tell which of them is meant."""
    layout = Layout(
        line.file, {name: place for place, name in enumerate(names)}, line.layout.missing, line.layout.aliases
    )
    return Row(layout, line.place, [value or "" for value in values])


def _identifier(row: Row) -> str:
    return f"rei/{row.needed('number')}"


def _dates(row: Row) -> dict[str, Any]:
    """Start and end; an end such as `20209999` says that the spell was running in that year."""
    start = _dated(row, "start")
    open_year = _OPEN.fullmatch(row.plain("end"))
    end = None if open_year else _dated(row, "end", edge="end")
    return {
        "start_date": start and start.day,
        "start_precision": start and start.precision,
        "end_date": end and end.day,
        "end_precision": end and end.precision,
        "known_until": last_day(int(open_year[1]) if open_year else _LAST_YEAR),
    }


def _dated(row: Row, column: str, edge: str = "start") -> Dated | None:
    text = row.text(column)
    if text is None:
        return None
    month, day = (int(text[4:6]), int(text[6:])) if len(text) == 8 else (None, None)
    try:
        return dated_parts(int(text[:4]), month, day, edge)
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error


def _party(row: Row, on: date) -> tuple[str, str]:
    """The state that holds the code, or what an alias of the contract says the code means."""
    if row.plain("ccode") in row.layout.aliases:
        return row.party(("ccode",), on)
    return "state", row.state("ccode", "cow", on)


def _part(fact: dict[str, Any], first: date, last: date, until: date) -> dict[str, Any]:
    """The dates of one holder's part of a spell; those that cut it are known to the day."""
    dates: dict[str, Any] = {}
    if first != fact["start_date"]:
        dates |= {"start_date": first, "start_precision": "day"}
    if last != until:
        dates |= {"end_date": last, "end_precision": "day"}
    return dates
