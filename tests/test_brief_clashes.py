"""Incidents in the judgements: between whom, whose list tells nearly all of them, and where people were hurt."""

from __future__ import annotations

from datetime import date

import pytest

from brief_samples import TODAY, MemoryStore, blocks_of, covered, incident, register_rows, together
from comity.brief import Chart, Judgements, KeyFigures, Table, compose
from comity.brief.facts import incidents
from comity.brief.finding import Asked, read_subject
from comity.brief.pair_frictions import friction_figures, frictions
from comity.brief.quarrels import disputes
from comity.brief.sections.tension import disputes_and_incidents
from comity.brief.watch_around import around

CLASH = {"incident_kind": "shooting"}


def in_list(source, part):
    return {name: [row | {"source": source} for row in rows] for name, rows in part.items()}


def dispute(number, day, sides):
    row = {"dispute": str(number), "start_date": day, "start_precision": "day"}
    party = {"dispute": str(number), "start_date": day, "start_precision": "day"}
    return {
        "dispute": [row | {"source": "tally"}],
        "dispute_party": [party | {"state": code, "side": side, "source": "tally"} for code, side in sides.items()],
    }


def store_of(*parts):
    held = register_rows()
    held["incident"], held["incident_party"] = [], []
    return MemoryStore(together(held, *parts))


def subject_of(store, *words):
    return read_subject(store, words, Asked(None, None, TODAY))


def said(store, *words):
    blocks = blocks_of(compose(store, words, today=TODAY), Judgements)
    return [sentence for block in blocks for sentence in block.sentences]


def one(sentences, word):
    return next(each for each in sentences if word in each.text)


def test_a_clash_with_both_as_actors_stands_between_them():
    earlier = incident("a face-off", date(2024, 5, 7), ("IRL:present", "ISL:present"), **CLASH)
    store = store_of(incident("a fight", date(2025, 5, 7), ("IRL:actor", "ISL:actor"), **CLASH), earlier)
    assert len(incidents(subject_of(store, "IRL", "ISL"))) == 2
    assert "2 incidents in 2017–2026, most with Ireland (2) on the other side." in (
        one(said(store, "ISL"), "incident").text
    )
    (sentence,) = frictions(subject_of(store, "IRL", "ISL"))
    assert sentence.text == "The register lists 2 incidents between the two in 2017–2026, the last of 7 May 2025."
    (figure,) = friction_figures(subject_of(store, "IRL", "ISL"))
    assert (figure.value, figure.unit) == (2, "incidents between them listed")


def test_where_no_sides_are_told_it_says_so():
    everybody = ("IRL:present", "ISL:present", "MLT:present")
    store = store_of(incident("a war", date(2026, 2, 28), everybody, incident_kind="other"))
    text = one(said(store, "ISL"), "incident").text
    assert text == ("The register lists 1 incident in 2017–2026; in 1 no state is told to have stood against it.")
    assert frictions(subject_of(store, "IRL", "ISL")) == []
    assert friction_figures(subject_of(store, "IRL", "ISL")) == []


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ([("IRL:present", "ISL:present", "MLT:present")], "1 more names both {} (one or both merely present)"),
        ([("IRL:affected", "ISL:affected", "MLT:actor")] * 2, "2 more name both {} (both on one side)"),
        (
            [("IRL:affected", "ISL:affected", "MLT:actor"), ("IRL:actor", "ISL:present", "MLT:affected")],
            "2 more name both {} (1 with one or both merely present and 1 with both on one side)",
        ),
    ],
)
def test_what_names_both_is_told_beside_what_sets_them_against_each_other(beside, words):
    clash = incident("a fight", date(2026, 2, 1), ("IRL:actor", "ISL:affected"), **CLASH)
    others = [incident(f"act {number}", date(2026, 2, 1 + number), parties) for number, parties in enumerate(beside, 1)]
    (sentence,) = frictions(subject_of(store_of(clash, *others), "IRL", "ISL"))
    assert words.format("without setting them against each other") in sentence.text
    assert sentence.basis.bears(sentence.text)


