"""One text that several lists hold is one: told once, by its name, and over where the list that names it says so."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from brief_samples import TODAY, MemoryStore, agreement, engagement, together
from comity.brief import Table
from comity.brief.finding import Asked, read_subject
from comity.brief.own_ties import own_ties
from comity.brief.sections.in_force import in_force
from comity.brief.sections.ties import LAYER_TITLES
from comity.brief.text_matching import alike, named_through, same_texts
from comity.brief.texts import texts_in_force

LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))
SIGNED = date(1993, 9, 7)
MANY = ("AUT", "BEL", "CAN", "DEU", "FRA", "ISL", "IRL", "ITA", "NOR", "SWE")


def named(item, parties=("ISL", "IRL"), day=SIGNED, **more):
    only = {"start_date": None, "start_precision": None, "signed_date": day, "signed_precision": "day"}
    return agreement(item, parties, **(only | more))


def numbered(item, parties=("ISL", "IRL"), day=SIGNED, **more):
    given = {"agreement_kind": "alliance", "obligations": ["nonaggression"], "known_until": date(2018, 12, 31)}
    rows = agreement(item, parties, **({"source": "pacts"} | given | {"start_date": day} | more))
    rows["agreement"][0]["name"] = None
    return rows


def asked(*parts, words=("ISL", "IRL"), year=None):
    return read_subject(MemoryStore(together(LATE, *parts)), words, Asked(year, None, TODAY))


def standing(subject):
    return [row.cells for block in in_force(subject) if isinstance(block, Table) for row in block.rows]


def test_a_text_of_one_day_and_the_same_parties_is_one_whatever_kind_each_list_gives_it():
    subject = asked(named("calm on the border", agreement_kind="confidence_building"), numbered("4507"))
    assert [cells[0] for cells in standing(subject)] == ["Calm on the border"]
    assert len(texts_in_force(subject)) == 1


def test_a_named_text_is_one_text_of_each_list():
    """Two numbered treaties of one year cannot both be the one that has a name: that of the very day is."""
    pact = named("league", day=date(1992, 5, 15), agreement_kind="alliance", obligations=["defense"])
    parts = (numbered("4400", day=date(1993, 1, 22)), numbered("4220", day=date(1992, 5, 15)))
    assert [cells[0] for cells in standing(asked(pact, *parts))] == ["League", "Treaty 4400 (nonaggression)"]


def test_a_text_of_many_is_the_one_whose_parties_are_nearly_all_among_them():
    final_act = named("final act", MANY[:7], agreement_kind="declaration", status="voluntary")
    assert [cells[0] for cells in standing(asked(final_act, numbered("3740", MANY)))] == ["Final act"]
    apart = asked(named("of two alone", agreement_kind="declaration"), numbered("3740", MANY))
    assert len(standing(apart)) == 2


def test_a_list_that_tells_a_text_of_many_twice_has_both_joined_to_it():
    pact = named("league", MANY[:7], agreement_kind="alliance", obligations=["defense"])
    same = (numbered("350", MANY[:7]), numbered("349", MANY))
    assert [cells[0] for cells in standing(asked(pact, *same, words=("AUT", "BEL")))] == ["League"]
    two = (numbered("1"), numbered("2"))  # of two states a list may hold two texts of a day
    assert len(standing(asked(named("calm", agreement_kind="alliance"), *two))) == 2


def test_a_text_is_checked_on_the_later_day_of_two_lists_that_hold_it_to_stand():
    """Whichever of its parties a brief is about: a source that names a text may list fewer than one that numbers it."""
    final_act = named("final act", MANY[:9], agreement_kind="declaration", status="voluntary",
        known_until=date(2001, 1, 1))  # fmt: skip
    for words in (("AUT", "BEL"), ("AUT", "SWE")):
        (cells,) = standing(asked(final_act, numbered("3740", MANY), words=words))
        assert cells[0] == "Final act"
        assert cells[3:] == ("declared practice", "Dec 2018")


def test_a_text_that_came_into_force_after_its_list_ended_is_in_force_since_that_day():
    """No standing that is older than the day from which a text binds is shown beside that day."""
    late = numbered("1248", agreement_kind="equipment", status="signed", day=date(2019, 1, 28))
    (cells,) = standing(asked(late))
    assert cells[2:] == ("28 Jan 2019", "in force", "Jan 2019")
    assert standing(asked(late, year=2018)) == []


def joined_later(item, first, later):
    rows = numbered(item, (*first, *later))
    for row in rows["agreement_party"]:
        row["start_date"] = SIGNED if row["party"] in first else date(2015, 6, 10)
    return rows


def test_a_text_of_another_kind_that_others_joined_later_is_not_the_one_that_none_could_join():
    """A list may follow a text of five on their border into the body that came of it, which others joined."""
    five, later = MANY[:5], ("IRL", "ISL")
    border = named("calm on the border", five, agreement_kind="confidence_building")
    asks = {"words": ("IRL", "ISL")}
    told = standing(asked(border, joined_later("4810", five, later), **asks))
    assert [cells[0] for cells in told] == ["Treaty 4810 (nonaggression)"]
    assert [cells[0] for cells in standing(asked(border, numbered("4810", (*five, "IRL")), words=("BEL", "CAN")))] == [
        "Calm on the border"
    ]
    pact = named("league", five, agreement_kind="alliance", obligations=["defense"])
    assert [cells[0] for cells in standing(asked(pact, joined_later("3205", five, later), **asks))] == ["League"]


def test_a_numbered_text_is_of_the_kind_and_standing_of_its_named_twin_whichever_state_is_asked():
    """The source that names a declaration lists the first parties; one that numbers it, all that joined."""
    final_act = named("final act", MANY[:5], agreement_kind="declaration", status="voluntary")
    parts = (final_act, joined_later("3740", MANY[:5], ("IRL", "ISL")))
    for words in (("AUT", "BEL"), ("IRL", "AUT"), ("IRL", "ISL"), ("ISL",)):
        subject = asked(*parts, words=words)
        assert [(cells[0], cells[3]) for cells in standing(subject)] == [("Final act", "declared practice")]
        assert "4 others" in str(standing(subject)[0][1]), "the same parties, with those that joined later"
        assert not texts_in_force(subject)
        (table,) = (block for block in in_force(subject) if isinstance(block, Table))
        assert "Sources differ on the parties of Final act (the register 5, Invented pacts 7)" in table.note
    groups = [row.group for block in in_force(subject) if isinstance(block, Table) for row in block.rows]
    assert groups == ["Declaration"]


def test_a_text_known_by_its_year_alone_is_not_of_the_same_day():
    year = named("plan", day=date(1993, 1, 1), signed_precision="year", agreement_kind="equipment")
    assert len(standing(asked(year, numbered("1", day=date(1993, 1, 1))))) == 2


def test_a_list_that_ends_before_a_text_did_does_not_hold_it_in_force():
    ended = named("friendship", status="terminated", end_date=date(2019, 4, 1))
    subject = asked(ended, numbered("4875"))
    assert not texts_in_force(subject)
    assert not any("4875" in str(cells) or "Friendship" in str(cells) for cells in standing(subject))
    assert [cells[3] for cells in standing(asked(ended, numbered("4875"), year=2010))] == ["in force"]


def test_of_two_texts_signed_on_one_day_the_list_holds_the_one_that_has_not_ended():
    forces = named("a status of forces", status="terminated", end_date=date(2011, 12, 31))
    frame = named("strategic framework")
    assert [cells[0] for cells in standing(asked(forces, frame, numbered("6032")))] == ["Strategic framework"]


def test_a_numbered_text_bears_the_name_that_another_list_gives_it_where_that_one_is_not_shown():
    region = {"region": "amber-sea", "name": "Amber Sea", "states": ["IRL", "ISL"], "partners": []}
    region |= {"west": -30.0, "south": 30.0, "east": 20.0, "north": 70.0, "verification": "unverified"}
    far = named("treaty of elsewhere", MANY, agreement_kind="alliance", obligations=["defense"], regions=["elsewhere"])
    subject = asked({"region": [region]}, far, numbered("3180", MANY, obligations=["defense"]), words=("amber-sea",))
    rows = [row for block in in_force(subject) if isinstance(block, Table) for row in block.rows]
    assert [row.cells[0] for row in rows] == ["Treaty of elsewhere"]
    assert rows[0].refs == ("pacts", "register")


def test_where_one_list_does_not_know_and_a_later_one_does_the_text_stands():
    old = named("league", MANY[:7], agreement_kind="alliance", status="unknown", known_until=date(1993, 9, 7))
    assert [cells[3:] for cells in standing(asked(old, numbered("3205", MANY)))] == [("in force", "Dec 2018")]


def test_a_text_that_two_lists_number_is_one_as_the_later_of_them_tells_it():
    parts = (numbered("294", source="older pacts", known_until=date(2012, 12, 31)), numbered("3705"))
    near = numbered("4810", day=date(1993, 9, 8))
    other = numbered("77", source="older pacts", agreement_kind="framework", obligations=[])
    assert [cells[0::3] for cells in standing(asked(*parts))] == [("Treaty 3705 (nonaggression)", "in force")]
    assert len(texts_in_force(asked(*parts))) == 1
    assert [(tie.weight, tie.sources) for tie in own_ties(asked(*parts))] == [(1, ("older pacts", "pacts"))]
    assert len(texts_in_force(asked(*parts, other))) == 2
    assert len(texts_in_force(asked(parts[0], near))) == 1
    assert len(texts_in_force(asked(*parts, near))) == 2


def test_a_list_that_goes_on_knows_of_the_end_of_what_another_holds_in_force():
    short = numbered("294", source="older pacts", known_until=date(2012, 12, 31))
    assert not texts_in_force(asked(short, numbered("3705", status="terminated", end_date=date(2015, 5, 5))))
    assert texts_in_force(asked(short, numbered("3705", status="terminated", end_date=date(2015, 5, 5)), year=2014))
    # Of years that both lists saw, they differ: what one holds is not taken from it.
    assert texts_in_force(asked(short, numbered("3705", status="terminated", end_date=date(2005, 5, 5))))


def test_texts_of_two_lists_are_one_by_the_name_that_a_third_gives_them_which_is_not_shown():
    region = {"region": "amber-sea", "name": "Amber Sea", "states": ["IRL", "ISL"], "partners": []}
    region |= {"west": -30.0, "south": 30.0, "east": 20.0, "north": 70.0, "verification": "unverified"}
    far = named("treaty of elsewhere", MANY, agreement_kind="alliance", obligations=["defense"], regions=["elsewhere"])
    parts = (numbered("3180", MANY), numbered("227", (*MANY[:9], "MLT"), source="older pacts"))
    subject = asked({"region": [region]}, far, *parts, words=("amber-sea",))
    assert [cells[0] for cells in standing(subject)] == ["Treaty of elsewhere"]
    assert len(texts_in_force(subject)) == 1


def left(rows, *codes, day=date(1999, 4, 20)):
    """The same text, which some states left on a day."""
    for row in rows["agreement_party"]:
        row["end_date"] = day if row["party"] in codes else row.get("end_date")
    return rows


def test_a_numbered_text_is_over_for_a_state_that_left_it_by_the_source_that_names_it():
    pact = left(named("pact", MANY, agreement_kind="alliance", obligations=["defense"]), "IRL", "ISL")
    parts = (pact, numbered("350", MANY, obligations=["defense"]))
    assert not texts_in_force(asked(*parts))
    assert not texts_in_force(asked(*parts, words=("ISL",)))
    assert not texts_in_force(asked(*parts, words=("ISL", "AUT")))
    assert not {"IRL", "ISL"} & {tie.state_b for tie in own_ties(asked(*parts, words=("AUT",)))}
    assert len(texts_in_force(asked(*parts, words=("AUT", "BEL")))) == 1
    assert len(texts_in_force(asked(*parts, words=("ISL", "IRL"), year=1995))) == 1


def test_a_state_that_left_and_came_back_is_a_party():
    pact = left(named("pact", MANY, agreement_kind="alliance", obligations=["defense"]), "IRL")
    back = [row | {"start_date": date(2006, 8, 17), "end_date": None} for row in pact["agreement_party"]
            if row["party"] == "IRL"]  # fmt: skip
    pact["agreement_party"] += back
    assert len(texts_in_force(asked(pact, numbered("350", MANY, obligations=["defense"])))) == 1


def test_ties_count_a_text_once_and_say_what_the_columns_hold():
    texts = (named("calm", agreement_kind="confidence_building"), numbered("4507"), named("paused", status="suspended"))
    subject = asked(*texts, named("practice", status="voluntary", day=date(2001, 2, 2)))
    assert [(tie.layer, tie.weight, tie.sources) for tie in own_ties(subject)] == [
        ("agreement", 2, ("pacts", "register"))
    ]
    assert LAYER_TITLES["exercise"] == "Exercises, operations"


def test_a_case_shows_texts_of_its_own_states_and_not_those_of_others():
    case = {"case_study": "outreach", "name": "Outreach", "parties": ["ISL", "IRL", "MLT"], "turning_points": []}
    tag = {"cases": ["outreach"]}
    subject = asked(
        {"case_study": [case | {"summary": "?", "verification": "secondary"}]},
        named("with a partner", ("ISL", "MLT")),
        named("lease of another", ("IRL", "NZL"), **tag),
        named("of very many", (*MANY, "MLT")),
        named("with a body", ("ISL", "club"), **tag),
        words=("outreach",),
    )
    assert {cells[0] for cells in standing(subject)} == {"With a partner", "With a body"}


TEXTS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(("pacts", "other pacts", "register")),
        "day": st.dates(date(1990, 1, 1), date(1991, 12, 31)),
        "states": st.sets(st.sampled_from(MANY[:5]), min_size=2),
        "agreement_kind": st.sampled_from(("alliance", "framework")),
    }
)


def assert_one_of_each_list(found, rows):
    """One text of each list, or several of it that tell one text of many, the parties of each within another's."""
    states = {(row["source"], row["item"]): set(row["states"]) for row in rows}
    held = {}
    for source, item, other, named_item, *_ in found:
        held.setdefault((source, other, named_item), []).append(states[source, item])
    for same in held.values():
        for one in same:
            assert len(same) == 1 or (len(one) > 2 and any(one < two or two < one for two in same))


