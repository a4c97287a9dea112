"""What briefs say of what may come: chances kept ahead, duties of a year, series that come round, network position."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, blocks_of, engagement, together
from brief_subject_samples import write_subjects
from comity.brief import Note, Table, compose, expected_judgement
from comity.brief.composing import compose_asked
from comity.brief.facts import Fact
from comity.brief.finding import Asked, read_subject
from comity.brief.outlook_kept import prepare_outlook, watch_lists
from comity.brief.positions_kept import LAYERS, SPAN, place_of, positions
from comity.brief.recurring import YEAR, often_text, recurring, regular_gap
from comity.cbm import yearly_duties
from comity.errors import OutsideCoverage
from comity.forecast.explain import Driver
from comity.forecast.watch import Basis, Pair, Tried, Watch
from comity.network import network
from comity.store import open_store

DAYS = st.lists(st.dates(date(1990, 1, 1), date(2026, 1, 1)), min_size=2, max_size=8, unique=True).map(sorted)
REGISTER_DAY = date(2026, 11, 22)
NEXT = 2027  # the year after the last day that the invented store knows


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_subjects(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


def pair_of(one, other, chance, **more):
    reasons = (Driver("since_met", "history", 0.0, 0.8, 0.4),)
    usual = {"low": chance / 2, "high": chance * 2, "before": chance, "is_ongoing": False, "is_quiet": True}
    return Pair(state_a=one, state_b=other, chance=chance, **(usual | more), groups=reasons, drivers=reasons * 5)


def watch_of(product="now", year=NEXT, pairs=(("IRL", "ISL", 0.04), ("ISL", "NZL", 0.002))):
    return Watch(
        product=product,
        target="mid",
        means="a dispute",
        source="register",
        list_name="invented",
        year=year,
        made_on=date(NEXT - 1, 1, 1),
        is_relevant=True,
        known_to=2020,
        ends=2020,
        late=2,
        unplaced=0,
        pairs=tuple(pair_of(*pair) for pair in pairs),
        tried=(Tried(2018, 30, (1, 25), 1.5),),
        scores={},
        basis=Basis((1946, 2020), 1000, 20, {"register": 2020}, {}, "f", {}, "s", "2026-11-22", 0, 8),
    )


def prepared(monkeypatch, store, shelf, lists):
    """Keep lists as `comity brief --prepare` does; a product without one is a list that is not loaded."""

    def made(product):
        def make(*_):
            if product not in lists:
                raise OutsideCoverage("no loaded source lists it")
            return type("Kept", (), {"watch": lists[product]})

        return make

    monkeypatch.setattr("comity.forecast.now.now_list", made("now"))
    monkeypatch.setattr("comity.forecast.watch_asking.watch_list", made("list"))
    said = []
    prepare_outlook(read_subject(store, ("world",), asked(shelf)), said.append)
    return said


def asked(shelf, year=None):
    return Asked(year, None, TODAY, shelf)


def section(brief, title):
    return next((part.blocks for part in brief.sections if part.title == title), ())


@given(DAYS)
def test_a_series_is_next_a_number_of_usual_gaps_after_its_last_edition(days):
    on = days[-1] + timedelta(days=700)
    facts = [
        Fact("engagement", "register", str(day), {"series": "one", "start_date": day, "instrument": "exercise"})
        for day in days
    ]
    found = recurring(facts, on)
    usual = regular_gap(days)
    assert len(found) == (usual is not None)
    if not found:
        return
    after = found[0].next_after(on)
    gap = usual * YEAR
    if gap == 0:
        assert (after, often_text(0)) == (None, "several a year")
        return
    assert on.replace(day=1) <= after <= on + timedelta(days=gap + 1)
    passed = (after - days[-1]).days / gap
    assert abs(passed - round(passed)) * gap < 1


@given(DAYS)
def test_a_series_that_fell_silent_three_years_ago_is_not_taken_to_go_on(days):
    facts = [
        Fact("engagement", "register", str(day), {"series": "one", "start_date": day, "instrument": "exercise"})
        for day in days
    ]
    assert recurring(facts, days[-1] + timedelta(days=1100)) == []
    assert recurring(facts[:1], days[0]) == []


def held_on(series, *days, instrument="exercise", parties=("IRL", "ISL")):
    return [engagement(f"{series} {day}", day, parties, series=series, instrument=instrument) for day in days]


def test_the_gap_is_that_of_the_series_and_only_what_is_held_at_gaps_is_looked_for():
    biennial = [date(year, 7, 1) for year in range(2012, 2026, 2)]
    rows = together(
        *held_on("pitch", *biennial[::2]),
        *held_on("pitch", *biennial[1::2], parties=("ISL", "NZL")),
        *held_on("patrols", *(date(2025, month, 1) for month in (1, 3, 6, 8)), instrument="operation"),
        *held_on("sails", *(date(2024, month, 1) for month in range(1, 12))),
        *held_on("relief", date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1), instrument="assistance"),
        *held_on("calls", date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1), instrument="port_call"),
        *held_on("visits", date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1), instrument="visit"),
        *held_on("rotations", date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1), instrument="operation"),
    )
    brief = compose(MemoryStore(rows), ("IRL",), 2025, today=TODAY)
    (table,) = [block for block in blocks_of(brief, Table) if block.title.startswith("What would come round")]
    assert {row.cells[0]: row.cells[2:4] + row.cells[5:] for row in table.rows} == {
        "rotations": (3, "every year", "none", "Apr 2026"),
        "pitch": (7, "every 2 years as listed", "none", "Jul 2026"),
        "sails": (11, "several a year", None, None),
    }


def seen(observed, year=2023):
    row = {"instrument": "visit", "year": year, "observed": observed, "expected": 3.0, "low": 1, "high": 6}
    return row | {"state_a": "IRL", "state_b": "ISL", "chance": 0.01}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (seen(9), "9 were seen where 3.0 would be expected of such a pair (1 to 6): more than such pairs do."),
        (seen(0), "0 were seen where 3.0 would be expected of such a pair (1 to 6): less than such pairs do."),
        (seen(1), None),
        (seen(4), None),
        (seen(9, 2010), None),
    ],
)
def test_what_is_as_expected_or_long_past_is_no_judgement(monkeypatch, sample, row, text):
    held = {"latest": row["year"], "pairs": [row], "silences": []}
    monkeypatch.setattr(expected_judgement, "comparisons", lambda _, word: held if word == "visit" else None)
    subject = read_subject(sample, ("ISL", "IRL"), asked(None))
    found = expected_judgement.expected_sentence(subject)
    assert (found and found.text) == (text and f"Of visits in 2023, {text}")
    assert found is None or found.basis.bears(found.text)


@given(st.dictionaries(st.text("ABC", min_size=1, max_size=3), st.integers(0, 9), min_size=1))
def test_a_place_is_one_more_than_those_ahead(held):
    ordered = sorted(held.values(), reverse=True)
    assert {place_of(held, code) - 1 for code in held} == {ordered.index(value) for value in held.values()}


def test_the_outlook_of_a_pair_says_chance_place_and_how_earlier_lists_did(monkeypatch, sample, tmp_path):
    prepared(monkeypatch, sample, tmp_path, {"now": watch_of()})
    (table,) = section(compose_asked(sample, ("ISL", "IRL"), asked(tmp_path)), "Outlook")
    assert table.rows[0].cells == (
        *(str(NEXT), "A new militarized dispute", "1 in 25", "4.0 %", "2.0–8.0 %", "1 of 2", "as before"),
    )
    assert "2 came in all, so 1 were missed" in table.note
    assert table.basis.bears(table.note)
    assert all(table.basis.bears(str(cell)) for cell in table.rows[0].cells)


def test_the_outlook_of_a_state_puts_its_pairs_together(monkeypatch, sample, tmp_path):
    prepared(monkeypatch, sample, tmp_path, {"now": watch_of()})
    (table,) = section(compose_asked(sample, ("ISL",), asked(tmp_path)), "Outlook")
    assert [row.cells[0] for row in table.rows] == ["Ireland – Iceland", "Iceland – New Zealand"]
    assert "Any of its 2 pairs, were they independent: 4.2 %." in table.note
    assert table.basis.bears(table.note)


def test_a_pair_that_is_on_no_list_has_no_chance(monkeypatch, sample, tmp_path):
    prepared(monkeypatch, sample, tmp_path, {"now": watch_of()})
    (note,) = section(compose_asked(sample, ("IRL", "NZL"), asked(tmp_path)), "Outlook")
    assert isinstance(note, Note)
    assert "not among the 2 politically relevant pairs" in note.text


def test_a_list_is_not_shown_in_a_brief_of_an_earlier_day(monkeypatch, sample, tmp_path):
    prepared(monkeypatch, sample, tmp_path, {"now": watch_of(), "list": watch_of("list", NEXT - 1)})
    now = read_subject(sample, ("ISL",), asked(tmp_path))
    assert [watch.product for watch in watch_lists(now)] == ["now", "list"]
    assert watch_lists(read_subject(sample, ("ISL",), asked(tmp_path, 2015))) == ()
    early = section(compose_asked(sample, ("ISL", "IRL"), asked(tmp_path, 2015)), "Outlook")
    assert all("1 in" not in block.text for block in early)


def test_a_list_that_cannot_be_made_is_said_and_none_is_kept(monkeypatch, sample, tmp_path):
    said = prepared(monkeypatch, sample, tmp_path, {})
    assert sum("no loaded source lists it" in line for line in said) == 2
    assert watch_lists(read_subject(sample, ("ISL",), asked(tmp_path))) == ()


def test_duties_ahead_are_those_of_the_calendar(register_store):
    brief = compose(register_store, ("POL",), today=REGISTER_DAY)
    table = section(brief, "Duties and dates ahead")[0]
    rules = [row.cells[-1] for row in table.rows]
    assert "vd11.i.aemi" in rules
    owed = {row.rule for year in (2026, 2027) for row in yearly_duties("POL", year) if not row.is_reading_aid}
    assert set(rules) <= owed
    assert all(table.basis.bears(str(cell)) for row in table.rows for cell in row.cells if cell)


def test_series_ahead_fall_within_a_year(register_store):
    brief = compose(register_store, ("USA", "PHL"), today=REGISTER_DAY)
    (table,) = [block for block in blocks_of(brief, Table) if block.title.startswith("What would come round")]
    names = [row.cells[0] for row in table.rows]
    assert "Balikatan" in names
    assert len(set(names)) == len(names)


def test_positions_are_those_of_the_network(register_store):
    subject = read_subject(register_store, ("PHL",), Asked(2024, None, REGISTER_DAY))
    told = positions(subject)
    made = network(register_store, (2024 - SPAN + 1, 2024), LAYERS)
    row = made.states.index("PHL")
    assert told["layers"]
    for name, layer in told["layers"].items():
        tied = made.layers[name].tied
        assert len(layer["partners"].get("PHL", ())) == int(tied[row].sum())
        assert sum(map(len, layer["partners"].values())) == 2 * layer["ties"] == int(tied.sum())
        assert all(len(held) <= layer["before"][code] for code, held in layer["untold"].items())
        assert not [code for code, held in layer["untold"].items() if set(held) & set(layer["partners"].get(code, ()))]


def pact(name, parties, known_until):
    words = {"agreement_kind": "alliance", "obligations": ["defense"], "start_date": date(2001, 5, 1)}
    made = agreement(name, parties, known_until=known_until, **words)
    return made | {"agreement_party": [row | {"obligations": ["defense"]} for row in made["agreement_party"]]}


def test_the_end_of_a_list_is_no_fall_and_gives_no_place():
    """A pact last checked in 2018 is not gone after it, and of a layer of which less than half is told nobody has a
    place."""
    old = [pact(f"old {one}", (one, "ISL"), date(2018, 12, 31)) for one in ("IRL", "MLT")]
    store = MemoryStore(together(*old, pact("new", ("NZL", "ISL"), date(2025, 12, 31))))
    (table,) = section(compose(store, ("ISL",), 2024, today=TODAY), "Network position")
    (row,) = table.rows
    told = dict(zip((column.title for column in table.columns), row.cells, strict=True))
    assert (told["Partners"], told["2015–2019"], told["Not listed since"]) == (1, 3, 2)
    assert told["Place"] is told["Between"] is told["Bound"] is told["Bloc"] is None
    assert all(table.basis.bears(str(cell)) for cell in row.cells if cell is not None)
    (pair,) = section(compose(store, ("ISL", "MLT"), 2024, today=TODAY), "Network position")
    assert pair.rows[0].cells[-1] == "tied in 2015–2019, not listed since"
    (pair,) = section(compose(store, ("ISL", "NZL"), 2024, today=TODAY), "Network position")
    assert pair.rows[0].cells[-1] == "tied"


def test_a_pair_shares_the_partners_of_both(register_store):
    brief = compose(register_store, ("USA", "PHL"), 2024, today=REGISTER_DAY)
    (table,) = section(brief, "Network position")
    layers = positions(read_subject(register_store, ("USA", "PHL"), Asked(2024, None, REGISTER_DAY)))["layers"]
    shared = {row.cells[0]: row.cells[5] for row in table.rows}
    partners = layers["exercise"]["partners"]
    assert shared["Exercises"] == len(set(partners["USA"]) & set(partners["PHL"]))
    assert all(table.basis.bears(str(cell)) for row in table.rows for cell in row.cells if cell is not None)


def test_no_position_is_told_before_there_are_lists(sample):
    assert positions(read_subject(sample, ("ISL",), Asked(1930, None, TODAY))) is None
    assert not [
        block for block in blocks_of(compose(sample, ("ISL",), 1930, today=TODAY), Table) if "Ties" in block.title
    ]
