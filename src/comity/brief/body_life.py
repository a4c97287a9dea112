"""From when to when an organization was there, and which of its members' part in it is listed as suspended."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.brief.basis import Query, joined
from comity.brief.blocks import Block, Note, Sentence
from comity.brief.bodies import Row, life, members_on, spells
from comity.brief.evidence import book
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import day_text, listed, long_day, noun, sentence_start, with_article
from comity.vocab.states import state

MOST_NAMED = 6
_SUSPENDED = """
    SELECT date, precision, change_kind, by_kind, by_party, of_parties, reason, verification, source, core_table, item
    FROM core.access_change
    WHERE access_kind = 'membership' AND core_table = 'organisation' AND item = $body AND date <= $on
    ORDER BY date, by_party
"""
_BACK = "restored"


def ended_sentence(subject: Subject) -> Sentence | None:
    """That the organization is no more, since when, and who were its last members; None while it goes on."""
    row, query = life(subject)
    if row is None or row["end_date"] is None or row["end_date"] > subject.as_of:
        return None
    last = max((each["end_date"] for each in spells(subject)[0] if each["end_date"]), default=row["end_date"])
    held = members_on(subject, min(last, row["end_date"]))
    more = len(held) - MOST_NAMED
    names = [with_article(each["state"]) for each in held[:MOST_NAMED]] + ([f"{more} more"] if more > 0 else [])
    who = f"; its last listed {noun(len(held), 'member was', 'members were')} {listed(names)}" if held else ""
    text = f"It ended {on_day(row['end_date'], row['end_precision'])}{who}."
    is_first_hand = row["verification"] == "primary"
    sure = ("high", "its end has evidence of first hand") if is_first_hand else _OF_OTHER_HAND
    told = [{key: value for key, value in row.items() if key != "summary"}]
    basis = joined((from_rows("The body's own row.", told, query, more=max(0, more)),
        from_rows("Memberships begun by the day.", spells(subject)[0], spells(subject)[1])))  # fmt: skip
    return Sentence(text, (row["source"],), *sure, "a text or statement that it goes on", basis)


_OF_OTHER_HAND = ("moderate", "a list or evidence of second hand says so")


def on_day(day: date, precision: str | None) -> str:
    """A day with its preposition, as exactly as it is known.

    >>> on_day(date(1977, 12, 31), "year"), on_day(date(2023, 12, 6), "disputed")
    ('in 1977', 'on 6 December 2023 (sources differ on the day)')
    """
    if precision in ("year", "month"):
        return f"in {day_text(day, precision)}"
    return f"on {long_day(day)}{' (sources differ on the day)' if precision == 'disputed' else ''}"


@once
def suspended(subject: Subject) -> tuple[dict[str, Row], Query]:
    """The members on the day whose part is listed as suspended and not as given back: the latest change of each."""
    rows, query = subject.asked(_SUSPENDED, body=subject.key, on=subject.as_of)
    latest: dict[str, Row] = {}
    for row in rows:
        own = row["by_kind"] == "state" and f"organisation:{subject.key}" in row["of_parties"]
        for code in (row["by_party"],) if own else row["of_parties"]:
            latest[code] = row
    held = {row["state"] for row in members_on(subject, subject.as_of)}
    by_name = sorted((code for code in latest if code in held), key=lambda code: state(code).name)
    return {code: latest[code] for code in by_name if latest[code]["change_kind"] != _BACK}, query


def suspended_sentence(subject: Subject) -> Sentence | None:
    """Which members' part is listed as suspended, since when and by whom; None where none is."""
    held, query = suspended(subject)
    if not held:
        return None
    own = [_since(code, row) for code, row in held.items() if row["by_party"] == code]
    others = [_since(code, row) for code, row in held.items() if row["by_party"] != code]
    parts = [f"{listed(own)} suspended {noun(len(own), 'its', 'their')} own participation"] if own else []
    parts += [f"the body suspended the participation of {listed(others)}"] if others else []
    text = f"{sentence_start('; '.join(parts))}; no return to it is listed."
    told = list({id(row): row for row in held.values()}.values())
    cites = tuple(sorted({row["source"] for row in told}))
    because = "each change has evidence, and no list of such changes leaves nothing out"
    return Sentence(text, cites, "moderate", because, "a return that no list names, or a withdrawal",
        from_rows("The latest change of membership of each member of the day.", told, query))  # fmt: skip


def _since(code: str, row: Row) -> str:
    return f"{with_article(code)} ({day_text(row['date'], row['precision'])})"


def summary_note(subject: Subject) -> list[Block]:
    """What the register says of the body in a sentence or two; not in a brief on a day before it was written."""
    row, query = life(subject)
    if row is None or not row["summary"] or row["known_until"] is None or row["known_until"] > subject.as_of:
        return []
    found = book(subject).of(row["source"], "organisation", row["organisation"])
    told: list[dict[str, Any]] = [row]
    checked = f"last checked {day_text(row['known_until'])}"
    basis = from_rows("The body's own row.", told, query)
    return [Note(text=row["summary"], cites=found[:2] or (row["source"],), as_of=checked, basis=basis)]
