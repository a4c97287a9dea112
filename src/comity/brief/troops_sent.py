"""Troops of one state on the side of another in an armed conflict, most of them inside it, by lists of such conflicts.

Those that help a government against rebels fight no state, so that no statement on wars between states tells of them.
Where a mission of many states fights, lists count all that sent peacekeepers: of those nothing is told here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from comity.brief.basis import Query, joined
from comity.brief.blocks import Sentence
from comity.brief.coded_governments import is_coded
from comity.brief.fighting import how_sure, lists_tell, runs
from comity.brief.knowledge import coverage_basis
from comity.brief.resting import from_rows
from comity.brief.subject import Subject, once
from comity.brief.wording import counted, listed, with_article, years_text

MOST_STATES = 3
MOST_HELPERS = 10  # more states on one side in a year are a mission with its peacekeepers
_SENT = """
    WITH sent AS (
        SELECT DISTINCT source, fact, from_state, to_state, year FROM core.dyad_year_fact
        WHERE fact = 'conflict_troop_support' AND value > 0 AND year BETWEEN $first AND $last),
    few AS (SELECT to_state, year FROM sent GROUP BY ALL HAVING count(DISTINCT from_state) <= $most)
    SELECT sent.* FROM sent SEMI JOIN few USING (to_state, year)
    WHERE list_contains($own, from_state) AND (NOT $is_pair OR list_contains($own, to_state))
    ORDER BY ALL
"""
_HOW = "Years in which a list has troops of the one on the side of the other, in conflicts inside and between states."
_LEFT_OUT = f"Sides to which more than {MOST_HELPERS} states sent troops in a year, as in missions, are left out."
Years = dict[tuple[str, str], set[int]]


def troops_sentence(subject: Subject) -> Sentence | None:
    """On whose side its troops stood, of a state in the window and of a pair ever; None where on nobody's.

    Those with most years are named first.
    """
    rows, query = _sent(subject)
    years: Years = defaultdict(set)
    for row in rows:
        years[row["from_state"], row["to_state"]].add(row["year"])
    if not years:
        return None
    sources = tuple(sorted({row["source"] for row in rows}))
    what = _of_pair(years) if subject.kind == "pair" else _of_state(years)
    text = f"{lists_tell(subject, sources)} {what}. {_LEFT_OUT}"
    basis = joined((from_rows(_HOW, rows, query, states=len(years), left=len(years) - MOST_STATES),
                    coverage_basis(subject, "conflict")))  # fmt: skip
    return Sentence(text, sources, *how_sure(subject), "a later edition of the list of conflicts", basis)


@once
def _sent(subject: Subject) -> tuple[list[dict[str, Any]], Query]:
    """The years, without those in which others than whom states recognize were coded as the government."""
    is_pair = subject.kind == "pair"
    given = {"own": list(subject.states), "is_pair": is_pair, "last": subject.as_of.year, "most": MOST_HELPERS}
    rows, query = subject.asked(_SENT, first=0 if is_pair else subject.window[0], **given)
    return [row for row in rows if not is_coded(row["to_state"], row["year"])], query


def _of_pair(years: Years) -> str:
    told = [
        f"troops of {with_article(one)} in armed conflict on the side of {with_article(two)} in {_in(held)}"
        for (one, two), held in sorted(years.items())
    ]
    return listed(told)


def _of_state(years: Years) -> str:
    (own, _), *_ = years
    ranked = sorted(years.items(), key=lambda each: (-len(each[1]), -max(each[1]), each[0]))
    named = [f"{with_article(two)} ({_in(held)})" for (_, two), held in ranked[:MOST_STATES]]
    left = len(ranked) - len(named)
    where = listed([*named, *([counted(left, "more state")] if left else [])])
    return f"troops of {with_article(own)} in armed conflict on the side of {where}"


def _in(years: set[int]) -> str:
    return listed([years_text(run) for run in runs(years)])
