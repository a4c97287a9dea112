"""Expected engagement in a world of its own: seams are no silences, nothing looks ahead, places and pairs are found."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

from comity.assess import expected as expected_module
from comity.assess import expected_rows
from comity.assess.expected import expected
from comity.assess.expected_fit import usual
from comity.assess.expected_law import Law
from comity.assess.expected_rows import GRAVITY, INSTRUMENTS, Observed, observed, spans_of
from comity.assess.expected_silence import silences_of
from comity.errors import BadRequest, OutsideCoverage, UnknownWord
from comity.panel.occasions import Lists, Reach
from study_samples import CODES, Invented

NAMES = tuple(GRAVITY)
EXERCISE = INSTRUMENTS["exercise"]

# Silences.


def quiet(amounts, stretch=None, first=2001):
    """One pair that did these amounts, beside one that always does four."""
    count = len(amounts)
    amount = np.array([*amounts, *[4.0] * count], dtype=float)
    kinds = np.array([*(stretch or [0] * count), *[0] * count])
    year = np.tile(np.arange(first, first + count), 2)
    a, b = np.repeat([0, 1], count), np.full(2 * count, 2)
    flags = np.zeros(2 * count, dtype=bool)
    nothing = np.zeros((2 * count, len(NAMES))), np.zeros(2 * count)
    codes = ("AAA", "BBB", "CCC")
    return Observed(EXERCISE, codes, a, b, year, amount, *nothing, ~flags, flags, kinds, (), 0, {}, 0)


def silences(rows, until):
    own = usual(rows, np.full(len(rows.year), 2.0), 1.0)
    return silences_of(rows, own, Law(0.1, 1.0), np.ones(len(rows.year), dtype=bool), until)


def test_a_pair_that_stops_fell_silent_in_its_first_year_without():
    [found] = silences(quiet([3, 4, 3, 4, 3, 0, 0, 0]), 2008)
    assert (found.state_a, found.state_b, found.since, found.until) == ("AAA", "CCC", 2006, 2008)
    assert (found.before, found.before_years) == (pytest.approx(3.4), 5)
    assert found.sentence().startswith(
        "AAA and CCC fell silent in 2006: no exercises through 2008, after 3.4 exercises a year in 2001-2005; chance"
    )
    assert silences(quiet([3, 4, 3, 4, 3, 0, 0, 0]), 2006)[0].chance > found.chance
    json.dumps(found.to_dict())


@pytest.mark.parametrize(
    ("amounts", "stretch", "until"),
    [
        ([3, 4, 3, 4, 3, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 1], 2008),  # other lists speak since the silence began
        ([3, 4, 3, 4, 3, 3, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1], 2008),  # and in the middle of it
        ([3, 4, 3, 4, 3, 0, 0, 1], None, 2008),  # it is over
        ([0, 0, 0, 0, 0, 0, 0, 0], None, 2008),  # there never was anything
        ([3, 4, 3, 4, 3, 0, 0, 0], None, 2005),  # it has not begun
        ([3, 4, 3, 4, 3, 0, 0, 0], None, 2012),  # nothing is known of that year
    ],
)
def test_what_is_no_silence(amounts, stretch, until):
    assert silences(quiet(amounts, stretch), until) == ()


def test_a_year_that_nobody_tells_of_breaks_a_silence_off():
    rows = quiet([3, 4, 3, 4, 3, 0, 0, 0])
    assert silences(rows.among((rows.year != 2006) | (rows.state_a == 1)), 2008) == ()


# From a store to sentences.


def known_shares(store, instrument, years):
    """Half of what Brazil does is listed, and of others nobody knows."""
    cells = [(code, year) for code in CODES[:4] for year in range(years[0], years[1] + 1)]
    shares = [0.5 if code == "BRA" else None for code, _ in cells]
    states, when = zip(*cells, strict=True)
    return pa.table({"state": states, "year": when, "completeness": pa.array(shares, pa.float64())})


@pytest.fixture
def world(monkeypatch):
    """Matrices in place of panels; exercises are listed whole to 2004 and of Kenya's pairs alone after."""

    def set_up(held=None, since=None, listed_from=2005):
        base = Invented((1985, 2014))
        amount = np.floor(3 * base.of("amount") / 11)
        amount[:, base.years >= listed_from] = np.nan
        held = {"exercise_count": amount, "ideal_point_distance": base.of("ideal_point_distance")} | (held or {})

        class World(Invented):
            def of(self, name):
                if name in self.held:
                    return self.held[name][:, self.years - 1985].copy()
                return super().of(name)

        monkeypatch.setattr(expected_rows, "pair_years", lambda store, years: World(years, since=since, held=held))
        whole = Reach("whole", frozenset(range(1980, listed_from)), frozenset(), frozenset(), frozenset())
        kenya = Reach("kenya", frozenset(range(2005, 2013)), frozenset(), frozenset({"KEN"}), frozenset())
        nothing = [np.zeros(0, dtype=np.int64)] * 4
        monkeypatch.setattr(expected_rows, "lists_of", lambda *_: Lists("exercise", (whole, kenya), (), *nothing))
        monkeypatch.setattr(expected_rows, "_breaks", lambda store, kind, state: [listed_from])
        monkeypatch.setattr(expected_rows, "completeness", known_shares)
        return Asked()

    class Asked:
        def ask(self, sql):
            return pa.table({"region": ["andes"], "states": [["CHL", "ECU", "PER"]]})

        def coverage(self, kind):
            return []

    monkeypatch.setitem(expected_rows.GRAVITY, "log shared organizations", lambda pairs: pairs.of("organizations"))
    return set_up


