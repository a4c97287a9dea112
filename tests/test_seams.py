"""Where other lists begin to speak: the seams of an instrument, and the line through a chart at each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, blocks_of, covered, engagement, register_rows, together
from comity.brief import Chart, Count, brief_json, compose, render_html, render_markdown, render_terminal
from comity.brief.blocks import Seam
from comity.brief.charts import HEIGHT, chart_spec, draw_chart
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
        (1974, "jme begins"),
        (1980, "mme begins"),
        (2011, "jme and mme end; register from here"),
    ]
    assert told(store_of({}, coverage), sources=("mme", "register"))[-1] == (2011, "mme ends; register from here")
    assert told(store_of({}, {"mme": whole(1980, 1990), "jme": positive(1992, 2000)})) == [
        (1991, "mme ends; nothing from here"),
        (1992, "jme begins"),
    ]
    more = coverage | {"tally": positive(1990, 2000)}
    assert (2001, "tally ends; 3 lists from here") in told(store_of({}, more))


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


def test_a_dashed_line_with_its_words_stands_before_the_first_year_of_other_sources():
    spec = chart_spec(CHART)
    rules, words = marks(spec, "rule"), marks(spec, "text")
    assert sorted(rule["data"]["values"][0]["at"] for rule in rules) == [2002.5, 2007.5]
    assert sorted(word["data"]["values"][0]["label"] for word in words) == sorted(seam.label for seam in SEAMS)
    assert all(rule["mark"]["strokeDash"] for rule in rules)
    # Without color: the line is told from bars by its dashes and its ink.
    assert {rule["mark"]["color"] for rule in rules} == {word["mark"]["color"] for word in words}
    heights = [rule["encoding"]["y"]["value"] for rule in rules]
    assert len(set(heights)) == len(heights)
    assert all(-spec["padding"]["top"] <= height < 0 for height in heights)
    drawn = draw_chart(CHART)
    assert all(seam.label in drawn for seam in SEAMS)
    assert "stroke-dasharray" in drawn


def test_no_line_runs_through_the_words_of_another():
    # A late seam has its words to the left of its line and above the early one's, whose line begins below them.
    layers = chart_spec(CHART)["layer"]
    at = {layer["data"]["values"][0]["at"]: layer for layer in layers if layer["mark"]["type"] == "text"}
    assert (at[2002.5]["mark"]["align"], at[2007.5]["mark"]["align"]) == ("left", "right")
    assert at[2007.5]["encoding"]["y"]["value"] < at[2002.5]["encoding"]["y"]["value"]


def test_a_chart_without_a_seam_is_as_high_as_ever():
    spec = chart_spec(replace(CHART, seams=()))
    assert not marks(spec, "rule") + marks(spec, "text")
    assert spec["height"] + spec["padding"]["top"] + spec["padding"]["bottom"] == HEIGHT


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
    assert chart.seams == (Seam(2015, "Exercise: tally ends; register from here"),)
    assert "tally ends; register from here (2015)" in chart.description


def test_every_form_of_a_brief_shows_the_seam(brief):
    label = "Exercise: tally ends; register from here"
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
