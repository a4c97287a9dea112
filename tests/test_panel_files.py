"""What a panel says of itself, and the files it writes: who speaks in a column, whom to cite, and the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pyarrow as pa
import pyarrow.csv
import pytest

import comity
from comity.panel import known_measures, panel
from comity.panel.metadata import column_said, panel_said
from comity.panel.reading import read_panel
from comity.store import open_store
from fact_samples import complete, one_source, pair_facts, state_facts
from panel_samples import opened
from strategies import about, small_source, write_sources
from test_panel_known import knows, visit, visits


def test_a_column_names_the_sources_that_speak_in_it(tmp_path):
    mute = visits("mute", (knows("visit", 1970, 1979),), visit("1", 1975, FRA="visitor", JPN="host"))
    loud = visits("loud", (), visit("1", 1995, FRA="visitor", JPN="host"))
    calm = visits("calm", (knows("visit", 1990, 1999),))
    write_sources(tmp_path / "store", *(sample.loaded() for sample in (mute, loud, calm)))
    with open_store(tmp_path / "store") as store:
        for years, sources in (
            ((1975, 1975), b"mute"),
            ((1985, 1985), b""),
            ((1995, 1995), b"calm"),
            ((1990, 2000), b"calm"),
        ):
            made = panel(store, "dyad_year", years=years).add("visit_count").to_arrow()
            assert made.schema.field("visit_count").metadata[b"sources"] == sources


@pytest.fixture
def store(tmp_path_factory):
    """Three sources that speak of the pairs of Japan, and one of which nobody is asked."""
    spell = {"rivalry_kind": "spatial", "state_a": "JPN", "state_b": "RUS", "start_date": date(1990, 1, 1)}
    spell |= {"start_precision": "year", "known_until": date(2000, 12, 31)}
    shares = state_facts("cinc_share", {("JPN", 1995): 0.05, ("RUS", 1995): 0.07})
    samples = [
        one_source({"state_year_fact": shares}, name="power"),
        one_source({"rivalry": [spell]}, complete("rivalry", 1816, 2000), name="rivals"),
        one_source(
            {"dyad_year_fact": pair_facts("dispute_ongoing", {("JPN", "RUS", 1995): 1.0})},
            complete("dispute", 1990, 1999), complete("mid", 1980, 1989), name="disputes",
        ),
        one_source({}, complete("visit", 1990, 1999), name="silent"),
    ]  # fmt: skip
    with opened(tmp_path_factory, samples) as opened_store:
        yield opened_store


def test_every_column_says_what_it_means_and_who_speaks_in_it(store):
    made = panel(store, "dyad_year", years=(1995, 1996), states=("JPN",)).add("cinc_ratio", "dispute_ongoing")
    made.add(own="SELECT 'JPN' AS state_a, 'USA' AS state_b, 1995 AS year, 1 AS value")
    said = {field.name: column_said(field) for field in made.to_arrow().schema}
    assert said["cinc_ratio"].sources == ("power",)
    assert said["cinc_ratio"].versions == ("1",)
    assert said["cinc_ratio"].means == known_measures("dyad_year")["cinc_ratio"].means.partition("\n")[0]
    assert said["dispute_ongoing"].sources == ("disputes",)
    # Of the two statements of the source, that about the kind of the measure.
    assert said["dispute_ongoing"].coverage == ("disputes 1: 1990-01-01 to 1999-12-31, complete",)
    assert said["dispute_ongoing"].unit == "0 or 1"
    assert said["dispute_ongoing"].type == "flag"
    assert said["own"].sources == ()
    assert set(made.citations()) == {"power", "disputes"}
    assert made.citations()["power"] == {"citation": "Cited as power", "version": "1", "terms": "CC BY 4.0"}
    told = panel_said(made.schema())
    assert set(told.sources) == {"power", "disputes"}
    assert (told.unit, told.system, told.years) == ("dyad_year", "cow", "1995:1996")
    assert told.command == "comity panel dyad_year --years 1995:1996 --states JPN --measures cinc_ratio,dispute_ongoing"


def test_what_was_coded_looking_back_is_marked_and_so_is_what_is_made_of_it(store):
    """A panel of all measures says so of each that has hindsight, and of what takes its values."""
    pairs = panel(store, "dyad_year", years=(1995, 1995), states=("JPN",)).add("all")
    marked = {field.name for field in pairs.schema() if column_said(field).is_hindsight}

    def looks_back(measure):
        registries = [known_measures(unit) for unit in ("dyad_year", "state_year")]
        of = [next(each[name] for each in registries if name in each) for name in measure.of]
        return measure.is_hindsight or any(looks_back(each) for each in of)

    assert marked == {name for name, column in pairs.columns.items() if looks_back(column.measure)}
    assert {"is_spatial_rivalry", "is_strategic_rivalry"} <= marked
    assert "dispute_ongoing" not in marked
    assert column_said(pairs.schema().field("is_spatial_rivalry")).sources == ("rivals",)
    # Only who speaks is cited: the source of visits, which covers these years, does.
    assert set(pairs.citations()) == {"power", "disputes", "rivals", "silent"}


def test_a_panel_comes_back_from_the_files_it_is_written_to(tmp_path):
    source = visits(
        "alpha", (knows("visit", 1995, 1995, states=("USA",)),), visit("1", 1995, USA="visitor", JPN="host")
    )
    write_sources(tmp_path / "store", source.loaded())
    with comity.open_store(tmp_path / "store") as session:
        made = session.panel("dyad_year", years=(1995, 1996), states=("JPN",)).add("all")
    made.write(tmp_path / "out.parquet")
    made.write(tmp_path / "out.csv")
    table = made.to_arrow()
    kept = read_panel(tmp_path / "out.parquet")
    assert kept.equals(table)
    assert kept.schema.equals(table.schema, check_metadata=True)
    assert kept.schema.field("visit_count").metadata[b"sources"] == b"alpha"
    assert pa.Table.from_batches(made.batches(), made.schema()).equals(table)
    text = pyarrow.csv.read_csv(tmp_path / "out.csv")
    assert text.column("visit_count").to_pylist() == table.column("visit_count").to_pylist()
    beside = {"out.README.md", "out.bib"}
    assert {path.name for path in tmp_path.iterdir()} == {"store", "out.parquet", "out.csv"} | beside


_WRITING = """
import sys
from pathlib import Path
import comity
with comity.open_store(Path(sys.argv[1]) / "store") as session:
    made = session.panel("directed_dyad_year", years=(1994, 1996), states=("JPN",)).add("all")
    made.add(double=lambda panel: panel["visit_count"] * 2)
