"""Years that cannot be told are refused in words, and tables keep their numbers whole on a narrow terminal."""

from __future__ import annotations

import io
import re

import pytest

from comity.cli._settings import write_rows
from comity.network.pictures.drawing import ENDINGS
from comity.network.writing import PICTURES

REFUSED = [
    (["assess", "USA", "GBR", "--year", "0"], "the year 0 cannot be told; years run from 1816"),
    (["assess", "USA", "--year", "-5"], "the year -5 cannot be told"),
    (["assess", "USA", "--year", "10000"], "10000 is not over"),
    (["assess", "GBR", "FRA", "--year", "1820"], "1820 cannot be assessed; 1830 is the first year that can"),
    (["assess", "GBR", "--year", "1820"], "1820 cannot be assessed; 1830 is the first year that can"),
    (["assess", "--expected", "exercise", "--year", "0"], "the year 0 cannot be told"),
    (["assess", "--expected", "exercise", "--year", "10000"], "10000 is not over"),
    (["watch", "--replay", "0001-01-01"], "a replay as if in 1 cannot be told"),
    (["watch", "--month", "9999-12"], "a list of 9999 cannot be told"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_year_that_cannot_be_told_is_refused_in_one_line(run, arguments, said):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert said in line


def test_the_pictures_that_are_named_are_those_that_are_drawn():
    assert PICTURES == ENDINGS


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("width", [40, 60, 100])
def test_numbers_and_names_stay_whole_on_a_terminal(monkeypatch, width):
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("COLUMNS", str(width))
    columns = ("state", *(f"measure_{number}" for number in range(12)))
    write_rows(columns, [("USA", *range(123_456, 123_468)), ("FRA", *range(223_456, 223_468))], as_json=False)
    words = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).split()
    for wanted in (*columns, *map(str, range(123_456, 123_468)), *map(str, range(223_456, 223_468))):
        assert wanted in words
    assert words.count("USA") == words.count("state")


def test_a_narrow_terminal_writes_each_cell_whole(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    told = run("brief", "IND", "PAK", "--year", 2025).stdout
    assert max(map(len, told.splitlines())) <= 60
    table = told.partition("WHAT IS IN FORCE")[2].partition("\n  Source")[0]
    assert "Standing: in force" in " ".join(table.split())
    assert not re.search(r"\w…", table)
