"""Years in which states fought each other, by lists of armed conflicts: they reach further than lists of wars.

A conflict is listed for a year in which at least 25 people died in battle; a year without one is no year of peace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.basis import Query, joined
from comity.brief.blocks import Block, Column, Row, Sentence, Table
from comity.brief.coded_governments import against_whom, troops_words
from comity.brief.knowledge import coverage_basis, horizon, is_complete, statements
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, listed, noun, unique, with_article, years_text
from comity.vocab.register import SOURCE as REGISTER

_FOUGHT = """
    SELECT fact, from_state, to_state, year, value, source FROM core.dyad_year_fact
    WHERE fact IN ('interstate_conflict', 'interstate_conflict_intensity', 'conflict_troop_opposition',
                   'battle_death_count')
      AND value > 0 AND year <= $year AND {of_subject}
    ORDER BY source, fact, from_state, to_state, year
"""
_OF = {
    "pair": "list_contains($near, from_state) AND list_contains($near, to_state)",
    "world": "true",
}
_OF_ONE = "(list_contains($near, from_state) OR list_contains($near, to_state))"
_BETWEEN, _DEADLY, _TROOPS = "interstate_conflict", "interstate_conflict_intensity", "conflict_troop_opposition"
_DEATHS = "battle_death_count"
_A_THOUSAND_DEAD = 2  # the list's code for a year of 1,000 deaths in battle or more; 1 is 25 to 999
A_THOUSAND = 1000
MOST_SPELLS = 16
Told = dict[str, Any]


@dataclass(frozen=True)
class Spell:
    """A run of years in which two states fought, or the troops of the first the second.

    `deadly` are the years of 1,000 deaths in battle or more, `deaths` the best estimates by year, where a list has any.
    """

    states: tuple[str, str]
    has_troops_only: bool
    years: tuple[int, int]
    sources: tuple[str, ...]
    levels: tuple[int, ...]
    deadly: tuple[int, ...]
    deaths: tuple[tuple[int, int], ...]

    @property
    def worst(self) -> int:
        """The least number of deaths in battle of its worst year that the lists tell; 0 of troops alone."""
        coded = A_THOUSAND if self.deadly else 0 if self.has_troops_only else 25
        return max([coded, *(count for _, count in self.deaths)])


def fought_sentence(subject: Subject) -> Sentence | None:
    """In which years the two fought, as one statement; None where no loaded list has such a year."""
    rows, query = fought(subject)
    if not rows:
        return None
    deaths = [row for row in rows if row["fact"] == _DEATHS]
    source = ([row for row in rows if row["fact"] != _DEATHS] or deaths)[-1]["source"]
    coded, deadly = _years_coded(rows, source)
    counted_too = {row["year"] for row in deaths}, {row["year"] for row in deaths if round(row["value"]) >= A_THOUSAND}
    # A list of deaths may reach further than the list of conflicts, and is then named with it.
    adds = not (counted_too[0] <= coded and counted_too[1] <= deadly)
    sources = unique([source, *(row["source"] for row in deaths if adds)])
    told = [
        f"{words} in {listed([years_text(run) for run in runs(years)])}"
        for words, years in (
            ("an armed conflict between the two", coded | counted_too[0]),
            (_troops_words(rows), {row["year"] for row in _of(rows, source, _TROOPS)}),
            ("1,000 or more deaths in battle", deadly | counted_too[1]),
        )
        if years
    ]
    text = f"{lists_tell(subject, sources)} {listed(told)}.{_estimates(deaths)}"
    how = "Years in which the two stood on opposite sides of an armed conflict; the years that the list covers."
    reach = (coverage_basis(subject, kind) for kind in ("conflict", "battle_death"))
    basis = joined((from_rows(how, rows, query, least_deaths=A_THOUSAND), *reach))
    cites = tuple(sorted({source, *(row["source"] for row in deaths)}))
    return Sentence(text, cites, *how_sure(subject), "a later edition of the list of conflicts", basis)


def _years_coded(rows: Sequence[Told], source: str) -> tuple[set[int], set[int]]:
    """The years of a conflict between the two in one list, and those that it codes as of most deaths."""
    deadly = {row["year"] for row in _of(rows, source, _DEADLY) if row["value"] == _A_THOUSAND_DEAD}
    return {row["year"] for row in _of(rows, source, _BETWEEN)}, deadly


def lists_tell(
    subject: Subject, sources: Sequence[str], of: str = "armed conflict", kind: str = "conflict", latest: int = 0
) -> str:
    """Lists as the start of a sentence, with the years in which they end before the day, or the latest year told.

    Their names stand among the references, where they are of use.
    """
    if set(sources) <= {REGISTER}:
        return "The register tells of"
    ends = sorted({max(year, latest) for year in last_years(subject, sources, kind)})
    which = f", which {noun(len(sources), 'ends', 'end')} in {listed([str(year) for year in ends])}," if ends else ""
    return f"{noun(len(sources), 'A list', 'Lists')} of {of}{which} {noun(len(sources), 'tells', 'tell')} of"


def last_years(subject: Subject, sources: Iterable[str], kind: str = "conflict") -> list[int]:
    """The years in which some lists end, where that is before the day of the brief."""
    told: dict[str, list[date]] = {source: [] for source in sources}
    for source, known in statements(subject, kind):
        if source in told:
            told[source].append(known.end)
    last = [max(held or _ends(subject, source), default=subject.as_of) for source, held in told.items()]
    return sorted({day.year for day in last if day < subject.as_of})


def _ends(subject: Subject, source: str) -> list[date]:
    """Where a list that says nothing of a kind of fact ends otherwise."""
    return [known.end for known in subject.abouts[source].coverage] if source in subject.abouts else []


def how_sure(subject: Subject) -> tuple[str, str]:
    """How sure one may be of a list of armed conflicts, and why."""
    if is_complete(subject, "conflict"):
        return "high", "a source that holds itself complete reaches this day"
    return "moderate", "the list holds itself complete, and ends before this day"


def _estimates(deaths: Sequence[Told]) -> str:
    """The best estimates of deaths in the last two years of which there are any, as a sentence."""
    by_year = {row["year"]: round(row["value"]) for row in sorted(deaths, key=lambda row: (row["year"], row["source"]))}
    return f" By best estimates, {deaths_by_year(by_year)}." if by_year else ""


def deaths_by_year(counts: Mapping[int, int]) -> str:
    """Deaths in battle, each number with its year: of the last two years of which there are any.

    >>> deaths_by_year({2021: 40, 2022: 1500, 2023: 77})
    '1,500 deaths in battle in 2022 and 77 in 2023, the last years told'
    """
    last = sorted(counts)[-2:]
    named = listed(
        [f"{counts[year]:,}{'' if place else ' deaths in battle'} in {year}" for place, year in enumerate(last)]
    )
    return f"{named}{', the last years told' if len(counts) > len(last) else ''}"


def fought_table(subject: Subject) -> list[Block]:
    """The same as a table, one row for each run of years; no block where there is none."""
    rows, query = fought(subject)
    made = spells_told(subject)
    if not made:
        return []
    shown = made[:MOST_SPELLS]
    left = len(made) - len(shown)
    cites = tuple(sorted({source for spell in shown for source in spell.sources}))
    note = "Listed are years of at least 25 deaths in battle; a year that is not listed is no year of peace."
    return [
        Table(
            title=_TITLES.get(subject.kind, _BETWEEN_STATES),
            columns=(Column("Years", "date"), Column("Conflict"), Column("Deaths in battle a year")),
            rows=tuple(
                Row(cells=(years_text(each.years), _words(subject, each), _deaths(each)), refs=each.sources)
                for each in shown
            ),
            note=note + (f" {counted(left, 'more row')} not listed here." if left else ""),
            cites=cites,
            as_of=horizon(subject, cites),
            short_rows=8,
            basis=from_rows(
                "Runs of years of armed conflict.", rows, query, least=25, below_many=999, many=A_THOUSAND, left=left
            ),
        )
    ]


_BETWEEN_STATES = "Years of armed conflict between states"
_TITLES = {
    "pair": "Years of armed conflict with these states on opposite sides",
    "state": "Years of armed conflict with other states",
}


def spells_told(subject: Subject) -> list[Spell]:
    """Runs of years of armed conflict: of a region or the world those that reach the window, the worst first.

    Of a state and a pair all are told, the latest first.
    """
    found = spells(subject)
    if subject.kind in ("pair", "state"):
        return found
    return by_weight([each for each in found if each.years[1] >= subject.window[0]])


def by_weight(found: Iterable[Spell]) -> list[Spell]:
    """The worst first: by deaths in battle, then two states at war before troops sent, then the latest."""
    return sorted(found, key=lambda each: (-each.worst, each.has_troops_only, -each.years[1], each.states))


@once
def spells(subject: Subject) -> list[Spell]:
    """Every run of years in which a state of the subject fought another, the latest first."""
    held: dict[tuple[bool, tuple[str, str]], list[Told]] = {}
    for row in fought(subject)[0]:
        held.setdefault((row["fact"] == _TROOPS, (row["from_state"], row["to_state"])), []).append(row)
    made = [_spell(place, rows, run) for place, rows in held.items() for run in runs(row["year"] for row in rows)]
    return sorted(made, key=lambda each: (-each.years[1], -each.years[0], each.sources, _order(each)))


def _order(each: Spell) -> tuple[bool, tuple[str, str]]:
    return each.has_troops_only, each.states


def _spell(place: tuple[bool, tuple[str, str]], rows: Sequence[Told], run: tuple[int, int]) -> Spell:
    inside = [row for row in rows if run[0] <= row["year"] <= run[1]]
    levels = {row["year"]: int(row["value"]) for row in inside if row["fact"] == _DEADLY}
    deaths = {row["year"]: round(row["value"]) for row in inside if row["fact"] == _DEATHS}
    deadly = {year for year, level in levels.items() if level == _A_THOUSAND_DEAD}
    return Spell(
        place[1],
        place[0],
        run,
        unique(sorted(row["source"] for row in inside)),
        tuple(sorted(set(levels.values()))),
        tuple(sorted(deadly | {year for year, count in deaths.items() if count >= A_THOUSAND})),
        tuple(sorted(deaths.items())),
    )


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of years without a gap, the first and the last of each.

    >>> runs([2014, 2015, 2022, 2015])
    [(2014, 2015), (2022, 2022)]
    """
    made: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if made and year == made[-1][1] + 1:
            made[-1] = (made[-1][0], year)
        else:
            made.append((year, year))
    return made


