"""Maps: with whom and where, over the last ten years, and in three spans of five years side by side."""

from __future__ import annotations

from collections.abc import Sequence

from comity.brief.acts_shown import acts_shown
from comity.brief.blocks import Block, Map, Panel, Point, Shade
from comity.brief.bodies import states_on
from comity.brief.close_up import close_up
from comity.brief.facts import Fact, incidents, sources_of
from comity.brief.knowledge import latest
from comity.brief.mapping import classes_in, frame_of, markable, marked, panels, points, shades, shows, shows_enough
from comity.brief.projection import Frame, is_whole
from comity.brief.registry import section
from comity.brief.resting import COUNTED_ONCE, rests_on
from comity.brief.scope import tags_within
from comity.brief.sides import acts_with, incidents_with
from comity.brief.subject import Subject
from comity.brief.wording import counted, listed, sentence_start, years_text
from comity.vocab.geometry.outlines import ATTRIBUTION, EDITION
from comity.vocab.states import state

_LEAST = 5  # fewer engagements than this are told better by the table
_WORLD: Frame = (-169.0, -57.0, 191.0, 82.0)  # cut where the Bering Strait is
_MOST_NAMED = 45
_PART_DEGREES = 150.0  # as wide as Eurasia with its margin, and less than two continents apart
_MOST_FRAMED = 60  # of more states a map is one of the world
_SHADED = {
    "pair": "the engagements of the two in which it also took part",
    "state": "its engagements with the state of this brief",
    "region": "its engagements in or with the region",
    "organisation": "the engagements of the organization in which it took part",
    "case": "its engagements in the case",
    "world": "its engagements",
    "topic": "its engagements on the topic",
}


@section(
    "On the map",
    order=45,
    kinds=("pair", "region", "state", "organisation", "case", "world", "comparison"),
    is_slow_to_draw=True,
)
def on_the_map(subject: Subject) -> list[Block]:
    """States shaded by engagements, places of engagements and incidents as points; then the same in three spans."""
    done = acts_shown(subject)
    acts = incidents(subject)
    recent = [fact for fact in done if subject.window[0] <= fact.year]
    lately = [fact for fact in acts if subject.window[0] <= fact.year]
    if len(recent) < _LEAST and not any(fact["latitude"] is not None for fact in lately):
        return []
    own = subject.states if subject.kind in ("pair", "state") else ()
    frame = _frame(subject, recent)
    if subject.kind == "comparison":
        return [_of_each(subject, lately, frame)]
    first = _main(subject, recent, lately, own, frame)
    if not shows_enough(first.panels[0], frame):
        return []
    near = close_up(subject, first, (recent, lately))
    of_spans = _frame_of_spans(subject.kind, frame, near)
    spans = _over_time(subject, done, own, of_spans)
    return [first, *spans, *near] if of_spans == frame else [first, *near, *spans]


def _frame_of_spans(kind: str, frame: Frame, near: Sequence[Map]) -> Frame:
    """Which part of the world the spans of years show: of an organization the one where most members are.

    On small maps of all that it reaches, nothing of its members would be seen. Spans follow the map whose frame is
    theirs.
    """
    return near[0].frame if near and kind == "organisation" else frame


def _frame(subject: Subject, recent: Sequence[Fact]) -> Frame:
    if subject.frame is not None:
        return subject.frame
    if subject.kind == "world" or len(subject.states) > _MOST_FRAMED:
        return _WORLD
    if subject.kind == "comparison":
        return frame_of(subject.partners)
    if subject.kind == "case" and len(subject.partners) > 1 and _is_one_part(around := frame_of(subject.partners)):
        return around
    return frame_of(_inner(subject), points(recent, "engagement", _WORLD))


def _is_one_part(frame: Frame) -> bool:
    """Whether a frame is of one part of the world, so that what lies outside it can be left out."""
    return frame[2] - frame[0] <= _PART_DEGREES


def _of_each(subject: Subject, lately: Sequence[Fact], frame: Frame) -> Map:
    """The region twice, once for each power, in the same shades: with whom each is listed, and how often."""
    acts = {power: acts_with(subject, power) for power in subject.states}
    held = {power: _of_region(subject, shades(facts, subject.states)) for power, facts in acts.items()}
    named, years = [state(power).name for power in subject.states], years_text(subject.window)
    facts = [*{id(fact): fact for each in (*acts.values(), lately) for fact in each}.values()]
    return Map(
        title=f"With whom each is listed, {years}",
        frame=frame,
        panels=tuple(
            Panel(name, held[power], _unlabeled(_marks(subject, power, acts[power], frame)))
            for name, power in zip(named, subject.states, strict=True)
        ),
        classes=classes_in((shade for each in held.values() for shade in each), frame),
        unit="engagements",
        named=subject.partners,
        own=subject.states,
        description=f"Two maps with the same shades, {listed(named)}: a state is shaded by the engagements of the one "
        f"and of the other with it in {years}. Circles mark places of engagements, diamonds those of incidents with a "
        f"state of the region. Hatched land is disputed, and the map takes no side. {ATTRIBUTION}.",
        cites=sources_of(facts),
        as_of=latest(facts),
        basis=rests_on(
            f"Engagements of each power by state. {COUNTED_ONCE}",
            facts,
            window=list(subject.window),
            geometry=EDITION,
            by_state={power: {shade.state: shade.count for shade in each} for power, each in held.items()},
        ),
    )


