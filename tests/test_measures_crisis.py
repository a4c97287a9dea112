"""Crises, wars, armed conflicts and incidents on small invented cases."""

from __future__ import annotations

from datetime import date

from conflict_samples import both_ways, column, columns, fact, knows, opened
from panel_samples import Sample

PAIR = ("FRA", "USA")


def told(kind, *facts, first=1950, last=1999, completeness="complete", **more):
    """A source that lists these facts of pairs."""
    return Sample("alpha", (knows(kind, first, last, completeness),), {"dyad_year_fact": list(facts)} | more)


def test_a_state_that_is_only_the_threat_is_no_actor_in_the_crisis(tmp_path_factory):
    facts = [*both_ways("crisis_ongoing", PAIR, 1961, "9"), *both_ways("crisis_onset", PAIR, 1961, "9")]
    facts += [fact("crisis_actor", PAIR, 1961, "9", 1.0), fact("crisis_actor", PAIR[::-1], 1961, "9", 0.0)]
    with opened(tmp_path_factory, told("crisis_dyad", *facts)) as store:
        names = ("crisis_onset", "crisis_ongoing", "is_crisis_actor")
        onset, ongoing, actor = columns(store, names, "directed_dyad_year", (1961, 1962))
    assert (onset[*PAIR, 1961], ongoing[*PAIR, 1961], ongoing[*PAIR, 1962]) == (True, True, False)
    assert (actor[*PAIR, 1961], actor[*PAIR[::-1], 1961], actor["BRA", "FRA", 1961]) == (True, False, False)


def test_the_crises_of_a_state_and_one_of_which_no_end_is_known(tmp_path_factory):
    spell = {"actor": "1", "party_kind": "state", "start_precision": "day", "end_precision": None, "end_date": None}
    parties = [
        spell | {"crisis": "1", "party": "FRA", "start_date": date(1961, 4, 1)},
        spell | {"crisis": "2", "party": "FRA", "start_date": date(1960, 4, 1), "end_date": date(1962, 1, 3)},
        spell | {"crisis": "2", "party": "x", "party_kind": "group", "start_date": date(1960, 4, 1)},
    ]
    with opened(tmp_path_factory, told("crisis", crisis_party=parties)) as store:
        count = column(store, "crisis_count", "state_year", (1959, 1963))
    assert [count["FRA", year] for year in range(1959, 1964)] == [0, 1, 2, 1, 0]


def test_who_began_a_war_and_who_joined_it(tmp_path_factory):
    """The initiator is that of the whole war; a state that fights on its side from later on has not initiated it."""
    facts = [*both_ways("war", PAIR, 1961, "5"), *both_ways("war", PAIR, 1962, "5")]
    facts += both_ways("war_onset", PAIR, 1961, "5")
    facts += both_ways("war", ("BRA", "FRA"), 1962, "5") + both_ways("war_onset", ("BRA", "FRA"), 1962, "5")
    of_war = {"conflict": "5", "party_kind": "state", "start_precision": "day", "known_until": date(1999, 12, 31)}
    parties = [
        of_war | {"party": "USA", "side": "a", "is_originator": True, "start_date": date(1961, 2, 1)},
        of_war | {"party": "FRA", "side": "b", "is_originator": False, "start_date": date(1961, 2, 1)},
        of_war | {"party": "BRA", "side": "a", "is_originator": False, "start_date": date(1962, 2, 1)},
    ]
    with opened(tmp_path_factory, told("war", *facts, conflict_party=parties)) as store:
        names = ("war_onset", "war_ongoing", "is_war_initiator")
        onset, ongoing, initiator = columns(store, names, "directed_dyad_year", (1961, 1963))
        count = column(store, "war_count", "state_year", (1961, 1963))
    assert [onset[*PAIR, year] for year in (1961, 1962, 1963)] == [True, False, False]
    assert [ongoing[*PAIR, year] for year in (1961, 1962, 1963)] == [True, True, False]
    assert [key for key, value in initiator.items() if value] == [("USA", "FRA", 1961)]
    assert [count["FRA", year] for year in (1961, 1962, 1963)] == [1, 1, 0]


