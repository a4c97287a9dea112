"""The command `comity brief`: its subjects, what it lists, explains and compares, and what it refuses in one line."""

from __future__ import annotations

import json

import pytest


def test_a_brief_on_each_kind_of_subject_is_written(run):
    for words, title in (
        (("PHL",), "Philippines"),
        (("asean",), "Association of Southeast Asian Nations"),
        (("china-in-africa",), "China in Africa"),
        (("technology",), "Military technology and its norms"),
    ):
        done = run("brief", *words, "--year", 2025)
        assert done.exit_code == 0, done.output
        assert done.output.startswith(title)
        assert "KEY JUDGEMENTS" in done.output


def test_the_list_names_every_subject_by_kind(run):
    listed = json.loads(run("brief", "--list", "--json").output)
    assert {"kind": "region", "subject": "south-china-sea", "name": "South China Sea"} in listed
    assert {each["kind"] for each in listed} == {"world", "region", "case", "topic", "organisation", "state"}
    assert "us-japan-alliance" in run("brief", "--list").output


def test_a_number_is_explained_by_its_question_and_rows(run):
    told = json.loads(run("brief", "IND", "PAK", "--year", 2025, "--explain", 2, "--json").output)
    assert told["number"] == 2
    assert told["rows"]
    assert any("core." in query["text"] for query in told["queries"])
    text = run("brief", "IND", "PAK", "--year", 2025, "--explain", 2).output
    assert text.startswith("#2  ")
    assert "Question 1:" in text


def test_what_changed_and_two_powers_are_asked_for(run):
    assert "WHAT CHANGED" in run("brief", "USA", "JPN", "--since", 2019, "--year", 2025).output
    done = run("brief", "--compare", "USA", "CHN", "--in", "south-china-sea", "--year", 2025)
    assert "SIDE BY SIDE" in done.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nato-europ",), 1, "nearest: nato-europe"),
        (("Atlantis",), 1, "'Atlantis' is no subject of a brief"),
        ((), 2, "name a subject; `comity brief --list` shows them all"),
        (("--compare", "USA", "CHN"), 2, "--compare A B goes with --in PLACE"),
        (("--in", "asean", "USA"), 2, "--compare A B goes with --in PLACE"),
        (("USA", "--compare", "USA", "CHN", "--in", "asean"), 2, "name no other subject"),
        (("IND", "PAK", "--explain", "9999"), 1, "has no number 9999; they run from 1 to"),
        (("IND", "PAK", "--explain", "1", "-o", "x.html"), 1, "leave -o out"),
        (("USA", "--since", "2999"), 1, "is after the day of the brief"),
        (("USA", "--since", "0"), 1, "--since 0 cannot be told; years run from 1816"),
        (("USA", "--year", "0"), 1, "--year 0 cannot be told; years run from 1816"),
        (("USA", "--year", "-5"), 1, "--year -5 cannot be told; years run from 1816"),
        (("USA", "--year", "3000"), 1, "--year 3000 cannot be told; years run from 1816"),
        (("USA", "--year", "10000"), 1, "--year 10000 cannot be told; years run from 1816"),
        (("world", "--year", "1914"), 1, "the world can be told from 1946 on"),
        (("Soviet Union",), 1, "it named RUS from 1922-12-30 to 1991-12-26"),
        (("Upper", "Volta"), 1, "it named BFA until 1984-08-03"),
        (("Zaire",), 1, "it named COD from 1971-10-27 to 1997-05-17"),
        (("Congo",), 1, "may mean COD (Democratic Republic of the Congo) or COG (Republic of the Congo)"),
        (("Germany", "--year", "1960"), 1, "may mean DDR (East Germany) or GFR (West Germany)"),
        (("Germny",), 1, "nearest: Germany (DEU)"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(run, arguments, code, said):
    done = run("brief", *arguments)
    assert done.exit_code == code
    assert said in done.output
    assert len([line for line in done.output.splitlines() if line.startswith("Error: ")]) == 1
