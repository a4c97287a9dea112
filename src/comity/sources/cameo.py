"""The codes of CAMEO: events with their scores and classes, kinds of actor, ethnic groups, and countries by FIPS."""

import re
from collections.abc import Iterator
from typing import Any

from comity.sources.raw import Raw, Row

NO_NAME = frozenset(["106"])  # has a score, and no name in the list of events
LABEL = re.compile(r"LABEL[iI]?: (\d{2,4})i?= *(.+?) *", re.ASCII)
# `NAME_ [CODE]`, and under it further names after a plus sign, which may have a code of their own.
GROUP = re.compile(r"(\+?)([^\[+]+?)_? *(?:\[([A-Z]{3})\])? *", re.ASCII)


def code(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per code of each list."""
    yield from _events(raw)
    names = {row.needed("code") for row in raw.rows("icews")}
    for row in raw.rows("icews"):
        found = row.needed("code")
        yield _code("cameo_event_icews", found, row.needed("name"), row.ref("code")) | {
            "parent": _parent(found, names),
            "value": row.number("goldstein"),
        }
    for row in raw.rows("classes"):
        yield _code("cameo_event_class", row.needed("@key"), row.needed("name"), row.ref("@key")) | {
            "parent": row.text("parent"),
            "value": row.needed_number("quad_class"),
        }
    yield from _types(raw)
    for row in raw.rows("countries"):
        yield _code("fips_country", row.needed("@key"), row.needed("name"), row.ref("@key")) | {
            "parent": row.text("iso3")
        }
    for parent, labels in _labels(raw).items():
        for number, row in enumerate(labels, start=1):
            yield _code("cameo_label", f"{parent}/{number}", _label(row)[1], row.ref("line")) | {"parent": parent}
    for found, group in _groups(raw).items():
        refs = "; ".join(dict.fromkeys(row.ref("line") for _, row in group))
        yield _code("cameo_ethnic_group", found, group[0][0], refs)


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """Further names of ethnic groups, and the two letters and region of countries."""
    for found, group in _groups(raw).items():
        for number, (name, row) in enumerate(group[1:], start=1):
            yield _property(f"cameo_ethnic_group/{found}", "alias", row.ref("line")) | {
                "part": str(number),
                "content": name,
            }
    for row in raw.rows("countries"):
        for column in ("iso2", "region"):
            if content := row.text(column):
                yield _property(f"fips_country/{row.needed('@key')}", column, row.ref("@key")) | {"content": content}


def _events(raw: Raw) -> Iterator[dict[str, Any]]:
    """The list of events with its Goldstein scores."""
    names = {row.needed("CAMEOEVENTCODE") for row in raw.rows("events")}
    scores: dict[str, Row] = {}
    for row in raw.rows("goldstein"):
        found = row.needed("CAMEOEVENTCODE")
        if found in NO_NAME - names:
            raw.leave_out(row, "a score for a code without a name")
        elif found not in names:
            raise row.broken("CAMEOEVENTCODE", "is no code of the list of events")
        else:
            scores[found] = row
    for row in raw.rows("events"):
        found = row.needed("CAMEOEVENTCODE")
        score = scores.get(found)
        refs = [row.ref("CAMEOEVENTCODE"), *([score.ref("CAMEOEVENTCODE")] if score else [])]
        yield _code("cameo_event", found, row.needed("EVENTDESCRIPTION"), "; ".join(refs)) | {
            "parent": _parent(found, names),
            "value": score.needed_number("GOLDSTEINSCALE") if score else None,
        }


def _types(raw: Raw) -> Iterator[dict[str, Any]]:
    """The kinds of actor; one that is listed twice with one name is kept once."""
    seen: dict[str, str] = {}
    for row in raw.rows("types"):
        found, name = row.needed("CODE"), row.needed("LABEL")
        if found not in seen:
            seen[found] = name
            yield _code("cameo_actor_type", found, name, row.ref("CODE"))
        elif seen[found] == name:
            raw.leave_out(row, "a code listed twice")
        else:
            raise row.broken("LABEL", f"is not the name {found} has before, {seen[found]!r}")


def _labels(raw: Raw) -> dict[str, list[Row]]:
    """The lines with labels by the code they stand for; headings and marks are left out."""
    found: dict[str, list[Row]] = {}
    for row in sorted(raw.rows("labels"), key=lambda row: row.plain("line")):
        if LABEL.fullmatch(row.plain("line")):
            found.setdefault(_label(row)[0], []).append(row)
        else:
            raw.leave_out(row, "a heading or mark, or a label of no code")
    return found


def _label(row: Row) -> tuple[str, str]:
    match = LABEL.fullmatch(row.plain("line"))
    assert match is not None
    return match[1], match[2]


def _groups(raw: Raw) -> dict[str, list[tuple[str, Row]]]:
    """The names of each ethnic group by its code, the first name first."""
    found: dict[str, list[tuple[str, Row]]] = {}
    for block in _blocks(raw):
        shared = next((each for _, each, _ in block if each), None)
        for name, own, row in block:
            if shared is None:
                raise row.broken("line", "has no code")
            found.setdefault(own or shared, []).append((name, row))
    return found


def _blocks(raw: Raw) -> list[list[tuple[str, str | None, Row]]]:
    """The lines of ethnic groups, each name with the further names under it, and the code that stands at it."""
    blocks: list[list[tuple[str, str | None, Row]]] = []
    for row in raw.rows("groups"):
        line = row.plain("line")
        if line.startswith("#"):
            if not row.is_used:
                raw.leave_out(row, "a comment")
            continue
        match = GROUP.fullmatch(line)
        if match is None or (match[1] and not blocks):
            raise row.broken("line", "is no name with a code, and no further name under one")
        if not match[1]:
            blocks.append([])
        blocks[-1].append((match[2].replace("_", " ").strip(), match[3], row))
    return blocks


def _parent(found: str, names: set[str]) -> str | None:
    """The longest other code of the list with which a code begins.

    >>> _parent("0211", {"02", "021", "0211"}), _parent("02", {"02"})
    ('021', None)
    """
    return next((found[:end] for end in range(len(found) - 1, 1, -1) if found[:end] in names), None)


def _code(code_list: str, found: str, name: str, row_ref: str) -> dict[str, Any]:
    return {"code_list": code_list, "code": found, "name": name, "row_ref": row_ref}


def _property(item: str, name: str, row_ref: str) -> dict[str, Any]:
    return {"core_table": "code", "item": item, "property": name, "part": "", "row_ref": row_ref}