def _marks(subject: Subject, power: str, acts: Sequence[Fact], frame: Frame) -> tuple[Point, ...]:
    """Where a power's engagements and its incidents with states of the region were."""
    return (*points(acts, "engagement", frame), *points(incidents_with(subject, power), "incident", frame))


def _of_region(subject: Subject, held: Sequence[Shade]) -> tuple[Shade, ...]:
    return tuple(each for each in held if each.state in subject.partners)


def _main(subject: Subject, recent: Sequence[Fact], lately: Sequence[Fact], own: tuple[str, ...], frame: Frame) -> Map:
    held, met, acts = shades(recent, own), markable(recent), markable(lately)
    marks = (*points(met, "engagement", frame), *_unlabeled(points(acts, "incident", frame)), *_places(subject))
    facts = [*recent, *lately]
    missing = len(facts) - len(met) - len(acts)
    years = years_text(subject.window)
    return Map(
        title=f"With whom, and where, {years}",
        frame=frame,
        panels=(Panel(years, held, marks),),
        classes=classes_in(held, frame),
        unit="engagements",
        named=_named(subject, frame),
        own=own,
        description=_told(subject, years, marked(marks, frame), (missing, len(facts))),
        cites=sources_of(facts),
        as_of=latest(facts),
        basis=rests_on(
            f"Engagements and incidents by state and place. {COUNTED_ONCE}",
            facts,
            window=list(subject.window),
            count=len(facts),
            missing=missing,
            geometry=EDITION,
            by_state={shade.state: shade.count for shade in held},
        ),
    )


def _over_time(subject: Subject, done: Sequence[Fact], own: tuple[str, ...], frame: Frame) -> list[Block]:
    made = panels(done, subject, own, frame)
    held = [fact for fact in done if subject.full_year - 14 <= fact.year <= subject.full_year]
    if sum(shows(panel, frame) for panel in made) < 2:
        return []
    spans = ", ".join(panel.title for panel in made)
    return [
        Map(
            title="The same in three spans of five years",
            frame=frame,
            panels=made,
            classes=classes_in((shade for panel in made for shade in panel.shades), frame),
            unit="engagements in five years",
            named=(),
            own=own,
            description=f"Three maps with the same shades: {spans}. Sources begin and end within these years, so a map "
            "may be lighter because less is listed, not because less was done; the chart of engagements shows where.",
            cites=sources_of(held),
            as_of=latest(held),
            basis=rests_on(f"Engagements by state in spans of five years. {COUNTED_ONCE}", held, spans=spans),
        )
    ]


def _inner(subject: Subject) -> tuple[str, ...]:
    """The states that the map is about; of an organization its members on the day of the brief."""
    return states_on(subject) if subject.kind == "organisation" else subject.states


def _named(subject: Subject, frame: Frame) -> tuple[str, ...]:
    """The states that a map names before others; of the whole world not so many."""
    inner = _inner(subject)
    return inner if len(inner) <= _MOST_NAMED or not is_whole(frame) else ()


def _places(subject: Subject) -> tuple[Point, ...]:
    """The named places of a region and of those within it; no point stands for a stretch of land or a border."""
    if subject.region is None:
        return ()
    sql = """
        SELECT name, latitude, longitude FROM core.place
        WHERE list_has_any(regions, $regions) AND place_kind NOT IN ('area', 'line') ORDER BY ALL
    """
    rows = subject.ask(sql, regions=[subject.region, *tags_within(subject)])
    return tuple(Point(str(row["name"]), row["latitude"], row["longitude"]) for row in rows)


def _unlabeled(held: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(Point("", point.latitude, point.longitude, point.count, point.what) for point in held)


_FORMS = {"engagement": "circles mark places of engagements", "incident": "diamonds mark places of incidents"}


def _told(subject: Subject, years: str, whats: frozenset[str], counts: tuple[int, int]) -> str:
    """The map in words, for those who read its caption and for those who cannot see it."""
    missing, count = counts
    parts = [f"A state is shaded by {_SHADED[subject.kind]} in {years}."]
    forms = [words for what, words in _FORMS.items() if what in whats]
    if forms:
        parts.append(f"{sentence_start(', '.join(forms))}; the larger the mark, the more of them.")
    if missing:
        few = "" if forms else "; where fewer than a fifth have one, none is marked"
        parts.append(f"Without a position, and so not marked: {missing:,} of {counted(count, 'fact')}{few}.")
    parts.append(
        "Hatched land is disputed: more than one state claims it, or few recognize who governs it. Its lines are "
        "dashed, where there is room it bears the names of its claimants, "
        f"and the map takes no side. Positions and coarse lines are approximate. {ATTRIBUTION}."
    )
    return " ".join(parts)
