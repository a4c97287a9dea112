"""Where other lists begin to speak: the seams of an instrument, and the line through a chart at each."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, blocks_of, covered, engagement, register_rows, together
from comity.brief import Chart, Count, brief_json, compose, render_html, render_markdown, render_terminal
from comity.brief.blocks import Seam
from comity.brief.charts import NARROW, WIDE, chart_spec, draw_chart
from comity.panel.seams import seams
from completeness_samples import positive, store_of, whole

REGISTER = (covered(("exercise", "visit"), "positive_only", 1945, 2026),)
spans = st.tuples(st.integers(1990, 2010), st.integers(0, 15)).map(lambda span: (span[0], span[0] + span[1]))


def told(store, kind="exercise", **more):
    return [(seam.year, seam.why) for seam in seams(store, kind, **more)]


# Properties.


@given(st.dictionaries(st.sampled_from(("alpha", "beta", "gamma")), spans, min_size=1))
def test_a_seam_is_where_the_lists_that_speak_change(drawn):
    store = store_of({}, {name: positive(*span) for name, span in drawn.items()})
    found = {seam.year: seam for seam in seams(store, "exercise")}

    def speaking(year):
        return tuple(sorted(name for name, (first, last) in drawn.items() if first <= year <= last))

    for year in range(1991, 2025):
        inside = min(first for first, _ in drawn.values()) < year <= max(last for _, last in drawn.values())
        assert (year in found) == (inside and speaking(year) != speaking(year - 1))
        if year in found:
            assert (found[year].from_sources, found[year].to_sources) == (speaking(year - 1), speaking(year))
            assert found[year].why


# Known cases.


def test_a_seam_says_what_ends_and_what_is_left():
    coverage = {"register": positive(1945, 2026), "mme": whole(1980, 2010), "jme": positive(1974, 2010)}
    assert told(store_of({}, coverage)) == [
        (1974, "“Invented jme” begins"),
        (1980, "“Invented mme” begins"),
        (2011, "“Invented jme” and “Invented mme” end; the register from here"),
    ]
    last = "“Invented mme” ends; the register from here"
    assert told(store_of({}, coverage), sources=("mme", "register"))[-1] == (2011, last)
    assert told(store_of({}, {"mme": whole(1980, 1990), "jme": positive(1992, 2000)})) == [
        (1991, "“Invented mme” ends; nothing from here"),
        (1992, "“Invented jme” begins"),
    ]
    more = coverage | {"tally": positive(1990, 2000)}
    assert (2001, "“Invented tally” ends; 3 lists from here") in told(store_of({}, more))


def test_a_list_of_other_states_makes_no_seam():
    coverage = {"register": positive(1945, 2026), "tally": positive(2000, 2005, states=("USA",))}
    assert told(store_of({}, coverage), states=("FRA", "JPN")) == []
    assert [year for year, _ in told(store_of({}, coverage), states=("FRA", "USA"))] == [2000, 2006]


def test_a_kind_of_fact_that_is_no_instrument_has_seams_too():
    known = (covered(("incident",), "positive_only", 1993, 2000),)
    coverage = {"cow_mid": known, "register": (covered(("incident",), "positive_only", 1945, 2026),)}
    assert [year for year, _ in told(store_of({}, coverage), "incident")] == [1993, 2001]
    assert told(store_of({}, coverage), "exercise") == []


# Charts.

SEAMS = (Seam(2003, "Exercise: MME ends; register from here"), Seam(2008, "Visit: tally ends; nothing from here"))
CHART = Chart(
    title="By year",
    unit="engagements",
    years=(2000, 2010),
    categories=("exercise",),
    counts=tuple(Count(year, "exercise", 1 + year % 3) for year in range(2000, 2011)),
    complete=frozenset(range(2000, 2003)),
    description="Bars.",
    seams=SEAMS,
    cites=("register",),
    as_of="today",
)


def marks(spec, kind):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def lines_of(spec):
    """The year of each dashed line, with its row of data and the forms of the line and of its words."""
    [rule, word] = [layer for layer in spec["layer"] if any("label" in row for row in layer["data"]["values"])]
    assert rule["data"] == word["data"]
    assert rule["encoding"]["y"] == word["encoding"]["y"] == {"field": "y", "type": "quantitative", "scale": None}
    return {int(row["label"]): (row, rule["mark"], word["mark"]) for row in rule["data"]["values"]}


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_a_dashed_line_with_its_year_stands_before_the_first_year_of_other_sources(layout):
    spec = chart_spec(CHART, layout)
    drawn = lines_of(spec)
    assert sorted(drawn) == [2003, 2008]
    for year, (row, rule, word) in drawn.items():
        assert (rule["type"], word["type"]) == ("rule", "text")
        assert row["at"] == year - 0.5
        # Without color: the line is told from bars by its dashes and its ink.
        assert rule["strokeDash"]
        assert rule["color"] == word["color"]
        assert -spec["padding"]["top"] <= row["y"] < 0


@given(st.sets(st.integers(2001, 2010), min_size=1), st.sampled_from([WIDE, NARROW]), st.integers(2010, 2060))
def test_no_line_runs_through_the_year_of_another(years, layout, last):
    seams_at = tuple(Seam(year, "a list ends") for year in sorted(years))
    chart = replace(CHART, seams=seams_at, years=(2000, last))
    wide = layout.across / (last - 2000 + 1)
    high = {year: row["y"] for year, (row, *_) in lines_of(chart_spec(chart, layout)).items()}
    for year, other in itertools.product(high, high):
        if other < year and (year - other) * wide < 30:
            assert high[other] > high[year] + 11, "the line of the earlier begins below the words"


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_what_a_shade_and_a_line_mean_stands_above_the_bars(layout):
    def words(chart):
        found = [row for layer in marks(chart_spec(chart, layout), "text") for row in layer["data"]["values"]]
        return " ".join(row["text"] for row in found if "text" in row)

    assert "Shaded years: no list of exercises" in words(replace(CHART, complete_of=("exercise",)))
    assert "Dashed line: from this year on" in words(CHART)
    assert "Dashed" not in words(replace(CHART, seams=()))
    assert "Shaded" not in words(replace(CHART, complete=frozenset()))


def test_shaded_years_one_after_another_are_one_shade():
    shades = chart_spec(replace(CHART, complete=frozenset({2002, 2003})))["layer"][0]["data"]["values"]
    assert shades == [{"left": 1999.5, "right": 2001.5}, {"left": 2003.5, "right": 2010.5}]


def test_a_chart_without_a_seam_or_a_shade_is_as_high_as_ever():
    spec = chart_spec(replace(CHART, seams=(), complete=frozenset()))
    assert not marks(spec, "rule") + marks(spec, "text")
    assert spec["height"] + spec["padding"]["top"] + spec["padding"]["bottom"] == WIDE.height


def test_the_years_of_the_lines_are_drawn():
    drawn = draw_chart(CHART)
    assert all(f">{seam.year}<" in drawn for seam in SEAMS)
    assert "stroke-dasharray" in drawn


@pytest.fixture(scope="module")
def brief():
    """A pair of which one source that ends with 2014 and then the register list exercises."""
    tally = [
        engagement(f"tally {year}", date(year, 5, 5), ("ISL", "IRL"), source="tally") for year in range(2005, 2015)
    ]
    store = MemoryStore(
        together(register_rows(), *tally),
        {"tally": (covered(("exercise",), "complete", 2001, 2014),), "register": REGISTER},
    )
    return compose(store, ("ISL", "IRL"), today=TODAY)


def test_the_chart_of_a_brief_breaks_where_its_counted_source_ends(brief):
    (chart, *_) = blocks_of(brief, Chart)
    assert chart.seams == (Seam(2015, "Exercise: “Invented tally” ends; the register from here"),)
    assert "“Invented tally” ends; the register from here (2015)" in chart.description


def test_every_form_of_a_brief_shows_the_seam(brief):
    label = "Exercise: “Invented tally” ends; the register from here"
    assert label in render_html(brief)
    lines = render_terminal(brief).splitlines()
    (place,) = [number for number, line in enumerate(lines) if label in line and "┄" in line]
    assert lines[place - 1].split()[0] == "2014"
    assert lines[place + 1].split()[0] == "2015–2017", "years without an act share a line, which begins at the seam"
    rows = render_markdown(brief).splitlines()
    (place,) = [number for number, row in enumerate(rows) if row.startswith(f"| ┄ | {label} |")]
    assert rows[place].count("|") == rows[place + 1].count("|")
    assert rows[place + 1].startswith("| 2015 |")
    charts = [block for part in brief_json(brief)["sections"] for block in part["blocks"] if block["kind"] == "chart"]
    assert charts[0]["seams"] == [{"year": 2015, "label": label}]


def test_a_source_whose_counts_are_never_the_fullest_makes_no_seam():
    tally = [engagement(f"t {year}", date(year, 5, 5), ("ISL", "IRL"), source="tally") for year in range(2005, 2015)]
    twice = [engagement(f"r {n}", date(2005 + n // 2, 6, 6), ("ISL", "IRL")) for n in range(40)]
    coverage = {"tally": (covered(("exercise",), "positive_only", 2001, 2014),), "register": REGISTER}
    (chart, *_) = blocks_of(compose(MemoryStore(together(register_rows(), *tally, *twice), coverage), ("ISL", "IRL"),
                                    today=TODAY), Chart)  # fmt: skip
    assert chart.seams == ()


def test_a_brief_says_how_much_the_lists_know_where_their_overlap_tells(brief):
    assert "By the overlap" not in render_markdown(brief)
    both = [
        engagement(f"{source} {year}", date(year, 5, 5), ("ISL", "IRL"), source=source)
        for source in ("tally", "register")
        for year in range(2005, 2013)
    ]
    coverage = {"tally": (covered(("exercise",), "complete", 2005, 2012),), "register": REGISTER}
    made = compose(MemoryStore(together(register_rows(), *both), coverage), ("ISL", "IRL"), today=TODAY)
    assert (
        "By the overlap of lists made apart, the sources know an estimated 100% (68 to 100%) of the pairs with one of "
        "these states that exercised together in a year of 2005–2012." in render_markdown(made)
    )
