"""The ties of the subject's own states with every other, folded from the facts that are about the subject.

The rule is that of `comity.network`: a fact ties every two states that took part, in an incident those that stood
against each other; in each year the source that lists most is counted, and sources are not added. A text that stands
counts once, whichever sources list it, as the statements of a brief count it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from comity.brief.facts import Fact, agreements, engagements, incidents, opposed
from comity.brief.subject import Subject, once
from comity.brief.text_days import Pair, standing_of
from comity.brief.texts import paired
from comity.network import IN_FORCE, INCIDENT, Tie, layer_of_agreement, layer_of_instrument
from comity.vocab.state_names import day_span, has_ended

Place = tuple[str, str, str]
# By place, and by the year of an act or by the key of a text, how many each source lists.
Counts = dict[Place, dict[int | tuple[str, str], Counter[str]]]


@once
def own_ties(subject: Subject, years: tuple[int, int] | None = None) -> tuple[Tie, ...]:
    """Ties of the subject's states with others in the window, or in other years up to the day; texts as on the day."""
    first, last = years or subject.window
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    for pair in paired(subject, agreements(subject)):
        if standing_of(subject, pair) in IN_FORCE and subject.as_of.year <= last:
            _count_text(subject, pair, counts)
    for layer, fact, year in _layered(subject, first):
        if year <= last:
            for place in _places(subject, layer, fact, year):
                counts[place][year][fact.source] += 1
    return tuple(sorted(_tie(place, held) for place, held in counts.items()))


def region_ties(subject: Subject) -> tuple[Tie, ...]:
    """Ties by what is of the region, of at least one of its states; those with states of nowhere near are left out."""
    circle = set(subject.circle)
    return tuple(tie for tie in own_ties(subject) if {tie.state_a, tie.state_b} <= circle)


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
    for fact in engagements(subject, date(first, 1, 1)):
        layer = layer_of_instrument(fact["instrument"])
        if layer is not None:
            yield layer, fact, fact.year
    for fact in incidents(subject):
        if fact.year >= first:
            yield INCIDENT, fact, fact.year


def _count_text(subject: Subject, pair: Pair, counts: Counts) -> None:
    """Count a text once for each pair that any of its sources names, in the layer that its first source gives it."""
    fact, twins = pair
    layer = layer_of_agreement(fact["agreement_kind"], fact["obligations"])
    for held in (fact, *twins):
        for place in _places(subject, layer, held, subject.as_of.year):
            counts[place][fact.source, fact.item][held.source] = 1


def _places(subject: Subject, layer: str, fact: Fact, year: int) -> Iterator[Place]:
    """The pairs of one own state and another; of two own states once. A state that had ended is tied to nobody."""
    own = set(subject.states)
    if layer == INCIDENT:
        pairs = {pair for pair in opposed(fact) if own & set(pair)}
    else:
        pairs = {(one, two) for one in fact.states & own for two in fact.states if one != two}
    days = day_span(year)
    lasting = {pair for pair in pairs if not any(has_ended(code, days) for code in pair)}
    yield from sorted({(min(pair), max(pair), layer) for pair in lasting})


def _tie(place: Place, held: dict[int | tuple[str, str], Counter[str]]) -> Tie:
    weight = sum(max(by_source.values()) for by_source in held.values())
    return Tie(*place, weight, tuple(sorted({source for by_source in held.values() for source in by_source})))
