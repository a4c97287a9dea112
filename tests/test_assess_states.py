"""The indices of states rise with what they count, ignore what is nothing to them, and know what they do not know."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assess_state_samples import STATES, YEAR, listed, sketched, square
from comity.assess.indices.s_dependence import hhi, largest_share
from comity.assess.shape import MOST_HEADLINES, index_kind, index_kinds
from comity.assess.state_burden import burdens
from comity.assess.state_ties import SPAN
from comity.assess.state_view import above, evenness
from comity.assess.view import SPAN as VIEW_SPAN
from comity.errors import BadRequest

COUNT = 5
PAIRS = list(combinations(range(COUNT), 2))
edges = st.lists(st.sampled_from(PAIRS), unique=True)
amounts = arrays.arrays(np.float64, (3, 4), elements=st.integers(0, 5).map(float))
NAMES = ("contribution", "dependence", "diversity", "exposure", "position", "reach", "transparency")


def index(name, **given_things):
    return index_kind("state", name).of(sketched(**given_things))


def part(name, of, **given_things):
    return next(each for each in index(of, **given_things).parts if each.name == name)


def years(rows):
    """Measures of states over fifteen years, unknown but for the last ones given."""
    made = np.full((len(rows), VIEW_SPAN), np.nan)
    for at, row in enumerate(rows):
        made[at, VIEW_SPAN - len(row) :] = row
    return made


def test_there_are_at_most_eight_headlines_and_the_burden_is_none_of_them():
    headlines = [kind.name for kind in index_kinds("state") if kind.is_headline]
    assert len(headlines) < MOST_HEADLINES
    assert {kind.name for kind in index_kinds("state")} == set(NAMES)
    assert "burden" not in headlines


@pytest.mark.parametrize("name", NAMES)
def test_of_nothing_known_nothing_is_told(name):
    made = index(name)
    assert np.isnan(made.score).all()
    assert np.isnan(made.latest_year).all()
    assert (made.coverage == 0).all()
    assert (made.least == 0).all()
    assert (made.most == 1).all()


@pytest.mark.parametrize("name", NAMES)
@given(one=edges, other=edges)
def test_scores_and_coverage_lie_between_0_and_1(name, one, other):
    ties = {layer: square(edges=one) for layer in ("alliance", "arms", "exercise", "interstate_conflict_ongoing")}
    made = index(name, ties=ties | {"arms_delivery_tiv": square(edges=other, value=3.0)})
    known = ~np.isnan(made.score)
    assert ((made.score[known] >= 0) & (made.score[known] <= 1)).all()
    assert ((made.coverage >= 0) & (made.coverage <= 1)).all()
    assert (known == (made.coverage > 0)).all()


@given(have=edges, more=edges)
def test_one_more_partner_never_lowers_reach_nor_one_more_dispute_exposure(have, more):
    fewer, all_of_them = square(edges=have), square(edges=have + more)
    for name, layer in (("reach", "exercise"), ("reach", "alliance"), ("exposure", "interstate_conflict_ongoing")):
        before, after = index(name, ties={layer: fewer}).score, index(name, ties={layer: all_of_them}).score
        assert (after >= before - 1e-12).all()


@given(have=edges, named=edges)
def test_a_list_that_may_leave_out_never_lowers_a_score(have, named):
    known = {"arms": square(edges=have)}
    before = index("reach", ties=known).score
    after = index("reach", ties=known | {"visit": listed(edges=named)}).score
    assert (after >= before - 1e-12).all()


@given(have=edges, other=edges)
def test_what_an_index_does_not_look_at_does_not_change_it(have, other):
    ties = {"arms": square(edges=have), "alliance": square(edges=have)}
    for name in ("reach", "position", "diversity"):
        plain = index(name, ties=ties).score
        beside = index(name, ties=ties | {"claim": square(edges=other), "incident_count": listed(edges=other)}).score
        np.testing.assert_array_equal(plain, beside)


def test_reach_counts_partners_once_and_tells_of_the_year_known():
    exercise = square(edges=[(0, 1), (0, 2)])
    exercise[0, 1, -2] = exercise[1, 0, -2] = 3.0
    made = part("exercise", "reach", ties={"exercise": exercise})
    assert made.value.tolist() == [2.0, 1.0, 1.0, 0.0, 0.0]
    assert made.score[0] == pytest.approx(2 / 10)  # half at 8
    assert made.latest_year.tolist() == [YEAR] * COUNT
    assert made.sources == ("exercise",)


def test_partners_of_more_than_five_years_ago_are_not_counted():
    old = np.zeros((COUNT, COUNT, SPAN))
    old[0, 1, -6] = old[1, 0, -6] = 1.0
    assert part("exercise", "reach", ties={"exercise": old}).value.tolist() == [0.0] * COUNT


def test_an_alliance_that_ended_is_none_and_one_last_known_years_ago_still_is():
    ended = square(edges=[(0, 1)])
    ended[:, :, -2] = ended[:, :, -1]
    ended[:, :, -1] = 0.0
    assert part("alliance", "reach", ties={"alliance": ended}).value.tolist() == [0.0] * COUNT
    ended[:, :, -1] = np.nan
    made = part("alliance", "reach", ties={"alliance": ended})
    assert made.value.tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]
    assert made.latest_year[0] == YEAR - 1


def test_a_state_that_no_list_names_is_unknown_and_one_it_names_is_counted_as_listed():
    made = part("visit", "reach", ties={"visit": listed(edges=[(0, 1)])})
    assert made.value[:2].tolist() == [1.0, 1.0]
    assert np.isnan(made.value[2:]).all()
    assert made.is_listed[:2].all()


def test_the_state_between_two_blocs_brokers():
    # Two triangles of allies that meet in the third state alone.
    alliance = square(7, [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (6, 0), (6, 3)])
    made = part("alliance_betweenness", "position", ties={"alliance": alliance}, count=7)
    assert made.value[6] == made.value.max() > 0
    assert part("alliance_standing", "position", ties={"alliance": alliance}, count=7).score.max() == 1.0


def test_a_network_with_a_pair_in_five_unknown_is_none():
    unknown = [(0, 1), (0, 2), (0, 3)]
    made = index("position", ties={"alliance": square(edges=[(3, 4)], unknown=unknown)})
    assert np.isnan(made.score).all()


def test_one_supplier_is_full_dependence_and_two_equal_ones_are_half():
    deliveries = square(edges=[(0, 1), (2, 3), (2, 4)], value=7.0)
    made = index("dependence", ties={"arms_delivery_tiv": deliveries})
    assert made.score.tolist() == [1.0, 1.0, 0.5, 1.0, 1.0]
    assert np.isnan(index("dependence", ties={"arms_delivery_tiv": square()}).score).all()  # no share of nothing


def test_training_of_one_listed_provider_says_nothing_of_dependence():
    one, two = listed(edges=[(0, 1)]), listed(edges=[(0, 1), (0, 2)])
    assert np.isnan(part("training_largest_share", "dependence", ties={"training_programme_count": one}).value).all()
    made = part("training_largest_share", "dependence", ties={"training_programme_count": two})
    assert made.value[0] == 0.5
    assert made.is_listed[0]


@given(amounts)
def test_concentration_lies_between_the_largest_share_and_its_square(made):
    largest, concentration = largest_share(made), hhi(made)
    known = made.sum(axis=1) > 0
    assert (np.isnan(largest) == ~known).all()
    assert (np.isnan(concentration) == ~known).all()
    assert (concentration[known] <= largest[known] + 1e-12).all()
    assert (concentration[known] >= largest[known] ** 2 - 1e-12).all()


@given(amounts, st.integers(1, 9))
def test_shares_do_not_hang_on_the_unit(made, unit):
    np.testing.assert_allclose(hhi(made * unit), hhi(made))
    np.testing.assert_allclose(evenness(made * unit, np.array([0, 0, 1, 2])), evenness(made, np.array([0, 0, 1, 2])))


def test_who_engages_each_bloc_alike_is_diverse_and_who_keeps_to_one_is_not():
    blocs = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    both = square(6, [(0, 1), (0, 3), (1, 2)])
    made = part("arms", "diversity", ties={"alliance": square(6, blocs), "arms": both}, count=6)
    assert made.value[0] == 1.0
    assert made.value[1] == 0.0
    assert np.isnan(made.value[5])  # it has no partner


def test_exposure_is_a_rate_of_the_years_known_and_needs_half_of_them():
    onsets = years([[1, 0, 0, 0, 1, np.nan, np.nan, np.nan, np.nan, np.nan], [1, 1], [0] * 10, [2] * 10, [np.nan]])
    made = part("disputes", "exposure", numbers={"dispute_onset_count": onsets})
    assert made.value[[0, 2, 3]].tolist() == [4.0, 0.0, 20.0]
    assert np.isnan(made.value[[1, 4]]).all()
    assert made.latest_year[0] == YEAR - 5


def test_contribution_is_for_a_million_people_and_unknown_of_who_is_not_listed():
    numbers = {
        "peacekeeper_count": years([[100, 300], [0], [np.nan]] + [[np.nan]] * 2),
        "population_count": years([[10e6]] * 5),
    }
    made = part("troops_by_people", "contribution", numbers=numbers)
    assert made.value[:2].tolist() == [20.0, 0.0]
    assert np.isnan(made.value[2:]).all()
    assert made.score[0] == 0.5


def test_transparency_counts_regimes_and_the_years_with_figures():
    numbers = {"military_expenditure_usd2023": years([[1.0] * 10, [np.nan, 1.0], [np.nan], [1.0], [np.nan]])}
    made = index("transparency", numbers=numbers, regimes={"AUS": 3})
    regimes, spending, _ = made.parts
    assert regimes.value[0] == 3.0
    assert regimes.score[0] == 0.5
    assert np.isnan(regimes.value[1:]).all()
    np.testing.assert_allclose(spending.value[[0, 1, 3]], [1.0, 0.1, 0.1])
    assert np.isnan(spending.value[[2, 4]]).all()  # no list watches them


def test_burdens_stand_side_by_side_without_weight():
    numbers = {"military_expenditure_gdp_share": years([[0.01], [0.02], [0.04], [np.nan], [0.02]])}
    made = {each.name: each for each in burdens(sketched(numbers=numbers))}
    spending = made["military_expenditure_gdp_share"]
    np.testing.assert_allclose(spending.score, [0.0, 0.5, 1.0, np.nan, 0.5])
    assert {each.weight for each in made.values()} == {0.0}
    assert np.isnan(made["military_personnel_share"].value).all()


@given(arrays.arrays(np.float64, st.integers(1, 9), elements=st.sampled_from((0.0, 0.2, 0.7, 1.0, np.nan))))
def test_who_stands_above_how_many_is_counted_one_by_one(score):
    known = [value for value in score if not np.isnan(value)]
    for value, share in zip(score, above(score), strict=True):
        if np.isnan(value) or len(known) == 1:
            assert np.isnan(share)
            continue
        below = sum(other < value for other in known) + 0.5 * (sum(other == value for other in known) - 1)
        assert share == pytest.approx(below / (len(known) - 1))


@given(edges)
def test_the_order_of_the_states_changes_nothing(have):
    made = square(edges=have)
    turned = made[::-1, ::-1]
    for name in ("reach", "exposure"):
        ties = "exercise" if name == "reach" else "interstate_conflict_ongoing"
        np.testing.assert_array_equal(
            index(name, ties={ties: made}).score[::-1], index(name, ties={ties: turned}).score
        )


def test_another_view_is_refused():
    from comity.assess.view import View

    with pytest.raises(BadRequest, match="look at a view of all states"):
        index_kind("state", "reach").of(View(None, ((STATES[0],),), YEAR))
