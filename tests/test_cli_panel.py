"""The command `comity panel`: panels of every unit, shown, piped and written, and the list of measures."""

from __future__ import annotations

from types import SimpleNamespace

import pyarrow.csv
import pytest

from cli_samples import strict
from comity.cli import panel as panel_command
from comity.panel import UNITS, known_measures, read_panel
from comity.panel.catalog import catalog, entry, looks_back
from comity.panel.naming import columns
from comity.panel.stata import stata_name

YEARS = ["--years", "2020:2021"]
EXERCISES = [*YEARS, "--states", "PHL", "--measures", "exercise_count"]


def test_the_command_knows_every_unit():
    """It names them itself, because the rooms that know them take long to import."""
    assert panel_command.UNITS == UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_answers(run, unit):
    measure = "exercise_partner_count" if unit == "state_year" else "exercise_count"
    arguments = ["panel", unit, *EXERCISES[:-1], measure]
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    rows = strict(done.stdout)
    keys = (
        ["state"]
        if unit == "state_year"
        else ["from_state", "to_state"]
        if "directed" in unit
        else ["state_a", "state_b"]
    )
    assert list(rows[0]) == [*keys, "year", *(["month"] if unit == "dyad_month" else []), measure]
    assert all("PHL" in [row[key] for key in keys] for row in rows)
    # A state's partners are unknown while those of any of its pairs are.
    assert any(row[measure] for row in rows) == (unit != "state_year")
    # A pipe has every row, whatever a terminal would show.
    assert len(run(*arguments).stdout.splitlines()) == len(rows) + 4


def test_states_are_named_as_in_the_last_year_in_which_they_were(run):
    asked = ("panel", "dyad_year", "--measures", "exercise_count", "--years", "1985:1995", "--json", "--states")
    rows = strict(run(*asked, "East Germany,POL").stdout)
    assert {row["year"] for row in rows if "DDR" in (row["state_a"], row["state_b"])} == set(range(1985, 1991))
    refused = run(*asked, "Atlantis,POL")
    assert (refused.exit_code, refused.stderr) == (1, "Error: 'Atlantis' is no state comity knows\n")


def test_a_topic_and_the_columns_of_one_side_are_measures_too(run):
    said = run("panel", "dyad_year", *EXERCISES[:-1], "visit,ideal_point_b", "--json").stdout
    visits = [
        column.name
        for each in known_measures("dyad_year").values()
        if each.topic == "visit"
        for column in columns("dyad_year", each)
    ]
    assert list(strict(said)[0]) == ["state_a", "state_b", "year", *visits, "ideal_point_b"]


def test_a_terminal_is_shown_what_people_read(run, monkeypatch):
    monkeypatch.setattr(panel_command, "sys", SimpleNamespace(stdout=Terminal()))
    monkeypatch.setattr(panel_command.shutil, "get_terminal_size", Terminal)
    shown = []
    monkeypatch.setattr(panel_command, "write_rows", lambda names, rows, as_json: shown.append((names, [*rows])))
    done = run("panel", "dyad_year", *YEARS, "--states", "PHL", "--measures", "exercise_count,visit_count")
    assert done.exit_code == 0
    [(names, rows)] = shown
    assert names == ["state_a", "state_b", "year", "exercise_count"]
    assert len(rows) == panel_command.MOST_ROWS
    assert done.stderr.startswith("not shown: 338 rows and 1 columns; -o panel.csv writes them all")