def test_an_accident_that_names_both_puts_them_on_no_side():
    clash = incident("a fight", date(2026, 2, 1), ("IRL:actor", "ISL:affected"), **CLASH)
    stray = incident("a stray", date(2026, 2, 2), ("IRL:actor", "ISL:affected"), incident_kind="accident")
    both = incident("a raid", date(2026, 2, 3), ("IRL:affected", "ISL:affected", "MLT:actor"))
    told = [frictions(subject_of(store_of(clash, *more), "IRL", "ISL"))[0] for more in ((stray,), (stray, both))]
    assert "each other (by accident), of 2 Feb 2026." in told[0].text
    assert "each other (1 with both on one side and 1 by accident), the last of 3 Feb 2026." in told[1].text
    assert all(each.basis.bears(each.text) for each in told)


def test_the_chart_of_a_pair_counts_what_its_judgement_counts():
    fights = [
        incident(f"fight {day}", date(2024, 5, day), ("IRL:actor", "ISL:affected"), **CLASH) for day in range(1, 7)
    ]
    beside = incident("a pass", date(2024, 6, 1), ("IRL:present", "ISL:affected", "MLT:actor"), **CLASH)
    war = incident("a war", date(2024, 7, 1), ("IRL:actor", "ISL:affected"), incident_kind="armed_conflict")
    store = store_of(*fights, beside, war)
    charts = [
        next(block for block in blocks_of(compose(store, words, today=TODAY), Chart) if block.unit == "incidents")
        for words in (("IRL", "ISL"), ("IRL",))
    ]
    assert [sum(count.count for count in chart.counts) for chart in charts] == [6, 7]
    assert charts[0].title.startswith("Incidents between the two by year and kind, 2024–2026")
    assert "armed_conflict" not in charts[1].categories
    assert [figure.value for figure in friction_figures(subject_of(store, "IRL", "ISL"))] == [6]
    assert "lists 7 incidents" in one(said(store, "IRL"), "7 incidents").text


def test_where_two_lists_tell_of_one_year_the_table_says_that_the_chart_counts_fewer():
    acts = [incident(f"fight {day}", date(2024, 5, day), ("IRL:actor", "ISL:affected"), **CLASH) for day in range(1, 7)]
    again = in_list("tally", incident("told again", date(2024, 5, 1), ("IRL:actor", "ISL:affected"), **CLASH))
    brief = compose(store_of(*acts, again), ("IRL",), today=TODAY)
    table = next(block for block in blocks_of(brief, Table) if block.title.startswith("The latest incidents"))
    assert table.note.endswith("The chart takes the longest list of each year and kind alone, and counts 6 of 7.")
    assert table.basis.bears(table.note)


def test_disputes_and_incidents_are_both_told_the_newest_first():
    old = dispute(1, date(2001, 1, 1), {"IRL": "a", "ISL": "b"})
    store = store_of(old, incident("a pass", date(2024, 4, 4), ("ISL:actor", "IRL:affected")))
    texts = [each.text for each in frictions(subject_of(store, "IRL", "ISL"))]
    assert "1 incident between the two" in texts[0]
    assert "1 militarized dispute" in texts[1]
    brief = compose(store, ("IRL", "ISL"), today=TODAY)
    units = [figure.unit for block in blocks_of(brief, KeyFigures) for figure in block.figures]
    assert "incident between them listed" in units
    later = store_of(dispute(1, date(2025, 1, 1), {"IRL": "a", "ISL": "b"}), incident(
        "a pass", date(2024, 4, 4), ("ISL:actor", "IRL:affected")))  # fmt: skip
    assert "militarized" in frictions(subject_of(later, "IRL", "ISL"))[0].text


def test_of_two_lists_of_disputes_the_one_that_reaches_furthest_speaks():
    """Also where it holds no more, or fewer: quiet years that it knows are not told as unknown."""
    shorter = [dispute(n, date(1990 + n, 1, 1), {"IRL": "a", "ISL": "b"}) for n in (1, 2)]
    longer = [in_list("other", each) for each in shorter[:1]]
    for parts in (shorter[:1] + longer, shorter + longer):
        coverage = {
            name: (covered(("dispute",), "complete", 1816, last),) for name, last in (("tally", 2000), ("other", 2010))
        }
        subject = subject_of(MemoryStore(together(*parts), coverage), "IRL", "ISL")
        (sentence,) = frictions(subject)
        assert sentence.text.startswith("A list of disputes, which ends in 2010, tells of 1 militarized dispute ")
        assert sentence.basis.bears(sentence.text)


