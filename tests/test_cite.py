"""Citations: in words with their terms, and as BibTeX that says the same, character for character."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli_samples import strict
from comity.cli import main
from comity.record import about_register
from comity.sources import bibtex_entry, source_names
from comity.sources.citing import authors_and_year, escaped
from comity.sources.contract import contract
from register_samples import good_records, write_records

SPECIAL = {
    **{f"\\{mark}": mark for mark in "#$%&_"},
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
}  # fmt: skip


def set_text(text: str) -> str:
    """A text as LaTeX would show it; a special mark that stands alone is a failure."""
    shown = re.sub(r"\\text[a-z]+\{\}|\\[#$%&_]", lambda found: chr(0xE000 + list(SPECIAL).index(found[0])), text)
    assert not re.search(r"[\\#$%&_~^]", shown.replace("{", "").replace("}", "")), text
    return "".join(
        list(SPECIAL.values())[ord(mark) - 0xE000] if 0xE000 <= ord(mark) < 0xE010 else mark for mark in shown
    )


def read_entry(entry: str) -> tuple[str, str, dict[str, str]]:
    """Kind, key and fields of one entry, read by counting braces as BibTeX does."""
    begun = re.match(r"@([a-z]+)\{([^\s,{}]+),\n", entry)
    assert begun is not None
    fields: dict[str, str] = {}
    rest = entry[begun.end() :]
    while field := re.match(r"  ([a-z]+) = \{", rest):
        depth, end = 1, field.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        assert rest[end : end + 2] == ",\n"
        assert field[1] not in fields
        fields[field[1]] = rest[field.end() : end - 1]
        rest = rest[end + 2 :]
    assert rest == "}"
    return begun[1], begun[2], fields


def outer(text: str) -> str:
    """What stands in the braces that keep a name or a title as it is written."""
    assert (text[0], text[-1]) == ("{", "}")
    return text[1:-1]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cc"))))
def test_an_escaped_text_is_set_as_it_was_and_its_braces_match(text):
    shown = escaped(text)
    assert set_text(shown) == text
    assert shown.count("{") == shown.count("}")
    depths = [0]
    for mark in shown:
        depths.append(depths[-1] + {"{": 1, "}": -1}.get(mark, 0))
    assert min(depths) == 0


@pytest.mark.parametrize("name", source_names())
def test_every_source_has_an_entry_that_says_what_its_contract_does(name):
    promise = contract(name)
    kind, key, fields = read_entry(bibtex_entry(name, promise))
    assert (kind, key) == (promise.bibtex.get("type", "misc"), name)
    assert fields["author"]
    told = {"title": set_text(outer(fields["title"])), "note": set_text(fields["note"])}
    expected = {"title": promise.title, "note": promise.citation}
    assert {field: told[field] for field in told if field not in promise.bibtex} == {
        field: expected[field] for field in told if field not in promise.bibtex
    }
    assert set_text(fields["version"]) == promise.bibtex.get("version", promise.version)
    assert fields["url"] == promise.bibtex.get("url", promise.url)


def test_an_entry_is_as_a_reader_would_write_it():
    assert bibtex_entry("dcad", contract("dcad")) == (
        "@misc{dcad,\n"
        "  author = {Kinne, B. J.},\n"
        "  title = {{Defense Cooperation Agreement Dataset}},\n"
        "  year = {2020},\n"
        "  version = {1.0},\n"
        "  howpublished = {Correlates of War Project},\n"
        "  url = {https://correlatesofwar.org/data-sets/defense-cooperation-agreement-dataset/},\n"
        "  note = {Kinne, B. J. 2020. The Defense Cooperation Agreement Dataset (DCAD). "
        "Journal of Conflict Resolution 64:729-755.},\n"
        "}"
    )


AUTHORS = {
    "Kinne, B. J. 2020. Defense.": (("Kinne, B. J.",), "2020"),
    "Leeds, B. A., J. M. Ritter and A. G. Long. 2002. Treaties.": (
        ("Leeds, B. A.", "J. M. Ritter", "A. G. Long"),
        "2002",
    ),
    "Gleditsch, K. S., and M. D. Ward. 1999. List.": (("Gleditsch, K. S.", "M. D. Ward"), "1999"),
    "Schvitz, G., L.-E. Cederman and J. L. van Zanden. 2022. Maps.": (
        ("Schvitz, G.", "L.-E. Cederman", "J. L. van Zanden"),
        "2022",
    ),
    "Coppedge, M., et al. 2026. V-Dem.": (("Coppedge, M.", "others"), "2026"),
    "Custer, S. and others. 2019. Dashboard.": (("Custer, S.", "others"), "2019"),
    # A body is one name, whatever words and commas it has.
    "Correlates of War Project. 2017. List.": (("Correlates of War Project",), "2017"),
    "Office of Trade and Aid, U.S. Department of State. 2017. List.": (
        ("Office of Trade and Aid, U.S. Department of State",),
        "2017",
    ),
    # What stands before the first year is more than authors.
    "Brecher, M. and D. Quinn. A Codebook. Pairs: Hewitt, J. J. 2003. Dyads.": ((), ""),
    "Travels Abroad of the President.": ((), ""),
    "": ((), ""),
}


@pytest.mark.parametrize("citation", AUTHORS)
def test_authors_are_taken_from_a_citation_or_not_at_all(citation):
    assert authors_and_year(citation) == AUTHORS[citation]


def test_without_authors_the_publisher_is_the_author_and_the_release_gives_the_year():
    promise = msgspec.structs.replace(
        contract("dcad"), citation="A list.", publisher="R&D {Office} and Sons", published=date(2021, 5, 1), url="none"
    )
    _, _, fields = read_entry(bibtex_entry("dcad", promise))
    assert set_text(outer(fields["author"])) == "R&D {Office} and Sons"
    assert fields["year"] == "2021"
    assert not {"howpublished", "url"} & set(fields)
    _, _, fields = read_entry(bibtex_entry("dcad", msgspec.structs.replace(promise, published=None)))
    assert "year" not in fields


def test_a_contract_s_own_fields_go_first():
    own = {"type": "article", "journal": "War & Peace", "year": "1999", "url": "https://a.b/c_d?x={1}"}
    kind, _, fields = read_entry(bibtex_entry("dcad", msgspec.structs.replace(contract("dcad"), bibtex=own)))
    assert (kind, fields["journal"], fields["year"]) == ("article", r"War \& Peace", "1999")
    assert fields["url"] == "https://a.b/c_d?x=%7B1%7D"
    assert fields["author"] == "Kinne, B. J."


# The command.


def test_sources_are_cited_with_their_terms_and_flags(run):
    rows = strict(run("cite", "register", "gw_states", "atop", "gw_states", "--json").stdout)
    register = about_register()
    assert rows[0] == {
        "source": "register",
        "citation": register.citation,
        "terms": register.terms,
        "redistribute": True,
        "user_supplied": False,
    }
    assert [(row["source"], row["redistribute"]) for row in rows[1:]] == [("gw_states", True), ("atop", False)]
    words = run("cite", "atop").stdout
    assert contract("atop").terms in words
    assert "redistribute" in words


def test_without_a_name_everything_is_cited_in_words_and_in_bibtex(run):
    every = ["register", *source_names()]
    assert [row["source"] for row in strict(run("cite", "--json").stdout)] == every
    entries = run("cite", "--bibtex").stdout.rstrip("\n").split("\n\n")
    assert [read_entry(entry)[1] for entry in entries] == every
    told = strict(run("cite", "--bibtex", "--json").stdout)
    assert told == [{"source": name, "bibtex": entry} for name, entry in zip(every, entries, strict=True)]


def test_the_register_is_cited(run):
    _, key, fields = read_entry(run("cite", "register", "--bibtex").stdout.rstrip("\n"))
    assert (key, fields["author"]) == ("register", "{The comity project}")
    assert fields["version"] == about_register().version
    assert "url" not in fields  # the register's address is a file of the project


def test_own_records_are_cited_under_the_name_they_have_in_a_panel(tmp_path):
    def run(*words):
        return CliRunner(env={"COMITY_HOME": str(tmp_path)}).invoke(main, words)

    none = run("cite", "register_own")
    assert (none.exit_code, "there are no own records in" in none.output) == (1, True)
    region = good_records()["region/sea.yml"]
    write_records(tmp_path / "records", {"region/my-sea.yml": region})
    [row] = strict(run("cite", "register_own", "--json").output)
    assert re.fullmatch(r"Own records of the owner of this store, version [0-9a-f]{12}\.", row["citation"])
    assert read_entry(run("cite", "register_own", "--bibtex").output.rstrip("\n"))[1] == "register_own"
    other = run("--audience", "public", "cite", "register_own")
    assert (other.exit_code, other.output.count("own records are their owner's")) == (1, 1)
