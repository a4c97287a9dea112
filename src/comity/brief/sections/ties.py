"""Who is tied to whom: the states as a network of several layers."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from comity.brief.arms_column import AID, ARMS, arms_column
from comity.brief.basis import Basis, Query, joined
from comity.brief.blocks import Block, Column, Network, Node, Note, Parties, Row, Table
from comity.brief.facts import either
from comity.brief.knowledge import absence, horizon
from comity.brief.own_ties import own_ties, partners_by_layer, region_ties
from comity.brief.registry import section
from comity.brief.subject import WINDOW_YEARS, Subject
from comity.brief.wording import counted, unique, years_text
from comity.network import INCIDENT, LAYERS, Tie, layout
from comity.vocab.states import state

MOST_THIRD_STATES = 10
MOST_PAIRS = 15
MOST_PARTNERS = 24
_WHAT = (
    f"Engagements and incidents of the last {WINDOW_YEARS} years; alliances, and other texts in force or of declared "
    "practice. Trainings and peacekeeping stand beside exercises and operations."
)
_AMONG = {
    "pair": ", of the two with each other and with states tied with both",
    "region": ", of states of the region",
    "state": ", of the state itself",
}
_WHICH = {
    "pair": f" Of third states the {MOST_THIRD_STATES} at most that share most with both are looked at; ties between "
    "two third states are not.",
    "state": f" Only ties of the state itself count, with the {MOST_PARTNERS} at most that it shares most with.",
}


@section("Who is tied to whom", order=30, kinds=("pair", "region", "state"))
def who_is_tied(subject: Subject) -> list[Block]:
    """A picture of the ties of the last ten years, and the strongest pairs in numbers; no picture of a single pair."""
    found = {"pair": pair_ties, "region": region_ties, "state": state_ties}[subject.kind](subject)
    if not found:
        text, cites = absence(subject, "exercise", "exercise", date(subject.window[0], 1, 1))
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites))]
    is_one_pair = len({(tie.state_a, tie.state_b) for tie in found}) == 1
    return [*([] if is_one_pair else [_picture(subject, found)]), _strongest(subject, found)]


def pair_ties(subject: Subject) -> tuple[Tie, ...]:
    """Ties of the pair, and of both with the third states that share most with both of them."""
    one, two = subject.states
    found = own_ties(either(subject))
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for tie in found:
        third = {tie.state_a, tie.state_b} - {one, two}
        if third and tie.layer != INCIDENT:
            shared[third.pop()][one if one in (tie.state_a, tie.state_b) else two] += tie.weight
    both = [third for third, held in shared.items() if held[one] and held[two]]
    nearest = sorted(both, key=lambda third: (-min(shared[third].values()), third))[:MOST_THIRD_STATES]
    kept = {one, two, *nearest}
    return tuple(tie for tie in found if tie.state_a in kept and tie.state_b in kept)


def state_ties(subject: Subject) -> tuple[Tie, ...]:
    """Ties of a state with those it shares most with; the picture would be black with all."""
    found = own_ties(subject)
    nearest = list(partners_by_layer(found, subject.states[0]))[:MOST_PARTNERS]
    return tuple(tie for tie in found if {tie.state_a, tie.state_b} & set(nearest))


def ties_basis(subject: Subject, found: tuple[Tie, ...], **values: int) -> Basis:
    """What a picture or table of ties rests on: each tie with its weight, and the sums of pairs."""
    first, last = subject.window
    how = (
        "Each fact ties every two states that took part; in each year the source that lists most is counted. "
        "Texts are those in force or of declared practice on the last day, "
        "each once."
    )
    asked = Query(f"comity.brief.own_ties.own_ties(subject, years=({first}, {last}), on={subject.as_of})")
    rows = tuple({"pair": f"{tie.state_a}-{tie.state_b}", "layer": tie.layer, "ties": tie.weight} for tie in found)
    sums: Counter[str] = Counter()
    for tie in found:
        if tie.layer != INCIDENT:
            sums[f"{tie.state_a}-{tie.state_b}"] += tie.weight
    spans = (("window", f"{first} to {last}"), ("window_years", WINDOW_YEARS), ("sums", dict(sums)))
    told = (*spans, ("most_third_states", MOST_THIRD_STATES), ("most_partners", MOST_PARTNERS), *values.items())
    return Basis(how, (asked,), rows, told)


def _picture(subject: Subject, found: tuple[Tie, ...]) -> Network:
    if subject.kind in ("pair", "state"):
        third = sorted({code for tie in found for code in (tie.state_a, tie.state_b)} - set(subject.states))
        places = layout(found, [third], center=subject.states)
    else:
        places = layout(found, [subject.states, subject.partners])
    return Network(
        title=f"Ties by layer, {years_text(subject.window)}",
        nodes=tuple(Node(code, state(code).name, *place, code in subject.states) for code, place in places.items()),
        ties=found,
        layers=tuple(layer for layer in LAYERS if any(tie.layer == layer for tie in found)),
        description=_described(subject, found),
        cites=_sources(found),
        as_of=horizon(subject, _sources(found)),
        basis=ties_basis(subject, found),
    )


def _described(subject: Subject, found: tuple[Tie, ...]) -> str:
    """The picture in words, for readers who do not see it."""
    weights: Counter[tuple[str, str]] = Counter()
    for tie in found:
        if tie.layer != INCIDENT:
            weights[tie.state_a, tie.state_b] += tie.weight
    strongest = [
        f"{state(one).name} and {state(two).name} ({weight})"
        for (one, two), weight in sorted(weights.items(), key=lambda held: (-held[1], held[0]))[:3]
    ]
    most = f" Most ties{_AMONG[subject.kind]}: {'; '.join(strongest)}." if strongest else ""
    return (
        f"A line joins two states that took part in the same thing in {years_text(subject.window)}, or that a text "
        f"binds; within its layer it is wider the more there are.{most}"
    )


def _strongest(subject: Subject, found: tuple[Tie, ...]) -> Table:
    held: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    sources: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for tie in found:
        place = (tie.state_a, tie.state_b)
        held[place][tie.layer] = tie.weight
        sources[place] = unique((*sources[place], *tie.sources))
    layers = [layer for layer in LAYERS if any(layer in weights for weights in held.values())]
    ordered = sorted(held, key=lambda place: (-sum(held[place].values()), place))
    left = max(0, len(ordered) - MOST_PAIRS)
    more = f" {counted(left, 'pair')} with fewer ties not shown." if left else ""
    arms = arms_column(subject, ordered[:MOST_PAIRS], has_aid="assistance" in layers)
    arms_head = (Column(ARMS, "number"),) if arms.values else ()
    # Where room is short the last column goes first: that of aid, which has least in it.
    firm, aid = ([layer for layer in layers if (layer == "assistance") is last] for last in (False, True))
    return Table(
        title="The pairs with most ties",
        columns=(
            *(Column("Pair"), *(Column(LAYER_TITLES[layer], "number") for layer in firm)),
            *(*arms_head, *(Column(LAYER_TITLES[layer], "number") for layer in aid)),
        ),
        rows=tuple(
            Row(
                cells=(
                    *(_pair_cell(one, two), *(held[one, two].get(layer) for layer in firm)),
                    *(*arms.cells((one, two)), *(held[one, two].get(layer) for layer in aid)),
                ),
                refs=unique((*sources[one, two], *arms.sources.get((one, two), ()))),
            )
            for one, two in ordered[:MOST_PAIRS]
        ),
        note=f"{_WHAT}{_WHICH.get(subject.kind, '')}{arms.note}{more}",
        null_means="none listed, which is not the same as none",
        cites=_sources(found),
        as_of=horizon(subject, _sources(found)),
        short_rows=8,
        basis=joined((ties_basis(subject, found, left=left), arms.basis)),
    )


def _pair_cell(one: str, two: str) -> Parties:
    return Parties(f"{state(one).name} – {state(two).name}", f"{one}–{two}")


def _sources(found: tuple[Tie, ...]) -> tuple[str, ...]:
    return tuple(sorted({source for tie in found for source in tie.sources}))


LAYER_TITLES = {
    "alliance": "Alliances",
    "agreement": "Texts",
    "information_sharing": "Information",
    "exercise": "Exercises, operations",
    "dialogue": "Dialogues",
    "visit": "Visits",
    "assistance": AID,
    INCIDENT: "Incidents",
}