def test_what_a_great_power_of_a_region_did_with_a_state_of_elsewhere_is_none_of_the_region():
    region = {"region": "far-north", "name": "Far North", "states": ["RUS", "NOR"], "partners": ["USA"]}
    region |= {"west": -30.0, "south": 30.0, "east": 20.0, "north": 70.0, "verification": "unverified"}
    sides = ({"RUS": "a", "USA": "b"}, {"RUS": "a", "NOR": "b"}, {"NOR": "a", "USA": "b"}, {"RUS": "a", "FIN": "b"})
    parts = [dispute(number, date(2000 + number, 1, 1), held) for number, held in enumerate(sides, 1)]
    subject = subject_of(MemoryStore(together({"region": [region]}, *parts)), "far-north")
    assert [fact.item for fact in disputes(subject)] == ["3", "2"]
    (table,) = (block for block in disputes_and_incidents(subject) if block.title.startswith("Militarized"))
    assert "Disputes of Russia with none but states of elsewhere are left out" in table.note
    region["states"] = ["NOR", "SWE"]
    subject = subject_of(MemoryStore(together({"region": [region]}, *parts)), "far-north")
    assert [fact.item for fact in disputes(subject)] == ["3"]


def test_of_one_incident_its_day_is_told_and_no_last():
    store = store_of(incident("a pass", date(2024, 4, 4), ("ISL:actor", "IRL:affected")))
    (sentence,) = frictions(subject_of(store, "IRL", "ISL"))
    assert sentence.text == "The register lists 1 incident between the two in 2017–2026, of 4 Apr 2024."


def test_only_the_other_side_of_a_dispute_is_named():
    store = store_of(dispute(1, date(2001, 1, 1), {"IRL": "a", "MLT": "a", "NOR": "a", "ISL": "b", "FIN": "b"}))
    assert one(said(store, "IRL"), "dispute").text.endswith(
        "; it began in 2001, with Finland and Iceland on the other side."
    )


def test_harm_is_a_sentence_of_its_own_that_names_the_incidents():
    store = store_of(
        incident("a sinking", date(2024, 1, 1), ("NOR:actor", "FIN:affected"), killed_count=104, regions=["amber-sea"]),
        *(incident(f"pass {day}", date(2024, 2, day), ("ISL:actor", "IRL:affected")) for day in (1, 2, 3)),
    )
    sentence = one(said(store, "amber-sea"), "incident")
    # The two of the pair with most are of the region, and the killed are not theirs.
    assert sentence.text == (
        "The register lists 4 incidents in 2017–2026; Ireland and Iceland were the two sides in 3 of them. Reports "
        "that give numbers add up to at least 104 people killed in 1 incident (A sinking, 104); 3 tell no number."
    )
    assert sentence.basis.bears(sentence.text)


def test_a_pair_without_a_state_of_the_region_is_not_its_pair():
    parties = ("NOR:actor", "FIN:affected", "ISL:affected")
    store = store_of(*(incident(f"act {n}", date(2024, 1, n), parties, regions=["amber-sea"]) for n in (1, 2, 3)))
    assert "Iceland and Norway were the two sides in 3 of them" in one(said(store, "amber-sea"), "incident").text


@pytest.mark.parametrize(("listed", "is_told"), [(6, True), (1, False)])
def test_it_is_told_when_one_list_gives_nearly_all(listed, is_told):
    acts = [incident(f"act {n}", date(2024, 1, n + 1), ("ISL:actor", "IRL:affected")) for n in range(listed)]
    own = [incident(f"own {n}", date(2024, 2, n + 1), ("ISL:actor", "IRL:affected")) for n in range(2)]
    store = store_of(*(in_list("tally", act) for act in acts), *own)
    text = one(said(store, "ISL"), "incident").text
    assert (f"; {listed} of these {listed + 2} are of one list, Invented tally." in text) == is_told


def test_a_watch_tells_a_fight_of_two_and_not_what_two_did_together():
    store = store_of(
        incident("a fight", date(2026, 5, 7), ("IRL:actor", "ISL:actor"), **CLASH),
        incident("a flight", date(2026, 5, 8), ("IRL:actor", "MLT:actor", "ISL:affected"), incident_kind="entry"),
    )
    found = around(store, (("IRL", "ISL"), ("IRL", "MLT")), TODAY)
    assert [line.name for line in found["IRL", "ISL"].incidents] == ["A flight", "A fight"]
    assert found["IRL", "MLT"].incidents == ()
