"""What is said of texts and programs between two states, of changes of access, and of what ran on into the years."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, agreement, engagement, together
from comity.brief import Caveat, Judgements, KeyFigures, Table
from comity.brief.access_sentence import access_sentence
from comity.brief.finding import Asked, read_subject
from comity.brief.pair_texts import texts_between
from comity.brief.sections.acts import what_was_done
from comity.brief.sections.in_force import in_force
from comity.brief.sections.judgements import key_judgements
from comity.brief.state_judgements import allies_of
from test_brief_access import change

LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))
MANY = ("AUT", "BEL", "CAN", "DEU", "FRA", "ISL", "IRL", "ITA", "NOR", "SWE")
DUTY = {"agreement_kind": "alliance", "obligations": ["defense"]}


def asked(*parts, words=("ISL", "IRL")):
    return read_subject(MemoryStore(together(LATE, *parts)), words, Asked(None, None, TODAY))


def told(subject):
    made = [each for block in key_judgements(subject) if isinstance(block, Judgements) for each in block.sentences]
    assert all(each.basis is not None and each.basis.bears(each.text) for each in made)
    return " ".join(each.text for each in made)


def tiles(subject):
    blocks = (block for block in key_judgements(subject) if isinstance(block, KeyFigures))
    return {each.unit: (each.value, each.detail) for block in blocks for each in block.figures}


def of_list(item, parties, source="pacts", **more):
    rows = agreement(item, parties, source=source, **(DUTY | more))
    rows["agreement"][0]["name"] = None
    return rows


def test_a_text_of_many_parties_is_told_apart_from_those_of_the_two():
    parts = (agreement("sea line", ("ISL", "IRL")), agreement("open skies", MANY))
    subject = asked(*parts)
    assert "2 texts in force between them" in told(subject)
    assert "; 1 of them is of the two alone (Sea line)." in told(subject)
    assert tiles(subject)["agreements in force"][1].startswith("1 of the two alone; ")
    assert "; it is of more parties, and both joined it." in told(asked(agreement("open skies", MANY)))


def test_all_texts_hold_the_treaties_told_before_and_treaties_alone_are_told_once():
    pact, line = agreement("pact", ("ISL", "IRL"), **DUTY), agreement("sea line", ("ISL", "IRL"))
    both = asked(pact, line)
    assert "2 texts in force between them in all" in told(both)
    assert "The treaty above is among them." in told(both)
    assert tiles(both).keys() >= {"alliance treaty in force", "agreements in force in all"}
    alone = asked(pact)
    assert texts_between(alone) is None
    assert not any(unit.startswith("agreement") for unit in tiles(alone))


@pytest.mark.parametrize(("status", "words"), [
    ("unknown", "1 named text is not known to stand: Memorandum (signed 17 Jun 2025, last checked Jan 2026)."),
    ("suspended", "1 named text is suspended or not known to stand: Memorandum (signed 17 Jun 2025, suspended, last"),
])  # fmt: skip
def test_a_text_of_the_two_of_doubtful_standing_is_named(status, words):
    day = {"signed_date": date(2025, 6, 17), "signed_precision": "day", "start_date": None}
    text = told(asked(agreement("memorandum", ("ISL", "IRL"), status=status, **day)))
    assert words in text
    assert "in force" not in text
    assert "not known to stand" not in told(asked(agreement("of many", MANY, status=status, **day)))


def test_of_doubtful_texts_the_newest_are_named_and_the_rest_counted():
    texts = [
        agreement(f"text {letter}", ("ISL", "IRL"), status="unknown", start_date=date(2010 + place, 1, 1))
        for place, letter in enumerate("abc")
    ]
    assert "3 named texts are not known to stand: Text c (" in told(asked(*texts))
    assert " and 1 more." in told(asked(*texts))


def test_a_treaty_binds_whom_its_first_source_names_or_two_others():
    first = agreement("league", MANY[:6], start_date=date(2001, 5, 1), **DUTY)
    same = {"start_date": date(2001, 5, 1), "start_precision": "day"}
    subject = asked(first, of_list("1", MANY[:8], **same), of_list("2", MANY, "others", **same), words=("ISL",))
    allies, _ = allies_of(subject)
    assert allies == ("AUT", "BEL", "CAN", "DEU", "FRA", "IRL", "ITA")
    (table,) = (block for block in in_force(subject) if getattr(block, "title", "").startswith("Agreements by"))
    assert "5 others" in str(table.rows[0].cells[1])
    assert "those that two others name" in table.note
    assert "Sources differ on the parties of League (the register 6, " in table.note


def test_allies_are_named_by_the_last_check_and_of_many_those_of_treaties_of_two():
    pacts = [agreement(f"pact {code}", ("ISL", code), known_until=date(year, 1, 1), **DUTY)
             for code, year in (("AUT", 2018), ("SWE", 2025), ("BEL", 2020))]  # fmt: skip
    assert "with Sweden, Belgium and Austria." in told(asked(*pacts, words=("ISL",)))
    league = agreement("league", MANY, **DUTY)
    assert "with 9 states (Austria, Belgium and Sweden by treaties of two)." in told(
        asked(*pacts, league, words=("ISL",))
    )  # the league, which binds them all, was checked last
    assert "with 9 states." in told(asked(league, words=("ISL",)))


def losses(*rows, words=("ISL", "IRL")):
    made = access_sentence(asked({"access_change": list(rows)}, words=words))
    assert made is None or made.basis.bears(made.text)
    return made and made.text


def test_the_latest_end_of_access_is_told_and_by_both_sides_where_both_acted():
    ended = change(date(2023, 12, 22), "ISL", ["IRL"], change_kind="ended", access_kind="basing")
    refused = change(date(2025, 5, 5), "ISL", ["IRL"], item="visit")
    for words in (("ISL", "IRL"), ("IRL",)):
        assert "Iceland ended the basing of Ireland (harbor-base) on 22 Dec 2023. No ret" in losses(
            ended, refused, words=words
        )
    pact = {"item": "pact", "core_table": "agreement", "access_kind": "agreement"}
    void = change(date(2023, 11, 23), "ISL", ["IRL"], change_kind="ended", **pact)
    off = change(date(2024, 6, 4), "IRL", ["ISL"], change_kind="suspended", **pact)
    assert "Iceland ended an agreement with Ireland (pact) on 23 Nov 2023, and Ireland suspended it on 4 Jun 2024." in (
        losses(void, off, ended | {"date": date(2020, 1, 1)})
    )


def test_what_was_given_back_or_is_long_past_or_of_third_states_is_no_loss_of_the_two():
    ended = change(date(2023, 12, 22), "ISL", ["IRL"], change_kind="ended", access_kind="basing")
    back = ended | {"date": date(2024, 2, 2), "change_kind": "restored"}
    assert losses(ended, back) is None
    assert losses(ended | {"date": date(2010, 1, 1)}) is None
    assert losses(ended | {"by_party": "NZL", "of_parties": ["ISL", "IRL"]}) is None
    assert losses(change(date(2018, 1, 1), "ISL", ["IRL"])) is None  # a port of years ago
    late = losses(change(date(2025, 1, 1), "ISL", ["IRL"]))
    assert (
        "The latest loss or limit of access that the register lists: Iceland refused port calls of Ireland (harbor"
        in late
    )


def test_what_ended_by_nobody_named_ended():
    over = change(date(2026, 1, 5), "unknown", ["ISL", "IRL"], by_kind="unknown", change_kind="ended", item="pact",
        core_table="agreement", access_kind="agreement")  # fmt: skip
    assert "an agreement of Iceland and Ireland (pact) ended on 5 Jan 2026." in losses(over)


@pytest.mark.parametrize("words", [("ISL", "IRL"), ("ISL",)])
def test_a_chart_by_years_says_that_figures_count_what_ran_on(words):
    mission = engagement("mission", date(2014, 8, 1), ("ISL", "IRL"), end_date=date(2022, 11, 9))
    games = engagement("games", date(2024, 5, 5), ("ISL", "IRL"))
    (gaps,) = (block for block in what_was_done(asked(mission, games, words=words)) if isinstance(block, Caveat))
    assert "the key numbers count 1 more that began before 2017 and ran on." in gaps.text
    assert gaps.basis.bears(gaps.text)
    (gaps,) = (block for block in what_was_done(asked(games, words=words)) if isinstance(block, Caveat))
    assert "ran on" not in gaps.text


@pytest.mark.parametrize("words", [("ISL", "IRL"), ("ISL",)])
def test_what_ran_on_into_the_years_counts_and_is_said(words):
    mission = engagement("mission", date(2014, 8, 1), ("ISL", "IRL"), end_date=date(2022, 11, 9))
    over = engagement("over", date(2013, 8, 1), ("ISL", "IRL"), end_date=date(2014, 11, 9))
    games = engagement("games", date(2024, 5, 5), ("ISL", "IRL"))
    assert tiles(asked(mission, over, games, words=words))["engagements listed"] == (
        2, "2017–2026; 1 of them began earlier")  # fmt: skip
    assert tiles(asked(over, games, words=words))["engagement listed"] == (1, "2017–2026")


def test_programs_of_a_pair_are_what_one_gives_the_other_or_what_both_run():
    row = {"status": "ongoing", "start_date": date(2020, 1, 1), "known_until": date(2025, 1, 1)}
    row |= {"start_precision": "day", "verification": "secondary"}
    told = (("college of a third", "exchange", ["USA", "ISL", "IRL"]), ("courses", "training", ["IRL", "ISL", "MLT"]),
            ("center", "information_sharing", ["USA", "ISL", "IRL"]),
            ("center of many", "information_sharing", ["USA", "ISL", "IRL", "MLT", "NZL"]))  # fmt: skip
    rows = [row | {"programme": name, "name": name, "instrument": kind, "parties": who} for name, kind, who in told]
    tables = [block for block in in_force(asked({"programme": rows})) if isinstance(block, Table)]
    running = next(table for table in tables if table.title.startswith("Programmes"))
    assert [row.cells[0] for row in running.rows] == ["center", "courses"]


def test_few_texts_of_the_two_alone_are_named_and_so_is_declared_practice():
    alone, many = agreement("peace of 2025", ("ISL", "IRL")), agreement("code", ("ISL", "IRL", "MLT"))
    assert ": Peace of 2025." in told(asked(alone))
    assert "1 of them is of the two alone (Peace of 2025)." in told(asked(alone, many))
    assert "Peace of 2025" not in told(asked(alone, *(agreement(f"text {n}", ("ISL", "IRL")) for n in (1, 2))))
    practice = agreement("calm", ("ISL", "IRL"), status="voluntary", signed_date=date(2023, 12, 14))
    assert "Of the two alone, 1 named text is declared practice: Calm (signed 14 Dec 2023" in told(asked(practice))
    of_many = agreement("calm of many", ("ISL", "IRL", "MLT"), status="voluntary")
    assert "declared practice" not in told(asked(of_many))
