"""The ties of the subject's own states with every other, folded from the facts that are about the subject.

The rule is that of `comity.network`: a fact ties every two states that took part, in an incident an actor and one
affected; in each year the source that lists most is counted, and sources are not added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from comity.brief.facts import Fact, agreements, engagements, incidents
from comity.brief.subject import Subject, once
from comity.network import IN_FORCE, INCIDENT, Tie, layer_of_agreement, layer_of_instrument

Place = tuple[str, str, str]


@once
def own_ties(subject: Subject, years: tuple[int, int] | None = None) -> tuple[Tie, ...]:
    """Ties of the subject's states with others in the window, or in other years up to the day; texts as on the day."""
    first, last = years or subject.window
    counts: dict[Place, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for layer, fact, year in _layered(subject, first):
        if year <= last:
            for place in _places(subject, layer, fact):
                counts[place][year][fact.source] += 1
    return tuple(sorted(_tie(place, held) for place, held in counts.items()))


def partners_by_layer(found: tuple[Tie, ...], own: str) -> dict[str, dict[str, int]]:
    """For each partner of one state, how many ties in each layer, the partner with most ties first."""
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for tie in found:
        if own in (tie.state_a, tie.state_b):
            partner = tie.state_b if tie.state_a == own else tie.state_a
            held[partner][tie.layer] = held[partner].get(tie.layer, 0) + tie.weight
    return dict(sorted(held.items(), key=lambda item: (-_binding(item[1]), item[0])))


def _binding(layers: dict[str, int]) -> int:
    return sum(weight for layer, weight in layers.items() if layer != INCIDENT)


def _layered(subject: Subject, first: int) -> Iterator[tuple[str, Fact, int]]:
    day = subject.as_of.year
    for fact in agreements(subject):
        if fact["standing"] in IN_FORCE:
            yield layer_of_agreement(fact["agreement_kind"], fact["obligations"]), fact, day
    for fact in engagements(subject, date(first, 1, 1)):
        layer = layer_of_instrument(fact["instrument"])
        if layer is not None:
            yield layer, fact, fact.year
    for fact in incidents(subject):
        if fact.year >= first:
            yield INCIDENT, fact, fact.year


def _places(subject: Subject, layer: str, fact: Fact) -> Iterator[Place]:
    """The pairs of one own state and another; of two own states once."""
    own = set(subject.states)
    if layer == INCIDENT:
        actors, affected = (
            {party.code for party in fact.parties if party.kind == "state" and party.role == role}
            for role in ("actor", "affected")
        )
        pairs = {(one, two) for one in actors for two in affected if one != two and {one, two} & own}
    else:
        pairs = {(one, two) for one in fact.states & own for two in fact.states if one != two}
    yield from sorted({(min(pair), max(pair), layer) for pair in pairs})


def _tie(place: Place, by_year: dict[int, Counter[str]]) -> Tie:
    weight = sum(max(by_source.values()) for by_source in by_year.values())
    return Tie(*place, weight, tuple(sorted({source for by_source in by_year.values() for source in by_source})))
