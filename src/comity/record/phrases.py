"""Fields of records as a person types them, at a prompt or in a cell of a sheet, and back.

Several words, parties or spells stand on one line with commas: `sea, air`, `PHL:host, USA:participant:4500`,
`in_force:1961..1999`. Several sentences stand one to a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from comity.errors import UnknownWord
from comity.record.access import access_text, read_access
from comity.record.checking import STATUSES, WORDS
from comity.record.parties import named
from comity.record.shape import AccessChange, CaseStudy, Evidence, Party, Standing
from comity.vocab.dates import dated
from comity.vocab.labels import read_label
from comity.vocab.state_names import find_state
from comity.vocab.words import check_word

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_LETTERS = 251  # with `.yml` what the name of a file can have
SENTENCES = ("accounts", "turning_points", "aliases", "access")
DATES = ("known_until", "signed_date", "start_date", "end_date", "last_used_date", "date", "read")
_LISTS = (
    *("parties", "standings", "frame", "domains", "purposes", "obligations", "states", "partners", "regions"),
    *("cases", "supports"),
)


def vocabulary(shape: type, field: str) -> str | None:
    """The table of words that a field of this kind of record takes its values from; None where it is free."""
    if shape is Evidence and field == "kind":
        return "evidence kinds"
    if field == "status":
        return next((words for kind, words in STATUSES.items() if kind is shape), None)
    return WORDS.get(field)


def value_of(shape: type, field: str, text: str, on: date | int | None = None) -> Any:
    """What a text means in a field, as plain values; a text that means nothing there raises UnknownWord.

    A state's name means what it meant on a day or in a year: `Soviet Union` in 1985 is Russia. Without one, today.

    >>> from comity.record.shape import Engagement
    >>> value_of(Engagement, "parties", "PHL:host:1200, Japan")
    [{'party': 'PHL', 'role': 'host', 'personnel_count': 1200}, 'JPN']
    """
    if field in SENTENCES:
        lines = [_unescaped(line.strip()) for line in text.splitlines() if line.strip()]
        return [read_access(line) for line in lines] if field == "access" else lines
    words = vocabulary(shape, field)
    read = _READERS.get(field) or (partial(check_word, words) if words else str)
    if field in _NAMING:
        # A study names its parties and no more.
        read = partial(_known_party if shape is CaseStudy and field == "parties" else _NAMING[field], on=on)
    if field in _LISTS:
        return [read(part.strip()) for part in text.split(",") if part.strip()]
    return read(text.strip())


def text_of(value: Any) -> str:
    """A field's value as a person types it; `value_of` gives the same value again.

    >>> text_of([Party(party="PHL", role="host"), "USA"])
    'PHL:host, USA'
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list):
        return ", ".join(_spelled(item) for item in value)
    return str(value)


def sentences_text(values: list[str] | list[AccessChange]) -> str:
    r"""Several sentences or changes of access, one to a line; a line break inside one is written `\n`."""
    lines = [access_text(value) if isinstance(value, AccessChange) else value for value in values]
    return "\n".join(value.replace("\\", "\\\\").replace("\n", "\\n") for value in lines)


def identifier(name: str, start_date: str | None = None) -> str:
    """What a record of this name may be called: small letters, digits and hyphens, its date last.

    >>> identifier("Visit of Minister Côté", "2025-03-28")
    'visit-of-minister-cote-2025-03-28'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    is_dated = start_date is None or made.endswith((start_date, start_date[:4]))
    return made if is_dated else f"{made}-{start_date}".lstrip("-")


def identifier_problem(text: str) -> str | None:
    """Why a text can be no identifier of a record; None where it can.

    >>> identifier_problem("call-2024"), identifier_problem("Call 2024")
    (None, 'not written in small letters, digits and single hyphens')
    """
    if not IDENTIFIER.fullmatch(text):
        return "not written in small letters, digits and single hyphens"
    return (
        None if len(text) <= _MOST_LETTERS else f"{len(text)} letters; it names a file and has at most {_MOST_LETTERS}"
    )


def _spelled(item: Any) -> str:
    if isinstance(item, Party):
        role = item.role if item.role != "participant" else ""
        count = "" if item.personnel_count is None else str(item.personnel_count)
        return ":".join(part for part in (item.party, role, count, _spell_text(item)) if part)
    if isinstance(item, Standing):
        return f"{item.status}:{_spell_text(item)}"
    return text_of(item)


def _spell_text(spell: Party | Standing) -> str:
    return f"{spell.start_date or ''}..{spell.end_date or ''}" if spell.start_date or spell.end_date else ""


def _party(text: str, on: date | int | None = None) -> str | dict[str, Any]:
    """A party with what is said of it: its role, the number of its people, from when to when."""
    head, *rest = text.split(":")
    if head in ("organisation", "territory") and rest:
        head = f"{head}:{rest.pop(0)}"
    found: dict[str, Any] = {"party": ""}
    for part in map(str.strip, rest):
        if ".." in part:
            found |= _spell(part)
        elif part.isascii() and part.isdigit():
            found["personnel_count"] = int(part)
        else:
            found["role"] = check_word("roles", part)
    found["party"] = _known_party(head, dated(found["start_date"]).day if "start_date" in found else on)
    return found["party"] if len(found) == 1 else found


def _known_party(text: str, on: date | int | None = None) -> str:
    if text == "unknown" or ":" in text:
        named(text)
        return text
    return _state(text, on)


def _state(text: str, on: date | int | None = None) -> str:
    """A state by its code, or by its name on a day, in a year or today."""
    try:
        return named(text.strip()).code
    except UnknownWord:
        return find_state(text, on)


def _standing(text: str) -> dict[str, Any]:
    status, _, spell = text.partition(":")
    if not spell:
        raise UnknownWord(f"{text!r} is not written like in_force:1961..1999")
    return {"status": check_word("agreement statuses", status.strip())} | _spell(spell)


def _spell(text: str) -> dict[str, str]:
    start, _, end = text.partition("..")
    given = {"start_date": start.strip(), "end_date": end.strip()}
    for day in filter(None, given.values()):
        dated(day)
    return {edge: day for edge, day in given.items() if day}


def _count(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UnknownWord(f"{text!r} is not a whole number, written like 4500") from error


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UnknownWord(f"{text!r} is not a number, written like 9.75") from error


def _date(text: str) -> str:
    dated(text)
    return text


def _label(text: str) -> str:
    read_label(text)
    return text


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


_NAMING: dict[str, Callable[..., Any]] = {"parties": _party, "states": _state, "partners": _state}
_READERS: dict[str, Callable[[str], Any]] = {
    "standings": _standing,
    "label": _label,
    **dict.fromkeys(DATES, _date),
    **dict.fromkeys(("personnel_count", "injured_count", "killed_count"), _count),
    **dict.fromkeys(("latitude", "longitude", "amount_usd", "frame"), _number),
}