@given(st.lists(TEXTS, max_size=12))
def test_a_text_is_one_with_at_most_one_text_of_each_list(texts):
    rows = [
        {"item": str(number), "name": f"Text {number}" if text["source"] == "register" else None, "end_date": None}
        | {"signed_date": text["day"], "signed_precision": "day", "start_date": None, "start_precision": None}
        | {"source": text["source"], "agreement_kind": text["agreement_kind"], "states": sorted(text["states"])}
        | {"first_states": sorted(text["states"])[:2]}
        for number, text in enumerate(texts)
    ]
    found = same_texts(rows)
    assert found == same_texts(rows[::-1])
    assert len({(source, item) for source, item, *_ in found}) == len(found)
    assert_one_of_each_list(found, rows)
    assert all(source != "register" and other == "register" for source, _, other, *_ in found)


@given(st.lists(TEXTS, max_size=12))
def test_two_lists_share_a_text_each_once_and_in_whatever_order_they_are_read(texts):
    rows = [
        {"item": str(number), "name": f"Text {number}" if text["source"] == "register" else None, "end_date": None}
        | {"signed_date": text["day"], "signed_precision": "day", "start_date": None}
        | {"start_precision": None, "source": text["source"], "agreement_kind": text["agreement_kind"]}
        | {"states": sorted(text["states"]), "first_states": sorted(text["states"])}
        for number, text in enumerate(texts)
    ]
    found, by_key = alike(rows), {(row["source"], row["item"]): row for row in rows}
    assert found == alike(rows[::-1])
    keys = [key for source, item, other, number in found for key in ((source, item), (other, number))]
    assert len(set(keys)) == len(keys)
    for source, item, other, number in found:
        one, two = by_key[source, item], by_key[other, number]
        assert source != other
        assert "register" not in (source, other)
        assert one["agreement_kind"] == two["agreement_kind"]
        assert abs(one["signed_date"] - two["signed_date"]).days <= 31
    told, apart = named_through(same_texts(rows), found)
    assert {key[:2] for key in same_texts(rows)} <= {key[:2] for key in told}
    assert_one_of_each_list(told, rows)
    assert {each[:2] for each in apart}.isdisjoint(key[:2] for key in told)
