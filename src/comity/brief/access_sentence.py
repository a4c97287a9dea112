"""The latest loss of access of a pair or a state, as one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.brief.access_changes import changes
from comity.brief.basis import Basis
from comity.brief.blocks import Sentence
from comity.brief.facts import named_party
from comity.brief.knowledge import these_list
from comity.brief.resting import STALE_YEARS, from_rows
from comity.brief.subject import Subject
from comity.brief.wording import day_text, listed, party_name, said, with_article

Row = dict[str, Any]
_FIRST = ("agreement", "basing", "membership")  # what is told before every other access
_OVER = ("ended", "suspended")
_BACK = "restored"
_UNKNOWN = "unknown"
_WORDS = {
    "basing": "the basing of",
    "data": "exchange of data with",
    "exercise": "exercises with",
    "inspection": "inspections with",
    "membership": "the membership of",
    "mission": "the mission of",
    "overflight": "overflight by",
    "port": "port calls of",
    "training": "training with",
    "transit": "transit of",
}
_MOST = 3  # whose access it was: of more only the first are named


def access_sentence(subject: Subject) -> Sentence | None:
    """Who ended or suspended which access last, of what is not listed as given back; None where nothing is.

    A base, an agreement or a membership comes before any other access, which is told of the last years alone. What
    both sides did to the same thing is told of both.
    """
    lost = _lost(subject)
    weighty = [row for row in lost if row["access_kind"] in _FIRST and row["change_kind"] in _OVER]
    late = [row for row in lost if row["date"].year >= subject.as_of.year - STALE_YEARS]
    newest = next(iter(weighty or late), None)
    if newest is None:
        return None
    told = sorted((row for row in weighty or late if _thing(row) == _thing(newest)), key=lambda row: row["date"])
    told = list({row["by_party"]: row for row in told}.values())
    sources = tuple(sorted({row["source"] for row in told}))
    lists = these_list(subject, sources)
    what = "end or suspension of basing, an agreement or a membership" if weighty else "loss or limit of access"
    parts = [_told(subject, row, newest["name"] or newest["item"]) for row in told[:1]]
    parts += [_told_again(subject, row) for row in told[1:]]
    text = f"The latest {what} that {lists[:1].lower()}{lists[1:]}: {', and '.join(parts)}. No return to it is listed."
    because = "each change has evidence, and no list of such changes leaves nothing out"
    changed_by = "a return or a later change that no list names"
    return Sentence(text, sources, "moderate", because, changed_by, _basis(subject, told))


def _basis(subject: Subject, told: Sequence[Row]) -> Basis:
    how = (
        "The latest change of each access by each party in the years of the brief; one that was given back is left out."
    )
    names = sorted(subject.organisations.values()) if any(row["by_kind"] != "state" for row in told) else []
    return from_rows(how, told, changes(subject)[1], first=subject.window[0], named=names)


def _lost(subject: Subject) -> list[Row]:
    """The latest change of each access by each party, the newest first, where it is no return.

    What was given back of a thing, of whatever kind of access, is held to give back all that was lost of it before.
    """
    latest: dict[tuple[Any, ...], Row] = {}
    back: dict[tuple[Any, ...], date] = {}
    for row in filter(lambda row: _is_between(subject, row), changes(subject)[0]):
        whose = (row["core_table"], row["item"], row["by_party"], *sorted(row["of_parties"]))
        latest.setdefault((*_thing(row), *whose), row)
        if row["change_kind"] == _BACK:
            back[whose] = max(row["date"], back.get(whose, row["date"]))
    return [
        row
        for (_, _, _, *whose), row in latest.items()
        if row["change_kind"] != _BACK
        and row["date"].year >= subject.window[0]
        and row["date"] > back.get(tuple(whose), date.min)
    ]


def _is_between(subject: Subject, row: Row) -> bool:
    """Whether a change is one of the two of a pair made, or of both by nobody named; of a state every one counts."""
    return subject.kind != "pair" or row["by_party"] in (*subject.states, _UNKNOWN)


def _thing(row: Row) -> tuple[str, str, str]:
    return row["core_table"], row["item"], row["access_kind"]


def _told(subject: Subject, row: Row, name: str) -> str:
    """Who did what to whose access, and when: `Niger ended the basing of France (its forces there) on 22 Dec 2023`."""
    what = f"{_what(subject, row)} ({name})"
    if row["by_party"] == _UNKNOWN:
        return f"{what} {_was(row)} {_on(row)}"
    return f"{_named(subject, row['by_kind'], row['by_party'])} {row['change_kind']} {what} {_on(row)}"


def _told_again(subject: Subject, row: Row) -> str:
    """The same of another party to what has been named."""
    if row["by_party"] == _UNKNOWN:
        return f"it {_was(row)} {_on(row)}"
    return f"{_named(subject, row['by_kind'], row['by_party'])} {row['change_kind']} it {_on(row)}"


def _was(row: Row) -> str:
    return "ended" if row["change_kind"] == "ended" else f"was {row['change_kind']}"


def _on(row: Row) -> str:
    return f"{'on' if row['precision'] in ('day', 'disputed') else 'in'} {day_text(row['date'], row['precision'])}"


def _what(subject: Subject, row: Row) -> str:
    by, kind = row["by_party"], row["access_kind"]
    parties = [named_party(each) for each in row["of_parties"]]
    others = [_named(subject, each.kind, each.code) for each in parties if each.code not in (by, _UNKNOWN)][:_MOST]
    if kind == "agreement":
        return f"an agreement {'of' if by == _UNKNOWN else 'with'} {listed(others)}" if others else "an agreement"
    if kind == "membership" and row["by_kind"] == "state" and all(each.kind == "organisation" for each in parties):
        return f"its part in {listed(others)}"
    return f"{_WORDS.get(kind, f'the {said(kind)} of')} {listed(others)}" if others else f"its own {said(kind)}"


def _named(subject: Subject, kind: str, code: str) -> str:
    return with_article(code) if kind == "state" else party_name(kind, code, subject.organisations)