def test_the_first_year_of_the_data_has_no_known_onset_of_conflict(tmp_path_factory):
    """What went on in 1946 may have begun in 1945; a conflict that pauses for a year begins anew."""
    facts = [fact("interstate_conflict", PAIR, year, "3") for year in (1950, 1951, 1953)]
    facts += [
        fact("interstate_conflict_intensity", PAIR, 1951, item, level) for item, level in (("3", 1.0), ("4", 2.0))
    ]
    with opened(tmp_path_factory, told("conflict", *facts)) as store:
        names = ("interstate_conflict_ongoing", "interstate_conflict_onset", "interstate_conflict_intensity")
        ongoing, onset, intensity = columns(store, names, years=(1949, 1954))
    assert [ongoing[*PAIR, year] for year in range(1949, 1955)] == [None, True, True, False, True, False]
    assert [onset[*PAIR, year] for year in range(1949, 1955)] == [None, None, False, False, True, False]
    assert onset["BRA", "FRA", 1950] is False
    assert (intensity[*PAIR, 1951], intensity[*PAIR, 1952]) == (2, 0)


def test_troops_run_from_the_helper_and_support_that_is_not_listed_is_unknown(tmp_path_factory):
    acts = [fact("conflict_troop_support", PAIR, 1961, "3"), fact("conflict_troop_opposition", PAIR, 1962, "3")]
    found = [fact("rebel_support_any", PAIR, 1961, "3"), fact("support_any", PAIR, 1962, "3")]
    positive = Sample(
        "beta", (knows("external_support", 1950, 1999, "positive_only"),), {"dyad_year_fact": found}
    )  # fmt: skip
    names = ("conflict_troop_support", "conflict_troop_opposition", "supports_rebels", "supports_in_conflict")
    with opened(tmp_path_factory, told("conflict", *acts), positive) as store:
        values = columns(store, names, "directed_dyad_year", (1961, 1962))
    assert [of[*PAIR, 1961] for of in values] == [True, False, True, None]
    assert [of[*PAIR, 1962] for of in values] == [False, True, None, True]
    assert [of[*PAIR[::-1], 1961] for of in values] == [False, False, None, None]


def test_deaths_are_known_only_where_a_conflict_is_of_two_states_alone(tmp_path_factory):
    deaths = [fact("battle_death_count", PAIR, 1961, item, 30.0) for item in "12"]
    deaths += [
        fact("battle_death_count_low", PAIR, 1961, "1", 25.0),
        fact("battle_death_count_high", PAIR, 1961, "1", 99.0),
    ]
    with opened(tmp_path_factory, told("battle_death", *deaths)) as store:
        names = ("battle_death_count", "battle_death_count_low", "battle_death_count_high")
        best, low, high = columns(store, names, years=(1961, 1962))
    assert (best[*PAIR, 1961], low[*PAIR, 1961], high[*PAIR, 1961]) == (60, 25, 99)
    assert best[*PAIR, 1962] is None


def incident(name, day, precision="day", **roles):
    """Rows of an incident and its parties, from role by state."""
    row = {
        "incident": name, "name": name, "incident_kind": "other", "start_date": day, "start_precision": precision,
        "verification": "secondary",
    }  # fmt: skip
    return row, [{"incident": name, "party_kind": "state", "party": code, "role": role} for code, role in roles.items()]


def test_incidents_are_between_who_acted_and_who_was_acted_upon(tmp_path_factory):
    held = [
        incident("one", date(1961, 3, 4), FRA="actor", USA="affected", JPN="present"),
        incident("two", date(1961, 3, 1), "month", USA="actor", FRA="affected"),
        incident("three", date(1961, 1, 1), "year", FRA="actor", USA="affected", BRA="affected"),
    ]
    rows = {"incident": [row for row, _ in held], "incident_party": [row for _, rows in held for row in rows]}
    source = Sample("alpha", (knows("incident", 1950, 1999, "positive_only"),), rows)
    with opened(tmp_path_factory, source) as store:
        count = column(store, "incident_count", years=(1961, 1961))
        acts = column(store, "incident_act_count", "directed_dyad_year", (1961, 1961))
        of_month = column(store, "incident_count", "dyad_month", (1961, 1961))
    assert {key: value for key, value in count.items() if value} == {(*PAIR, 1961): 3, ("BRA", "FRA", 1961): 1}
    assert (acts[*PAIR, 1961], acts[*PAIR[::-1], 1961]) == (2, 1)
    # Of the third only the year is known, so that no month has it, and no month is known to be without it.
    assert {key: value for key, value in of_month.items() if value is not None} == {(*PAIR, 1961, 3): 2}
