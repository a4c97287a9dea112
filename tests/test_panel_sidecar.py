"""What a panel says of itself, and the two files beside it: for people, and for BibTeX."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import __version__
from comity.panel.metadata import (
    ColumnFacts,
    PanelFacts,
    column_metadata,
    column_said,
    first_sentence,
    panel_said,
    table_metadata,
)
from comity.panel.sidecar import bibtex_text, readme_text, write_sidecar
from panel_file_samples import CALLS, LONG, PACTS, SCHEMA
from test_cite import outer, read_entry, set_text

GOLDEN = Path(__file__).parent / "golden"


def test_metadata_say_what_was_told_and_are_read_back():
    said = column_said(SCHEMA.field(LONG))
    assert said.means == "Missions both serve in, e.g. of neighbors."
    assert (said.sources, said.versions) == (("calls", "pacts"), ("June 2024", "3.1"))
    assert said.is_hindsight
    assert said.coverage == (
        "calls June 2024: 1946-01-01 to 2023-12-31, complete",
        "pacts 3.1: 1816-01-01 to 2018-12-31, complete",
        "pacts 3.1: 1900-01-01 to 2018-12-31, positive only",
    )
    # A measure's coverage is that of its own kinds of fact.
    assert column_said(SCHEMA.field("is_pact")).coverage == said.coverage[1:2]
    panel = panel_said(SCHEMA)
    assert (panel.years, panel.as_of, panel.comity) == ("1946:1947", "2024-07-01", __version__)
    assert panel.sources["pacts"].citation == PACTS.citation
    assert list(json.loads(SCHEMA.metadata[b"citations"])) == ["calls", "pacts"]


def test_a_schema_that_says_nothing_is_told_as_it_is():
    bare = pa.schema([pa.field("x", pa.int8())])
    text = readme_text(bare, "p.csv", 0)
    assert "| `x` | – | – | – | – |" in text
    assert "No source speaks in this panel." in text
    assert bibtex_text(bare) == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("Tons of the U.S. Navy. Two.", "Tons of the U.S. Navy."),
        ("A share of 0.5 or more", "A share of 0.5 or more"),
        ("Over\n  two lines.\n\nMore.", "Over two lines."),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_where_it_does(text, first):
    assert first_sentence(text) == first


def test_each_source_has_an_entry_that_says_what_the_panel_does():
    entries = dict(zip(["calls", "pacts"], bibtex_text(SCHEMA).rstrip("\n").split("\n\n"), strict=True))
    for name, about in (("calls", CALLS), ("pacts", PACTS)):
        _, key, fields = read_entry(entries[name])
        assert key == name
        assert set_text(outer(fields["title"])) == about.title
        assert set_text(fields["note"]) == about.citation
    assert read_entry(entries["pacts"])[2]["author"] == "Roe, J. and A. Doe"
    assert read_entry(entries["pacts"])[2]["year"] == "2009"
    assert "year" not in read_entry(entries["calls"])[2]  # neither the citation nor the release tells one


hostile = st.text(alphabet=st.sampled_from("|*<>`_{}\\&%$#~^\n aé."), max_size=20)


@given(hostile, hostile)
def test_texts_with_special_marks_break_neither_file(means, citation):
    about = msgspec.structs.replace(CALLS, citation=citation, title="x" + means)
    field = pa.field("x", pa.int8(), metadata=column_metadata(ColumnFacts(means=means, measured_in="x", type="count")))
    facts = PanelFacts(title="T", unit="state_year", system="gw", years=(2000, 2001), sources=(about,))
    schema = pa.schema([field], metadata=table_metadata(facts))
    line = next(line for line in readme_text(schema, "p.csv", 1).split("\n") if line.startswith("| `x`"))
    assert line.replace("\\|", "").count("|") == 6
    _, _, fields = read_entry(bibtex_text(schema).rstrip("\n"))
    assert set_text(fields.get("note", "")) == citation


@pytest.mark.parametrize("ending", [".parquet", ".dta"])
def test_the_golden_side_cars_are_as_they_were(tmp_path, ending, golden):
    paths = write_sidecar(SCHEMA, tmp_path / f"panel{ending}", 3)
    assert [path.name for path in paths] == ["panel.README.md", "panel.bib"]
    for path in paths:
        made = path.read_text(encoding="utf-8").replace(f"comity {__version__}", "comity 0.0.0")
        kept = GOLDEN / ("panel.bib" if path.suffix == ".bib" else f"panel{ending.replace('.', '-')}.README.md")
        if golden:
            kept.write_text(made, encoding="utf-8")
        assert made == kept.read_text(encoding="utf-8"), f"{kept.name} differs; `pytest --golden` writes it anew"