@once
def fought(subject: Subject) -> tuple[list[Told], Query]:
    """Every year of armed conflict in which a state of the subject stood against another, as the lists have it."""
    asked = _FOUGHT.format(of_subject=_OF.get(subject.kind, _OF_ONE))
    near = {"near": list(subject.states)} if "$near" in asked else {}
    return subject.asked(asked, year=subject.as_of.year, **near)


def _of(rows: Sequence[Told], source: str, fact: str) -> list[Told]:
    return [row for row in rows if row["source"] == source and row["fact"] == fact]


def _troops_words(rows: Sequence[Told]) -> str:
    last = max((row for row in rows if row["fact"] == _TROOPS), key=lambda row: row["year"], default=None)
    return troops_words(last["to_state"], last["year"]) if last else ""


def _words(subject: Subject, each: Spell) -> str:
    one, two = (with_article(code) for code in each.states)
    if each.has_troops_only:
        return f"troops of {one} {against_whom(each.states[1], each.years[0])}"
    return "between the two states" if subject.kind == "pair" else f"between {one} and {two}"


def _deaths(each: Spell) -> str | None:
    """How many died in battle in the years of a run: by the estimates, or as far as the list codes it."""
    counts = [count for _, count in each.deaths]
    said = None
    if counts:
        said = f"{min(counts):,} to {max(counts):,}" if min(counts) < max(counts) else f"{counts[0]:,}"
    if not each.levels or len(counts) == each.years[1] - each.years[0] + 1:
        return said
    most = "1,000 or more" if _A_THOUSAND_DEAD in each.levels else "25 to 999"
    coded = most if len(each.levels) == 1 else f"25 to 999, in some years {most}"
    return f"{coded}; {years_text((each.deaths[0][0], each.deaths[-1][0]))}: {said}" if said else coded
