"""What each audience sees: the rows its labels allow, and nothing that tells of the others."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.sources.about import Loaded
from comity.store import open_store
from comity.vocab.labels import may_see
from strategies import about, audiences, labels, small_source, write_sources

SECRET = "Operation Hush"


@settings(max_examples=25, deadline=None)
@given(st.lists(labels, max_size=6), st.lists(labels, max_size=4), audiences)
def test_an_audience_sees_exactly_the_rows_it_may_see(tmp_path_factory, first, second, audience):
    place = tmp_path_factory.mktemp("labels") / "store"
    write_sources(place, small_source("alpha", first), small_source("beta", second))
    seen = {"alpha": [], "beta": []}
    for source, given_labels in (("alpha", first), ("beta", second)):
        seen[source] = sorted(label for label in given_labels if may_see(audience, label))
    with open_store(place, audience) as store:
        shown = store.ask("SELECT DISTINCT label FROM core.engagement").column(0).to_pylist()
        assert all(may_see(audience, label) for label in shown)
        found = store.ask("SELECT source, label FROM core.engagement").to_pylist()
        assert sorted((row["source"], row["label"]) for row in found) == sorted(
            (source, label) for source, visible in seen.items() for label in visible
        )
        # Counts and terms tell no more than the rows do.
        assert store.row_counts() == {
            ("engagement", source): len(visible) for source, visible in seen.items() if visible
        }
        known = {"alpha", "beta"} if audience == "owner" else {source for source in seen if seen[source]}
        assert set(store.abouts()) == known
        assert {source for source, _ in store.coverage("visit")} == known


def test_what_a_source_counts_is_not_told_to_those_who_see_a_part_of_it(tmp_path):
    place = tmp_path / "store"
    write_sources(place, small_source("alpha", ["public", "owner"]), small_source("beta"))
    with open_store(place, "public") as store:
        alpha, beta = store.abouts()["alpha"], store.abouts()["beta"]
    # The files' row counts and the rows left out include the rows that are hidden.
    assert (alpha.files, alpha.left_out, alpha.known_errors) == ((), {}, ())
    assert beta == about("beta")
    with open_store(place, "owner") as store:
        assert store.abouts()["alpha"] == about("alpha")


@settings(max_examples=15, deadline=None)
@given(audiences, st.booleans(), st.booleans())
def test_rows_that_may_not_be_passed_on_are_for_the_owner_alone(tmp_path_factory, audience, redistribute, supplied):
    place = tmp_path_factory.mktemp("rights") / "store"
    bound = small_source("bound")
    terms = about("bound", redistribute=redistribute, user_supplied=supplied)
    write_sources(place, small_source("open"), Loaded(terms, bound.tables))
    is_shown = audience == "owner" or (redistribute and not supplied)
    with open_store(place, audience) as store:
        found = store.ask("SELECT DISTINCT source FROM core.engagement ORDER BY ALL").column(0).to_pylist()
        assert found == (["bound", "open"] if is_shown else ["open"])
        assert {source for _, source in store.row_counts()} == set(found) == set(store.abouts())
        assert {source for source, _ in store.coverage("visit")} == set(found)
        assert store.withheld() == ({} if is_shown else {"bound": "Title of bound"})


def test_a_source_whose_label_hides_it_is_not_named_as_withheld(tmp_path):
    place = tmp_path / "store"
    hidden = small_source("hidden", ["owner"])
    write_sources(place, Loaded(about("hidden", redistribute=False), hidden.tables))
    with open_store(place, "public") as store:
        assert store.withheld() == {}


def test_aggregates_are_made_of_visible_rows_only(tmp_path):
    place = tmp_path / "store"
    write_sources(place, small_source("alpha", ["public", "owner", "nations:JPN"], personnel_count=10))
    totals = {}
    for audience in ("owner", "public", "nation:JPN"):
        with open_store(place, audience) as store:
            totals[audience] = store.ask("SELECT sum(personnel_count)::INT AS n FROM core.engagement").to_pylist()
    assert totals == {"owner": [{"n": 30}], "public": [{"n": 10}], "nation:JPN": [{"n": 20}]}


def test_paths_of_labels_stay_inside_the_store(tmp_path):
    place = tmp_path / "store"
    write_sources(place, small_source("alpha", ["public", "community:NATO,US-UK", "nations:AUS,JPN"]))
    for path in (place / "parts").iterdir():
        assert path.name.replace("-", "").isalnum()
    assert {path.name for path in Path(tmp_path).iterdir()} == {"store"}
