"""The lists that speak of one instrument: which pairs of states each names in which year, and how far each looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from comity.errors import BadRequest
from comity.vocab.words import vocabularies

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from comity.panel.facts import Facts
    from comity.vocab.coverage import Coverage

Pairs = frozenset[tuple[str, str]]
OF_ASKED = "states asked for"  # a share counted over pairs that name one of them

_TOGETHER = """
    SELECT DISTINCT e.source, a.party AS state_a, b.party AS state_b, year(e.start_date) AS year
    FROM core.engagement e
    JOIN core.engagement_party a USING (source, engagement)
    JOIN core.engagement_party b USING (source, engagement)
    WHERE e.instrument = '{instrument}' AND e.status IN ('completed', 'ongoing') AND {only}
      AND a.party_kind = 'state' AND b.party_kind = 'state' AND a.party < b.party
      AND a.role <> 'observer' AND b.role <> 'observer'
"""
# A file of counts for the partners of one state knows the pairs that it speaks of in any way.
_NEIGHBOR_FILE = """
    FROM core.dyad_year_fact
    WHERE source = 'china_mil_diplomacy' AND split_part(row_ref, ':', 1) IN (
        SELECT split_part(row_ref, ':', 1) FROM core.dyad_year_fact WHERE fact = 'joint_exercise_count'
    )
"""
_NEIGHBOR_EXERCISES = f"""
    SELECT DISTINCT source, least(from_state, to_state), greatest(from_state, to_state), year
    {_NEIGHBOR_FILE} AND fact = 'joint_exercise_count' AND value > 0
"""
_NEIGHBORS = f"""
    SELECT DISTINCT source, least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b
    {_NEIGHBOR_FILE}
"""
# Kinds of text that both the Defense Cooperation Agreement Dataset and the register collect. Of one text the first may
# have the year of signature and the second that of an earlier round: within a year it is one, and has the first's year.
_SIGNED = """
    WITH signed AS (
        SELECT DISTINCT t.source, min(p.party) AS state_a, max(p.party) AS state_b, year(t.signed_date) AS year
        FROM core.agreement t JOIN core.agreement_party p USING (source, agreement)
        WHERE t.signed_date IS NOT NULL AND t.agreement_kind IN ('framework', 'equipment', 'exercises')
        GROUP BY t.source, t.agreement, t.signed_date
        HAVING count(DISTINCT p.party) = 2 AND bool_and(p.party_kind = 'state')
    )
    SELECT DISTINCT s.source, s.state_a, s.state_b, coalesce(min_by(l.year, (abs(l.year - s.year), l.year)), s.year)
    FROM signed s
    LEFT JOIN signed l ON s.source <> 'dcad' AND l.source = 'dcad' AND l.state_a = s.state_a AND l.state_b = s.state_b
        AND l.year BETWEEN s.year - 1 AND s.year + 1
    GROUP BY s.source, s.state_a, s.state_b, s.year
"""
_DELIVERED = """
    SELECT DISTINCT source, least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b,
           delivery_year AS year
    FROM core.arms_delivery
    WHERE from_state IS NOT NULL AND to_state IS NOT NULL AND from_state <> to_state AND delivery_year IS NOT NULL
