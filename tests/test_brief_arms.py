"""Arms and assistance in briefs: who delivered what and when, what was given in dollars, and what no list tells."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from brief_samples import (
    REGISTER_COVERAGE,
    TODAY,
    MemoryStore,
    blocks_of,
    covered,
    register_rows,
    together,
)
from comity.brief import Note, Table, compose, render_terminal
from comity.brief.explaining import explain_text
from comity.record import SOURCE as REGISTER

ARMS, AID = "arms-list", "aid-list"
COVERAGE = {
    REGISTER: REGISTER_COVERAGE,
    ARMS: (covered(("arms_transfer",), "complete", 1950, 2024),),
    AID: (covered(("assistance",), "positive_only", 1946, 2025),),
}


def delivery(supplier, recipient, year, tiv, category="patrol ship", **more):
    row = {"delivery": f"{supplier}/{recipient}/{year}/{category}", "source": ARMS, "weapon": "X", "category": category}
    row |= {"from_kind": "state", "from_party": supplier, "from_state": supplier, "delivered_tiv": tiv}
    row |= {"to_kind": "state", "to_party": recipient, "to_state": recipient, "delivery_year": year}
    return row | more


def given(recipient, year, dollars, fact="assistance_obligations_usd"):
    row = {"fact": fact, "from_state": "USA", "to_state": recipient, "year": year, "item": ""}
    return row | {"value": float(dollars), "source": AID}


DELIVERED = [
    delivery("NZL", "ISL", 2020, 40.5),
    delivery("NZL", "ISL", 2024, 10.0, "radar"),
    delivery("NZL", "ISL", 2010, 7.0),
    delivery("IRL", "ISL", 2016, 3.25),
    delivery("ISL", "MLT", 2019, 5.0),
    delivery("NZL", "MLT", 2021, 80.0, to_kind="state"),
]
GIVEN = [
    *(given("ISL", year, 1_000_000 * (year - 2000)) for year in range(2014, 2026)),
    given("ISL", 2024, 9e12, "assistance_disbursements_usd"),
]


def store_with(deliveries=tuple(DELIVERED), gifts=tuple(GIVEN), published=None):
    rows = together(register_rows(), {"arms_delivery": list(deliveries), "dyad_year_fact": list(gifts)})
    store = MemoryStore(rows, COVERAGE)
    if published:
        store._abouts[AID] = structs.replace(store._abouts[AID], published=published)
    return store


def section(brief):
    return next(each for each in brief.sections if each.title == "Arms and assistance")


def table(brief, title):
    return next(block for block in section(brief).blocks if isinstance(block, Table) and block.title.startswith(title))


def cells(found):
    return [tuple(getattr(cell, "codes", cell) for cell in row.cells) for row in found.rows]


def test_a_state_is_told_from_whom_and_to_whom_arms_went_in_two_spans():
    found = table(compose(store_with(), ("ISL",), today=TODAY), "Major arms")
    assert "to 2024, the last year told" in found.title
    assert [column.title for column in found.columns[2:4]] == ["2015–2024", "2005–2014"]
    assert cells(found) == [
        ("NZL", "ISL", 50, 7.0, "2020–2024", "patrol ship and radar"),
        ("IRL", "ISL", 3.2, None, "2016", "patrol ship"),
        ("ISL", "MLT", 5.0, None, "2019", "patrol ship"),
    ]
    assert [row.group for row in found.rows] == ["Delivered to Iceland", "Delivered to Iceland", "Delivered by Iceland"]


def test_a_pair_is_told_of_itself_first_and_then_of_other_suppliers():
    found = table(compose(store_with(), ("ISL", "IRL"), today=TODAY), "Major arms")
    assert [row.group for row in found.rows] == ["Between the two", "To Iceland from others"]
    assert cells(found)[0][:3] == ("IRL", "ISL", 3.2)


def test_a_region_is_told_of_what_its_states_received():
    found = table(compose(store_with(), ("amber-sea",), today=TODAY), "Major arms")
    assert [row[:2] for row in cells(found)] == [("NZL", "MLT"), ("NZL", "ISL"), ("ISL", "MLT"), ("IRL", "ISL")]


def test_no_delivery_is_absence_of_a_list_entry_told_with_the_list_and_its_years():
    brief = compose(store_with(deliveries=DELIVERED[-1:]), ("ISL", "IRL"), today=TODAY)
    note = next(block for block in section(brief).blocks if isinstance(block, Note))
    assert note.text.startswith("Invented arms-list lists no delivery of major arms between the two in 2005–2024.")
    assert note.basis.bears(note.text)


def test_spans_reach_no_further_back_than_the_lists():
    early = [delivery("IRL", "ISL", 1955, 4.0), delivery("IRL", "ISL", 1951, 2.0)]
    found = table(compose(store_with(early, [given("ISL", 1947, 5e6)]), ("ISL",), 1956, today=TODAY), "Major arms")
    assert [column.title for column in found.columns[2:4]] == ["1950–1956", "Years"]
    assert cells(found)[0][2:4] == (6.0, "1951–1955")
    aid = table(compose(store_with(early, [given("ISL", 1947, 5e6)]), ("ISL",), 1948, today=TODAY), "Assistance")
    assert [column.title for column in aid.columns[2:]] == ["1946", "1947", "1948", "1946–1948"]


def test_where_no_list_is_loaded_it_is_said_to_be_unknown():
    brief = compose(store_with(deliveries=()), ("ISL", "IRL"), today=TODAY)
    assert "Whether there were any is unknown" in section(brief).blocks[0].text


def test_assistance_is_told_by_year_and_a_year_not_over_when_published_as_a_part():
    whole = table(compose(store_with(), ("ISL",), today=TODAY), "Assistance")
    assert [column.title for column in whole.columns[2:]] == ["2023", "2024", "2025", "2016–2025"]
    assert cells(whole) == [("USA", "ISL", 23, 24, 25, sum(range(16, 26)))]
    part = table(compose(store_with(published=date(2025, 3, 31)), ("ISL",), today=TODAY), "Assistance")
    assert [column.title for column in part.columns[2:]] == ["2022", "2023", "2024", "2025, part", "2015–2024"]
    assert cells(part) == [("USA", "ISL", 22, 23, 24, 25, sum(range(15, 25)))]
    assert "Of 2025 the list" in part.note
    assert "What was taken back is subtracted" in part.note
    assert "1976." not in part.note  # the quarter between two kinds of fiscal years lies in another span
    assert not [each for each in section(compose(store_with(), ("IRL", "MLT"), today=TODAY)).blocks
                if each.title.startswith("Assistance")]  # fmt: skip


@pytest.mark.parametrize("words", [("ISL",), ("ISL", "IRL"), ("amber-sea",)])
def test_every_number_is_borne_and_explained(words):
    brief = compose(store_with(), words, today=TODAY)
    for block in section(brief).blocks:
        for row in block.rows:
            text = " ".join(str(cell) for cell in row.cells if isinstance(cell, str | int | float))
            assert block.basis.bears(f"{text} {block.title} {block.note}")
        assert "arms-list" in explain_text(brief, brief.number_of(block)) or block.title.startswith("Assistance")


def test_the_table_of_ties_tells_the_volume_of_arms_and_names_listed_acts_for_what_they_are():
    brief = compose(store_with(), ("ISL",), today=TODAY)
    ties = next(block for block in blocks_of(brief, Table) if block.title == "The pairs with most ties")
    heads = [column.title for column in ties.columns]
    assert "Arms, aid" not in heads
    rows = {row.cells[0].codes: row.cells[heads.index("Arms")] for row in ties.rows}
    assert rows["ISL–NZL"] == 50
    assert rows["IRL–ISL"] is None, "it was delivered before the window"
    assert "million TIV" in ties.note
    assert "Arms" not in [column.title for column in next(
        block for block in blocks_of(compose(store_with(deliveries=()), ("ISL",), today=TODAY), Table)
        if block.title == "The pairs with most ties").columns]  # fmt: skip


def seen(day, value, fact="taiwan_mnd_sortie_count", **more):
    row = {"fact": fact, "party_kind": "state", "party": "NZL", "toward_state": "ISL", "date": day, "value": value}
    return row | {"source": "watch"} | more


def activity(rows, words):
    held = together(register_rows(), {"activity_day": rows})
    brief = compose(MemoryStore(held, {REGISTER: REGISTER_COVERAGE}), words, today=TODAY)
    return [block for block in blocks_of(brief, Table) if block.title.startswith("Activity reported")], brief


def test_activity_is_told_by_year_with_the_days_it_is_told_of():
    rows = [seen(date(2024, 1, day), float(day)) for day in (1, 2, 6)] + [seen(date(2025, 3, 1), 0.0)]
    rows.append(seen(date(2025, 4, 1), 9.0, "leader_public_mention_count"))
    for words in (("ISL",), ("ISL", "NZL")):
        (found,), brief = activity(rows, words)
        assert [row.cells[1:] for row in found.rows] == [("2025", 1, 0, 0.0, 0), ("2024", 3, 9, 3.0, 6)]
        assert found.rows[0].group.startswith("New Zealand toward Iceland, told by the Ministry")
        assert "to 1 Mar 2025" in found.title
        assert "Sortie count" in render_terminal(brief)
    assert activity(rows, ("IRL",))[0] == []
    assert activity([], ("ISL",))[0] == []
