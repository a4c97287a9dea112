"""Major arms delivered and assistance given: what the lists of both tell of a subject's states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.brief.basis import Query
from comity.brief.subject import Subject, once

SPAN = 10  # years of one column
OBLIGED = "assistance_obligations_usd"
_MILLION = 1_000_000
Span = tuple[int, int]
_FISCAL_END = (9, 30)  # the last day of a fiscal year of the United States since 1977
_TOLD_TO = "SELECT source, max(delivery_year) AS year FROM core.arms_delivery WHERE delivery_year <= $year GROUP BY ALL"
# Sums are of decimals, so that they are the same in whatever order the rows are added.
_ARMS = """
    SELECT from_kind, from_party, to_kind, to_party, category, source,
           sum(delivered_tiv::DECIMAL(18, 6)) FILTER (delivery_year >= $first)::DOUBLE AS tiv,
           sum(delivered_tiv::DECIMAL(18, 6)) FILTER (delivery_year < $first)::DOUBLE AS tiv_before,
           min(delivery_year) FILTER (delivery_year >= $first) AS first_year,
           max(delivery_year) FILTER (delivery_year >= $first) AS last_year
    FROM core.arms_delivery
    WHERE delivery_year BETWEEN $before AND $last
      AND (list_contains($states, to_state) OR list_contains($states, from_state))
    GROUP BY ALL ORDER BY ALL
"""
_PAIRS = """
    SELECT least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, source,
           sum(delivered_tiv::DECIMAL(18, 6))::DOUBLE AS tiv
    FROM core.arms_delivery
    WHERE list_contains($states, to_state) AND list_contains($states, from_state) AND from_state <> to_state
      AND delivery_year BETWEEN $first AND $last
    GROUP BY ALL ORDER BY ALL
"""
_AID = f"""
    SELECT from_state, to_state, year, source, sum(value::DECIMAL(24, 2))::DOUBLE / {_MILLION} AS million_dollars
    FROM core.dyad_year_fact
    WHERE fact = $fact AND coalesce(item, '') = '' AND year BETWEEN $first AND $last
      AND (list_contains($states, to_state) OR list_contains($states, from_state))
    GROUP BY ALL ORDER BY ALL
"""  # noqa: S608 (a number of this module)


@dataclass(frozen=True)
class Flow:
    """What one party delivered to another: its volume in two spans of years, when, and which kinds weigh most."""

    supplier: tuple[str, str]
    recipient: tuple[str, str]
    source: str
    tiv: float | None
    tiv_before: float | None
    years: tuple[int, int] | None
    kinds: tuple[str, ...]

    @property
    def weight(self) -> tuple[float, float]:
        """By what flows are ordered: the volume of the later span, then that of the earlier one."""
        return (self.tiv or 0, self.tiv_before or 0)


@dataclass(frozen=True)
class Arms:
    """The flows to and from a subject's states, the first and last year that are told, and what gave them."""

    flows: tuple[Flow, ...]
    rows: tuple[dict[str, Any], ...]
    query: Query
    sources: tuple[str, ...]
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The last ten years that are told, or as many as the lists reach back."""
        return max(self.first, self.last - SPAN + 1), self.last

    @property
    def span_before(self) -> Span | None:
        """The ten years before those; None where the lists reach not so far back."""
        first, last = max(self.first, self.last - 2 * SPAN + 1), self.last - SPAN
        return (first, last) if first <= last else None


@once
def arms_of(subject: Subject) -> Arms | None:
    """Major arms delivered to or by the subject's states in twenty years; None where no list tells of deliveries."""
    told = {row["source"]: row["year"] for row in subject.ask(_TOLD_TO, year=subject.full_year)}
    if not told:
        return None
    first, last = _years(subject, told)
    given = {"states": list(subject.states), "last": last, "first": last - SPAN + 1, "before": last - 2 * SPAN + 1}
    rows, query = subject.asked(_ARMS, **given)
    return Arms(_flows(rows), tuple(rows), query, tuple(sorted(told)), first, last)


