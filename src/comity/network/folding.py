"""Folding facts with many parties to ties between two states.

The rule is explicit. A fact with n state parties gives one tie to each of their n(n-1)/2 pairs. Observers and
depositaries take no part, nor does a party against which an act is done. Organisations are not split into their
members. In an incident only the pairs that stood against each other are tied (`comity.network.opposing`). In each year
the source that lists most is counted, and sources are never added for the same year, because two sources may list the
same exercise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from comity.network.opposing import opposed_pairs
from comity.network.standing import COUNTED, IN_FORCE, STANDING
from comity.vocab.dates import last_day

if TYPE_CHECKING:
    from comity.store import Store

INCIDENT = "incident"
_INSTRUMENTS = {
    "exercise": ("exercise", "training", "operation", "peacekeeping"),
    "dialogue": ("dialogue", "channel"),
    "visit": ("visit", "port_call", "exchange"),
    "information_sharing": ("information_sharing",),
    "assistance": ("assistance", "arms_transfer", "basing"),
}
FIGHTING = ("defense", "offense")
_INFORMATION = ("information_security", "information_sharing")
LAYERS = (
    "alliance",
    "agreement",
    "information_sharing",
    "exercise",
    "dialogue",
    "visit",
    "assistance",
    INCIDENT,
)

WATCHING = ("observer", "depositary")
ACTED_UPON = "affected"  # in an engagement or a text, a party against which it is; no tie to those who act
DONE = ("completed", "ongoing")

_AGREEMENTS = f"""
    SELECT agreement.source, agreement.agreement AS item, agreement.agreement_kind AS word, $year AS year,
           agreement.obligations,
           list({{party: party.party, role: party.role}} ORDER BY party.party, party.role) AS parties
    FROM core.agreement AS agreement
    JOIN core.agreement_party AS party USING (source, agreement)
    WHERE party.party_kind = 'state' AND list_contains($in_force, {STANDING})
      AND coalesce(party.start_date <= $on, true) AND coalesce(party.end_date >= $on, true)
    GROUP BY ALL
"""  # noqa: S608 (the expression is ours; every value is a parameter)
_ENGAGEMENTS = f"""
    SELECT engagement.source, engagement.engagement AS item, engagement.instrument AS word,
           year(engagement.start_date) AS year,
           list({{party: party.party, role: party.role}} ORDER BY party.party, party.role) AS parties
    FROM core.engagement AS engagement JOIN core.engagement_party AS party USING (source, engagement)
    WHERE party.party_kind = 'state' AND list_contains($done, engagement.status) AND {COUNTED}
      AND engagement.start_date BETWEEN $since AND $on
    GROUP BY ALL
"""  # noqa: S608 (the expression is ours; every value is a parameter)
_INCIDENTS = """
    SELECT thing.source, thing.incident AS item, thing.incident_kind AS word, year(thing.start_date) AS year,
           list({party: party.party, role: party.role} ORDER BY party.party, party.role) AS parties
    FROM core.incident AS thing JOIN core.incident_party AS party USING (source, incident)
    WHERE party.party_kind = 'state' AND thing.start_date BETWEEN $since AND $on
    GROUP BY ALL
"""


@dataclass(frozen=True, order=True)
class Tie:
    """What ties two states in one layer: how many facts, and from which sources."""

    state_a: str
    state_b: str
    layer: str
    weight: int
    sources: tuple[str, ...]


def ties(store: Store, states: tuple[str, ...], years: tuple[int, int], on: date | None = None) -> tuple[Tie, ...]:
    """Every tie among these states: engagements and incidents of the years, texts in force on the last day.

    The last day is the end of the last year, or `on` when the years are looked at from within the last one.
    """
    day = on or last_day(years[1])
    counts: dict[tuple[str, str, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for layer, fact in _facts(store, years, day):
        for state_a, state_b in _pairs(layer, fact, frozenset(states)):
            counts[state_a, state_b, layer][fact["year"]][fact["source"]] += 1
    return tuple(sorted(_tie(place, by_year) for place, by_year in counts.items()))


def layer_of_instrument(instrument: str) -> str | None:
    """The layer of an engagement; the signing of a text has none, because the text itself is counted.

    >>> layer_of_instrument("port_call"), layer_of_instrument("agreement")
    ('visit', None)
    """
    return next((layer for layer, instruments in _INSTRUMENTS.items() if instrument in instruments), None)


def layer_of_agreement(kind: str, obligations: Iterable[str]) -> str:
    """The layer of an agreement. An alliance without a duty to fight is a text like others: it makes no allies.

    >>> layer_of_agreement("alliance", ["defense"]), layer_of_agreement("alliance", ["nonaggression"])
    ('alliance', 'agreement')
    """
    if kind == "alliance" and set(obligations) & set(FIGHTING):
        return "alliance"
    return "information_sharing" if kind in _INFORMATION else "agreement"


def _facts(store: Store, years: tuple[int, int], day: date) -> Iterator[tuple[str, dict[str, Any]]]:
    spell = {"since": date(years[0], 1, 1), "on": day}
    texts = {"on": day, "year": years[1], "in_force": list(IN_FORCE)}
    for fact in store.ask(_AGREEMENTS, texts).to_pylist():
        yield layer_of_agreement(fact["word"], fact["obligations"]), fact
    for fact in store.ask(_ENGAGEMENTS, spell | {"done": list(DONE)}).to_pylist():
        layer = layer_of_instrument(fact["word"])
        if layer is not None:
            yield layer, fact
    for fact in store.ask(_INCIDENTS, spell).to_pylist():
        yield INCIDENT, fact


def _pairs(layer: str, fact: dict[str, Any], states: frozenset[str]) -> list[tuple[str, str]]:
    held = {(party["party"], party["role"]) for party in fact["parties"]}
    if layer == INCIDENT:  # a clash of two is one of two in the world, not of two among the states asked for
        return [pair for pair in opposed_pairs(fact["word"], held) if states.issuperset(pair)]
    apart = (*WATCHING, ACTED_UPON)
    return list(combinations(sorted({party for party, role in held if role not in apart and party in states}), 2))


def _tie(place: tuple[str, str, str], by_year: dict[int, Counter[str]]) -> Tie:
    weight = sum(max(by_source.values()) for by_source in by_year.values())
    sources = sorted({source for by_source in by_year.values() for source in by_source})
    return Tie(*place, weight, tuple(sources))