@pytest.mark.parametrize("change", [1998, 2001])
def test_no_term_of_a_year_knows_that_year_or_later(world, change):
    one = observed(world(), EXERCISE, (1996, 2002))
    two = observed(world(since=change), EXERCISE, (1996, 2002))
    early = one.year <= change
    assert (one.year[early].max(), len(one.year)) == (change, len(two.year))
    assert np.array_equal(one.x[early], two.x[early])
    assert not np.array_equal(one.x[~early], two.x[~early])


def test_what_comes_after_the_last_year_moves_nothing(world):
    one = expected(world(), "exercise", (1996, 2000))
    two = expected(world(since=2001), "exercise", (1996, 2000))
    assert one.of(("USA", "KEN")) == two.of(("KEN", "USA"))
    assert one.gravity.coefficients() == two.gravity.coefficients()


def test_pairs_that_a_list_follows_are_listed_and_others_unknown(world):
    rows = observed(world(), EXERCISE, (1996, 2014))
    late = rows.year >= 2005
    kenya = CODES.index("KEN")
    assert ((rows.state_a[late] == kenya) | (rows.state_b[late] == kenya)).all()
    assert rows.is_listed[late].all()
    assert not rows.is_listed[~late].any()
    assert rows.year.max() == 2012
    pairs = len(CODES) * (len(CODES) - 1) // 2
    assert rows.unknown == 19 * pairs - len(rows.year)
    assert set(rows.stretch[late]).isdisjoint(rows.stretch[~late])
    assert (
        spans_of(rows.year, rows.amount, rows.breaks)[late].min()
        > spans_of(rows.year, rows.amount, (2005,))[~late].max()
    )


def test_a_pair_is_expected_less_of_where_lists_know_less(world):
    rows = observed(world(), EXERCISE, (1996, 2004))
    brazil = (rows.state_a == CODES.index("BRA")) | (rows.state_b == CODES.index("BRA"))
    assert np.allclose(rows.log_share[brazil], np.log(0.5))
    assert not rows.log_share[~brazil].any()
    assert np.array_equal(rows.has_share, brazil)


def test_the_share_of_later_years_is_the_last_that_was_known(world):
    rows = observed(world(), EXERCISE, (1996, 2004), 2000)
    assert np.array_equal(rows.log_share, observed(world(), EXERCISE, (1996, 2004)).log_share)


def test_unknown_terms_are_left_out_and_counted(world):
    gap = Invented((1985, 2014)).of("ideal_point_distance")
    gap[3] = np.nan
    rows = observed(world({"ideal_point_distance": gap}), EXERCISE, (1996, 2004))
    assert rows.left_out == {"ideal-point distance": 9}
    assert rows.incomplete == 9


def test_borders_are_carried_forward_for_ten_years_and_no_longer(world):
    old = Invented((1985, 2014)).of("ideal_point_distance")
    old[:, 6:] = np.nan  # known to 1990
    rows = observed(world({"ideal_point_distance": old}), EXERCISE, (1996, 2004))
    assert rows.year.max() == 2000


def test_places_and_pairs(world):
    found = expected(world(), "exercise", (1996, 2004))
    andes = {"CHL", "ECU", "PER"}
    assert all({each.state_a, each.state_b} <= andes for each in found.surprises("andes"))
    assert all("USA" in (each.state_a, each.state_b) for each in found.surprises("USA", 20))
    chances = [each.chance for each in found.surprises(n=20)]
    assert chances == sorted(chances)
    assert len(chances) == 20
    [one] = [each for each in found.of(("USA", "FRA")) if each.year == 2000]
    assert one.low <= one.expected <= one.high or one.high == 0
    assert one.sentence().startswith("FRA and USA, 2000: ")
    json.dumps(found.to_dict("andes", 3))
    with pytest.raises(UnknownWord, match="no state of these years and no region; regions are andes"):
        found.surprises("atlantis")
    with pytest.raises(BadRequest, match="ZZZ was no member"):
        found.of(("ZZZ", "USA"))


def test_what_cannot_be_expected_is_refused(world):
    with pytest.raises(UnknownWord, match="dialogue"):
        expected(None, "dialogue", (1996, 2004))
    with pytest.raises(BadRequest, match="end before they begin"):
        expected(None, "exercise", (2004, 1996))
    listed = world(listed_from=1980)
    with pytest.raises(OutsideCoverage, match="where none took place"):
        expected(listed, "exercise", (1990, 2000))
    assert expected_module.unseen("exercise", 0, 1) is None


def test_spans_have_enough_and_never_reach_over_a_break():
    year = np.repeat(np.arange(2000, 2010), 10)
    amount = np.where(year < 2003, 1.0, (np.arange(100) % 10 < 4).astype(float))
    spans = spans_of(year, amount, (2005,))
    assert (np.diff(spans) >= 0).all()
    assert set(spans[year < 2005]).isdisjoint(spans[year >= 2005])
    assert spans[year == 2000][0] == spans[year == 2002][0] != spans[year == 2005][0]
    for span in set(spans[year < 2005]):
        assert (amount[spans == span] > 0).sum() >= 30