"""


class Told(NamedTuple):
    """Where the lists of one instrument stand: the SELECT of their cells, of named pairs, and their kinds of fact."""

    cells: str
    kinds: tuple[str, ...]
    named_pairs: str = ""


# Lists made from one another catch the same things; together they are one list.
_FAMILIES = {"jme": "mme", "jme_bernhardt": "mme"}


def told_of(instrument: str) -> Told:
    """Where the lists of an instrument stand; BadRequest names the instruments there are."""
    known = vocabularies()["instruments"]
    if instrument not in known:
        raise BadRequest(f"{instrument!r} is no instrument; there are {', '.join(known)}")
    if instrument == "exercise":
        cells = f"{_TOGETHER.format(instrument=instrument, only='true')} UNION {_NEIGHBOR_EXERCISES}"
        return Told(cells, ("exercise", "military_engagement"), _NEIGHBORS)
    if instrument == "agreement":
        return Told(_SIGNED, ("agreement",))
    if instrument == "arms_transfer":
        return Told(_DELIVERED, ("arms_transfer",))
    # The lists of travel are lists of heads of state and government; each knows other officials otherwise.
    only = "e.level = 'head'" if instrument == "visit" else "true"
    return Told(_TOGETHER.format(instrument=instrument, only=only), (instrument,))


@dataclass(frozen=True)
class Reach:
    """How far one list looks: its whole years, the states it is limited to, and whether it holds itself complete."""

    source: str
    years: frozenset[int]
    complete_years: frozenset[int]
    states: frozenset[str]
    pairs: Pairs  # empty: every pair of its states

    @property
    def family(self) -> str:
        """The name under which lists made from one another count as one."""
        return _FAMILIES.get(self.source, self.source)


@dataclass(frozen=True)
class Lists:
    """Every pair of states and year that a list names, and which lists name it.

    `bits` has the bit of the place of each list in `reaches`; states are numbers into `states`.
    """

    instrument: str
    reaches: tuple[Reach, ...]
    states: tuple[str, ...]
    state_a: npt.NDArray[np.int64]
    state_b: npt.NDArray[np.int64]
    year: npt.NDArray[np.int64]
    bits: npt.NDArray[np.int64]

    @property
    def singled(self) -> frozenset[str]:
        """States to which a list is limited, so that more lists speak of them than of others."""
        return frozenset(state for reach in self.reaches for state in reach.states)

    def not_singled(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The states to which no list is limited."""
        singled = self.singled
        return tuple(name for name in names if name not in singled)

    def mask(self, sources: frozenset[str]) -> int:
        """The bits of some lists."""
        return sum(1 << place for place, reach in enumerate(self.reaches) if reach.source in sources)


def lists_of(store: Facts, instrument: str) -> Lists:
    """The lists of one instrument that say how far they look; a list that does not say can carry no estimate."""
    import numpy as np

    told = told_of(instrument)
    spoken: dict[str, list[Coverage]] = {}
    for source, known in (each for kind in told.kinds for each in store.coverage(kind)):
        spoken.setdefault(source, []).append(known)
    cells = store.ask(_counted(told.cells), {"sources": sorted(spoken)}) if spoken else None
    if cells is None or not cells.num_rows:
        return Lists(instrument, (), (), *(np.zeros(0, dtype=np.int64) for _ in range(4)))
    return _packed(instrument, cells, spoken, _named_pairs(store, told))


def _counted(cells: str) -> str:
    return f"""
        SELECT state_a, state_b, year, bit_or(1::BIGINT << (list_position($sources, source) - 1)) AS bits
        FROM ({cells}) AS cell(source, state_a, state_b, year)
        WHERE list_contains($sources, source) AND year IS NOT NULL
        GROUP BY ALL ORDER BY ALL
    """  # noqa: S608 (the cells are words of this module)


def _packed(instrument: str, cells: pa.Table, spoken: dict[str, list[Coverage]], named: dict[str, Pairs]) -> Lists:
    import numpy as np

    bits = cells.column("bits").to_numpy().astype(np.int64)
    sources = sorted(spoken)
    seen = [place for place in range(len(sources)) if (bits >> place & 1).any()]
    reaches = tuple(_reach(sources[place], spoken[sources[place]], named) for place in seen)
    packed = sum(((bits >> place & 1) << new for new, place in enumerate(seen)), np.zeros_like(bits))
    one, two = (cells.column(name).to_numpy(zero_copy_only=False).astype(str) for name in ("state_a", "state_b"))
    names, codes = np.unique(np.concatenate([one, two]), return_inverse=True)
    years = cells.column("year").to_numpy().astype(np.int64)
    states = tuple(map(str, names))
    return Lists(instrument, reaches, states, codes[: len(one)], codes[len(one) :], years, packed)


def _reach(source: str, known: list[Coverage], named: dict[str, Pairs]) -> Reach:
    complete = [each for each in known if each.completeness == "complete"]
    states = frozenset(state for each in known for state in each.states)
    is_everywhere = any(not each.states for each in known)
    pairs = named.get(source, frozenset())
    return Reach(source, _years(known), _years(complete), frozenset() if is_everywhere else states, pairs)


def _years(known: list[Coverage]) -> frozenset[int]:
    """The years that a list knows whole."""
    spans = [(each, range(each.start.year, each.end.year + 1)) for each in known]
    return frozenset(year for each, span in spans for year in span if each.covers_year(year))


def _named_pairs(store: Facts, told: Told) -> dict[str, Pairs]:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in store.ask(told.named_pairs).to_pylist() if told.named_pairs else ():
        found.setdefault(row["source"], set()).add((row["state_a"], row["state_b"]))
    return {source: frozenset(pairs) for source, pairs in found.items()}