for kind in ("parquet", "csv", "dta"):
    folder = Path(sys.argv[2]) / kind
    folder.mkdir()
    made.write(folder / f"out.{kind}")
"""


def test_the_same_store_and_request_make_the_same_bytes(tmp_path):
    """In processes that hash their sets in another order each."""
    source = visits("alpha", (knows("visit", 1995, 1995),), visit("1", 1995, USA="visitor", JPN="host"))
    write_sources(tmp_path / "store", source.loaded(), small_source("beta"))
    written = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        called = [sys.executable, "-c", _WRITING, str(tmp_path), str(tmp_path / seed)]
        subprocess.run(called, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        files = sorted(path for path in (tmp_path / seed).rglob("*") if path.is_file())
        written.append({path.relative_to(tmp_path / seed): path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert {path.suffix for path in written[0]} == {".parquet", ".csv", ".dta", ".md", ".bib"}


def test_a_panel_for_the_public_is_made_of_public_rows(tmp_path):
    """The coverage of a source of which the public sees no row makes no zeros for it either."""
    hidden = small_source("alpha", ["owner"])
    assert hidden.about == about("alpha")
    write_sources(tmp_path / "store", hidden)
    for audience, zeros in (("owner", True), ("public", False)):
        with open_store(tmp_path / "store", audience) as store:
            made = panel(store, "dyad_year", years=(1995, 1995)).add("visit_count").to_arrow()
        assert (made.column("visit_count").null_count == 0) == zeros