class Terminal:
    """Where somebody looks: narrow, and a terminal."""

    columns = 40

    def isatty(self):
        return True


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta"])
def test_what_was_written_is_told(run, tmp_path, ending):
    out = tmp_path / f"panel.{ending}"
    done = run("panel", "dyad_month", *EXERCISES, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    told, beside, cited = done.stderr.splitlines()
    assert told == f"{out}: 4,656 rows, 5 columns"
    assert all((tmp_path / name).stat().st_size for name in ("panel.README.md", "panel.bib"))
    assert (
        beside == f"beside it, what it is and whom to cite: {out.with_suffix('.README.md')}, {out.with_suffix('.bib')}"
    )
    assert cited.startswith("cite register: ")
    answer = strict(run("panel", "dyad_month", *EXERCISES, "-o", out, "--json").stdout)
    assert (answer["rows"], answer["not_to_be_passed_on"]) == (4656, [])
    assert answer["columns"] == ["state_a", "state_b", "year", "month", "exercise_count"]
    assert answer["command"] == "comity panel dyad_month --years 2020:2021 --states PHL --measures exercise_count"
    assert all(stata_name(name) == name for name in answer["columns"])


def test_what_a_panel_says_made_it_makes_it_again(run, tmp_path):
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    arguments = ["--system", "gw", "--as-of", "2026-12-31", "--measures", "visit,exercise_partner_count", *YEARS]
    answer = strict(run("panel", "directed_dyad_year", *arguments, "-o", first, "--json").stdout)
    assert run(*answer["command"].split()[1:], "-o", again).exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    assert "--as-of 2026-12-31" in answer["command"]


def test_a_measure_of_which_no_loaded_source_speaks_is_named(run):
    """The register alone says nothing of regimes; the column is there and null, and of exercises it speaks."""
    done = run("panel", "state_year", *EXERCISES[:-1], "polity_score,exercise_partner_count", "--json")
    assert {row["polity_score"] for row in strict(done.stdout)} == {None}
    assert done.stderr == "no loaded source speaks of polity_score in these years: the column is null\n"
    of_pairs = run("panel", "dyad_year", *EXERCISES[:-1], "polity_score,political_regime", "--json").stderr
    one, many = of_pairs.splitlines()
    assert one == "no loaded source speaks of polity_score in these years: their columns are null"
    count = len(catalog("dyad_year")["political_regime"])
    assert many.startswith(f"no loaded source speaks of {count} of the {count} measures that 'political_regime' asks")


def test_a_stored_panel_is_read_back(run, tmp_path):
    out = tmp_path / "panel.parquet"
    run("panel", "dyad_year", *EXERCISES, "-o", out)
    beside = tmp_path / "panel.csv"
    run("panel", "dyad_year", *EXERCISES, "-o", beside)
    kept = read_panel(out, ["year", "exercise_count"])
    assert kept.to_pydict() == pyarrow.csv.read_csv(beside).select(["year", "exercise_count"]).to_pydict()


def test_progress_is_not_part_of_the_answer(run, monkeypatch):
    """One step for each measure, on standard error where somebody looks, and each measure is filled once."""
    steps = []
    monkeypatch.setattr(panel_command, "shown", lambda *_: Steps(steps))
    done = run("panel", "dyad_year", *EXERCISES[:-1], "exercise_count,visit,exercise_count", "--json")
    assert strict(done.stdout)
    visits = [each for each in known_measures("dyad_year").values() if each.topic == "visit"]
    assert steps == [("measures", step, 1 + len(visits)) for step in range(1, 2 + len(visits))]


class Steps:
    """What notes each step instead of drawing it."""

    def __init__(self, steps):
        self.steps = steps

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        pass

    def advance(self, *step):
        self.steps.append(step)


# The list of measures, which needs no store.


def listed(run, tmp_path, *arguments):
    done = run("panel", *arguments, "--json", home=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    return strict(done.stdout)


def test_the_list_has_every_measure_once(run, tmp_path):
    every = [(measure.unit, name) for unit in UNITS for name, measure in known_measures(unit).items()]
    assert sorted((row["unit"], row["measure"]) for row in listed(run, tmp_path, "--list")) == sorted(every)
    words = run("panel", "--list", home=tmp_path)
    assert words.exit_code == 0
    assert all(f"  {name} ({unit}, " in words.stdout for unit, name in every)
    assert words.stderr.startswith(f"measures: {len(every)}, ")


@pytest.mark.parametrize("unit", UNITS)
def test_the_list_of_a_unit_has_what_its_panels_can_hold(run, tmp_path, unit):
    rows = listed(run, tmp_path, unit, "--list")
    assert rows == listed(run, tmp_path, "--list", unit)
    assert len({row["measure"] for row in rows}) == len(rows)
    assert ("state_year" in {row["unit"] for row in rows}, len(rows) > 50) == (True, True)
    [points] = [row for row in rows if row["measure"] == "ideal_point"]
    ends = {"state_year": [""], "directed_dyad_year": ["_from", "_to"]}.get(unit, ["_a", "_b"])
    assert points["columns"] == [f"ideal_point{end}" for end in ends]


def test_a_search_finds_words_of_names_topics_and_meanings(run, tmp_path):
    found = {row["measure"] for row in listed(run, tmp_path, "dyad_year", "--list", "VOTES general assembly")}
    assert found >= {"ideal_point"}
    assert {row["topic"] for row in listed(run, tmp_path, "--list", "visit_stock")} == {"visit"}
    for words in ("alliance", "peace calendar"):
        for row in listed(run, tmp_path, "--list", words):
            [measure] = [
                each for each in catalog()[row["topic"]] if (each.name, each.unit) == (row["measure"], row["unit"])
            ]
            text = " ".join([measure.name, measure.topic, *measure.means.split()]).casefold()
            assert all(word in text for word in words.split())


def test_hindsight_is_told_of_what_is_made_of_it():
    rivals = known_measures("state_year")["strategic_rivalry_count"]
    assert looks_back(rivals)
    assert entry(rivals)["is_hindsight"]
    assert not looks_back(known_measures("dyad_year")["exercise_count"])


REFUSED = {
    "a measure nobody has": (["dyad_year", *YEARS, "--measures", "exercise_cuont"], "exercise_count"),
    "a measure of another unit": (["state_year", *YEARS, "--measures", "exercise_days"], "is a measure of dyad_year"),
    "relevant states": (["state_year", *YEARS, "--relevant"], "only pairs of states can be politically relevant"),
    "what was not known then": (["dyad_year", *EXERCISES, "--as-of", "1900-01-01"], "could not be known on 1900-01-01"),
    "a search for nothing": (["--list", "excercise_count"], "the nearest names are exercise_count"),
    "another kind of file": (["dyad_year", *EXERCISES, "-o", "x.xlsx"], ".parquet, .csv or .dta"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_made_is_one_line(run, case):
    arguments, named = REFUSED[case]
    done = run("panel", *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert named in line


MISUSED = [[], YEARS, ["dyad_year"], ["dyad_year", *YEARS, "--as-of", "soon"], ["alliance", "--list"],
           ["dyad_year", *YEARS, "--system", "un"]]  # fmt: skip


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_wrong_usage_ends_with_exit_code_2(run, arguments):
    done = run("panel", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
