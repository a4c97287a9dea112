"""How records name things: parties as `PHL`, `organisation:nato`, `territory:HKG` or `unknown`, editions by a slug."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.errors import UnknownWord
from comity.record.shape import Party
from comity.vocab.states import state, territories


@dataclass(frozen=True)
class Named:
    """A party resolved to its kind and code."""

    kind: str
    code: str


def as_party(given: str | Party) -> Party:
    """The long form of a party; a bare code means a participant."""
    return given if isinstance(given, Party) else Party(party=given)


def parties_held(own: Sequence[str | Party], whole: Sequence[str | Party]) -> list[Party]:
    """The parties of an edition: its own, or those of its series where it names none.

    A body that organizes a series organizes each edition of it, also one whose own list is of states alone.

    >>> whole = Party(party="organisation:sco", role="organiser")
    >>> [party.party for party in parties_held(["KAZ"], ["RUS", whole])]
    ['KAZ', 'organisation:sco']
    """
    given = [*map(as_party, own or whole)]
    told = {party.party for party in given}
    return given + [
        Party(party=party.party, role=party.role)
        for party in map(as_party, whole)
        if party.role == "organiser" and party.party.startswith("organisation:") and party.party not in told
    ]


def named(text: str) -> Named:
    """The kind and code of a party; an unknown state or territory raises UnknownWord.

    >>> named("organisation:nato")
    Named(kind='organisation', code='nato')
    """
    kind, _, code = text.partition(":")
    if text == "unknown":
        return Named("unknown", "unknown")
    if not code:
        return Named("state", state(text).code)
    if kind == "organisation":
        return Named(kind, code)
    if kind == "territory" and code in territories():
        return Named(kind, code)
    raise UnknownWord(f"{text!r} is no party: a state code, organisation:NAME, territory:CODE or unknown")


def slug(name: str) -> str:
    """A name as part of an identifier: small letters and digits, joined by hyphens.

    >>> slug("Keen Sword, 2025 (FY 25)")
    'keen-sword-2025-fy-25'
    """
    return "-".join("".join(char if char.isalnum() else " " for char in name.lower()).split())
