"""Cases: what became of ties between two spans, how far a turning point is verified, and the points of critics."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, covered, engagement, incident, together
from comity.brief.criticism import points
from comity.brief.point_evidence import years_named
from comity.brief.sections.before_after import before_and_after
from comity.brief.sections.case_study import time_line
from comity.brief.sections.mapped import on_the_map
from comity.brief.subject import Subject
from comity.brief.told_ties import KINDS, LASTING, fate
from comity.record import SOURCE as REGISTER

CASE = {"case_study": "the-pacts", "name": "The pacts", "parties": ["ISL", "IRL", "NZL"], "verification": "secondary"}
CODES = st.sampled_from(("IRL", "NZL", "MLT", "PRT"))


def case_of(turning_points, summary, *rows, coverage=None):
    row = CASE | {"turning_points": list(turning_points), "summary": summary}
    lists = {REGISTER: (covered(("agreement", "exercise", "visit"), "positive_only", 1945, 2026),)} | (coverage or {})
    store = MemoryStore(together({"case_study": [row]}, *rows), lists)
    return Subject(
        store=store, kind="case", title="", states=("ISL",), partners=("IRL", "NZL"), as_of=TODAY, key="the-pacts"
    )


@given(st.dictionaries(CODES, st.booleans()), st.sampled_from(sorted(KINDS)), st.booleans())
def test_a_tie_is_gone_only_where_a_list_says_so(lost, layer, reached):
    told = fate(lost, layer, reached)
    assert sorted((*told.gone, *told.unlisted, *told.unknown)) == sorted(lost), "each is told once"
    assert all(lost[code] for code in told.gone)
    if not reached:
        assert not told.unlisted
        assert not told.is_known
        assert not told.gone or layer in LASTING
    if layer in LASTING:
        assert not told.unlisted, "what lasts is not over for not being listed again"


def test_a_list_that_ends_is_no_lost_tie():
    exercise = engagement("games", date(2008, 5, 5), ("ISL", "IRL"), source="tally")
    mine = [engagement("shield", date(2013, 5, 5), ("ISL", "NZL"))]
    tally = {"tally": (covered(("exercise",), "complete", 2001, 2010),)}
    subject = case_of(["2011: A turn"], "?", exercise, *mine, coverage=tally)
    (table,) = before_and_after(subject)
    row = next(row for row in table.rows if row.cells[0] == "Exercise")
    assert row.cells[1:] == (1, "≥ 1", 1, None, "+ NZL; not known: IRL")
    longer = {"tally": (covered(("exercise",), "complete", 2001, 2015),)}
    (table,) = before_and_after(case_of(["2011: A turn"], "?", exercise, *mine, coverage=longer))
    row = next(row for row in table.rows if row.cells[0] == "Exercise")
    assert row.cells[5] == "− IRL", "a complete list that reaches the later years says that there was none"


def piece(title, note, kind="secondary"):
    row = {"core_table": "case_study", "item": "the-pacts", "field": "turning_points", "evidence_kind": kind}
    row |= {"publisher": "P", "title": title, "url": f"https://example.org/{title}", "source": REGISTER, "note": note}
    return {"evidence": [row]}


def test_each_turning_point_is_as_good_as_its_own_evidence():
    pieces = (piece("a", "For 2010, as in the agreement of 2012."), piece("b", "For 2010 and 2015.", "primary"))
    subject = case_of(["2010: One", "2015: Two", "2018: Three"], "?", *pieces)
    (table,) = time_line(subject)
    assert [row.verification for row in table.rows] == ["primary", "primary", "unverified"]
    assert [len(row.refs) for row in table.rows] == [2, 1, 1]
    (bare,) = time_line(case_of(["2010: One"], "?", piece("a", None)))
    assert [row.verification for row in bare.rows] == ["secondary"], "where no note names a year the record speaks"


@given(st.lists(st.integers(1800, 2100), min_size=1, max_size=4, unique=True))
def test_the_years_of_a_note_are_those_it_begins_with(years):
    assert years_named(f"For {', '.join(map(str, years))}, as in the text of 1999. Copied in 2001.") == tuple(years)


@pytest.mark.parametrize(
    ("summary", "worries"),
    [
        ("What is open to view, and what of debt or sovereignty?", ["Transparency", "Debt", "Sovereignty"]),
        ("Jurisdiction over forces, the burden of bases and entrapment.", ["Jurisdiction", "Burden", "Entrapment"]),
        ("An independent look at a treaty.", []),
        ("Dependence on arms.", ["Dependence", "Arms race"]),
    ],
)
def test_a_case_has_the_points_that_its_record_names(summary, worries):
    assert [point.worry.partition(":")[0] for point in points(case_of([], summary))] == worries


def delivery(giver, taker, year, tiv):
    row = {"delivery": f"{giver}{taker}{year}", "from_state": giver, "to_state": taker, "delivery_year": year}
    row |= {"from_kind": "state", "from_party": giver, "to_kind": "state", "to_party": taker, "weapon": "ship"}
    return {"arms_delivery": [row | {"delivered_tiv": tiv, "source": "sipri"}]}


def test_deliveries_are_told_each_way():
    rows = delivery("ISL", "IRL", 2024, 5.0), delivery("IRL", "ISL", 2024, 70.0), delivery("IRL", "ISL", 2018, 30.0)
    (point,) = points(case_of([], "An arms race?", *rows))
    assert "by Iceland to 1 state of the case: 5 million TIV in 2021–2025 and 0 in 2016–2020" in point.data
    assert "to Iceland from 1 state of the case: 70 million TIV in 2021–2025 and 30 in 2016–2020" in point.data


def test_a_change_of_access_between_others_is_none_of_the_case():
    change = {"item": "x", "core_table": "agreement", "date": date(2020, 2, 2), "precision": "day", "reason": "r"}
    change |= {"change_kind": "suspended", "access_kind": "data", "by_kind": "state", "by_party": "PRT"}
    change |= {"of_parties": ["MLT"], "cases": ["the-pacts"], "source": REGISTER, "verification": "secondary"}
    passes = [incident(f"pass {who}", date(2021, 1, 1), (f"{who}:actor", "PRT:affected")) for who in ("IRL", "ISL")]
    tagged = [{"incident": [row | {"cases": ["the-pacts"]} for row in each["incident"]]} | {
        name: rows for name, rows in each.items() if name != "incident"} for each in passes]  # fmt: skip
    (point,) = points(case_of([], "Sovereignty", {"access_change": [change]}, *tagged))
    assert point.data == "No change of access between the states of the case is listed."


def site(name, source="list", **more):
    row = {"presence": name, "name": name, "from_state": "ISL", "to_state": "IRL", "source": source} | more
    return {"presence": [row | {"known_until": date(2018, 12, 31), "verification": "secondary"}]}


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        (
            (site("port", REGISTER), site("mast"), site("hill")),
            "1 force or site of one in another, standing when last checked, a command and its parts counted apart; 2 "
            "more sites of a list without days, last edited in 2018, not known to stand.",
        ),
        ((site("mast"),), "1 site of a list without days, last edited in 2018, not known to stand."),
        ((), None),
    ],
)
def test_a_burden_is_told_without_sites_that_nobody_says_stand(rows, data):
    (point,) = points(case_of([], "The burden of bases.", *rows))
    assert point.data == data
    assert data is None or point.basis.bears(data)


def test_the_map_of_a_case_is_cut_to_its_states():
    far = {"latitude": -41.0, "longitude": 174.0}
    acts = [engagement(f"games {year}", date(year, 5, 5), ("ISL", "IRL", "GBR"), **far) for year in range(2018, 2024)]
    store = MemoryStore(together({"case_study": [CASE | {"turning_points": [], "summary": "?"}]}, *acts))
    given = {"store": store, "kind": "case", "title": "", "as_of": TODAY, "key": "the-pacts", "states": ("ISL",)}
    drawn = on_the_map(Subject(partners=("IRL", "GBR"), **given))[0]
    assert drawn.frame[2] - drawn.frame[0] < 30, "what was done on the other side of the world does not widen it"
    wide = on_the_map(Subject(partners=("IRL", "USA", "JPN"), **given))[0]
    assert wide.frame[2] - wide.frame[0] > 90, "states in several parts of the world"


def test_every_layer_of_the_table_says_of_which_kinds_it_is():
    from comity.brief.sections.before_after import LAYERS as SHOWN

    assert set(SHOWN) <= set(KINDS)