def _years(subject: Subject, told: Mapping[str, int]) -> Span:
    """The years that the lists cover, for a year without a delivery is told too; ten years of rows otherwise."""
    covered = [known for source in told for known in subject.abouts[source].coverage if "arms_transfer" in known.kinds]
    if not covered:
        return max(told.values()) - SPAN + 1, max(told.values())
    last = min(max(known.end.year for known in covered), subject.full_year)
    return min(known.start.year for known in covered), last


def _flows(rows: Iterable[dict[str, Any]]) -> tuple[Flow, ...]:
    held: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        held[row["from_kind"], row["from_party"], row["to_kind"], row["to_party"], row["source"]].append(row)
    made = [_flow(place, each) for place, each in held.items()]
    return tuple(sorted(made, key=lambda flow: (*(-each for each in flow.weight), flow.supplier, flow.recipient)))


def _flow(place: tuple[str, ...], rows: list[dict[str, Any]]) -> Flow:
    late = [row for row in rows if row["first_year"] is not None]
    early = [row for row in rows if row["tiv_before"] is not None]
    heaviest = sorted(late or early, key=lambda row: (-(row["tiv"] or row["tiv_before"] or 0), row["category"] or ""))
    return Flow(
        supplier=(place[0], place[1]),
        recipient=(place[2], place[3]),
        source=place[4],
        tiv=round(sum(row["tiv"] or 0 for row in late), 2) if late else None,
        tiv_before=round(sum(row["tiv_before"] for row in early), 2) if early else None,
        years=(min(row["first_year"] for row in late), max(row["last_year"] for row in late)) if late else None,
        kinds=tuple(dict.fromkeys(row["category"] for row in heaviest if row["category"]))[:2],
    )


def arms_between(subject: Subject, states: Iterable[str]) -> tuple[list[dict[str, Any]], Query]:
    """The volume of major arms delivered either way between any two of some states in the subject's window."""
    first, last = subject.window
    return subject.asked(_PAIRS, states=sorted(set(states)), first=first, last=last)


@dataclass(frozen=True)
class Aid:
    """Assistance to or by a subject's states, dollars by year; the first and last year told, the last told whole."""

    rows: tuple[dict[str, Any], ...]
    query: Query
    first: int
    last: int
    last_whole: int

    @property
    def span(self) -> Span:
        """The last ten years that are told whole, or as many as the lists reach back."""
        return max(self.first, self.last_whole - SPAN + 1), self.last_whole


@once
def aid_of(subject: Subject) -> Aid | None:
    """Assistance obligated for or by the subject's states; None where nothing is listed of them in ten years.

    A fiscal year that had not ended when the list was published is told in part.
    """
    last = subject.as_of.year
    given = {"fact": OBLIGED, "states": list(subject.states), "first": last - SPAN - 1, "last": last}
    rows, query = subject.asked(_AID, **given)
    if not rows:
        return None
    ends = [_ends(subject, source) for source in sorted({row["source"] for row in rows})]
    firsts, *lasts = zip(*ends, strict=True)
    told, whole = (min(last, max(end)) for end in lasts)
    return Aid(tuple(rows), query, min(firsts), told, whole)


def _ends(subject: Subject, source: str) -> tuple[int, int, int]:
    """The first and last fiscal year a source tells of, and the last that had ended when it was published."""
    about = subject.abouts[source]
    first = min((known.start.year for known in about.coverage), default=subject.as_of.year - SPAN)
    told = max((known.end.year for known in about.coverage), default=subject.as_of.year)
    if about.published is None or about.published >= date(told, *_FISCAL_END):
        return first, told, told
    is_over = about.published >= date(about.published.year, *_FISCAL_END)
    return first, told, min(told, about.published.year - (0 if is_over else 1))
