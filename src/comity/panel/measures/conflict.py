"""Armed conflict and support in it (Uppsala Conflict Data Program)."""

from comity.panel.listed_pairs import of_pairs, one_way
from comity.panel.measure import Column, measure
from comity.panel.spells import onset, unit_starts
from comity.panel.spines import Spine


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="conflict")
def interstate_conflict_ongoing() -> str:
    """Whether the two states opposed each other as first parties to an armed conflict in the year.

    At least 25 people died in battle in it that year. Zero says that no such conflict is listed, not that nobody
    died, and states that only help a party are counted in `conflict_troop_support` and `conflict_troop_opposition`.
    """
    return of_pairs("interstate_conflict")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 2", kind="conflict")
def interstate_conflict_intensity() -> str:
    """How deadly an armed conflict between the two states was: 0 none listed, 1 from 25 dead in the year, 2 from 1,000.

    The dead are those of the conflict, on all sides; of several conflicts the deadliest counts.
    """
    return of_pairs("interstate_conflict_intensity")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", of=("interstate_conflict_ongoing",), over="history")
def interstate_conflict_onset(ongoing: Column, rows: Spine) -> Column:
    """Whether the two states were in armed conflict in the year and not in the year before.

    A conflict that falls below 25 deaths for one year and returns has a second onset. Null where the year before is
    not known, as it is in the first year of the data.
    """
    assert rows.state_b is not None
    return onset(ongoing, unit_starts(rows.state_a, rows.state_b), rows.year)


@measure(unit="dyad_year", type="count", measured_in="deaths")
def battle_death_count() -> str:
    """Number of people killed in battle in the year in the conflicts between the two states alone, by best estimate.

    Null where none is given. That is no zero: a conflict with a third state in it has deaths that are not divided
    among its pairs.
    """
    return of_pairs("battle_death_count", "sum(value)")


@measure(unit="dyad_year", type="count", measured_in="deaths")
def battle_death_count_low() -> str:
    """The low estimate of `battle_death_count`: a floor of what was reported, not a margin of error."""
    return of_pairs("battle_death_count_low", "sum(value)")


@measure(unit="dyad_year", type="count", measured_in="deaths")
def battle_death_count_high() -> str:
    """The high estimate of `battle_death_count`."""
    return of_pairs("battle_death_count_high", "sum(value)")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="conflict", is_directed=True)
def conflict_troop_support() -> str:
    """Whether the first state had troops in an armed conflict of the year on the side of the second.

    Conflicts of every kind count, within states and between them: this is what makes a civil war internationalized.
    """
    return one_way("conflict_troop_support")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="conflict", is_directed=True)
def conflict_troop_opposition() -> str:
    """Whether the first state had troops in an armed conflict of the year on a side against the second."""
    return one_way("conflict_troop_opposition")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="external_support", is_directed=True)
def supports_in_conflict() -> str:
    """Whether the first state supported the second in an armed conflict of the year, with whatever means.

    Never zero: the source lists the support that it found, and what it did not find is unknown here.
    """
    return one_way("support_any")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1", kind="external_support", is_directed=True)
def supports_rebels() -> str:
    """Whether the first state supported an opponent of the second in an armed conflict, with whatever means.

    Opponents are rebels and, seldom, states. Never zero: the source lists the support that it found, and what it did
    not find is unknown here.
    """
    return one_way("rebel_support_any")
