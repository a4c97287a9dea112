"""How a brief looks: the same bytes each time, complete in itself, safe with hostile text, as the golden files say."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as pages

from brief_samples import TODAY, MemoryStore, blocks_of, engagement, incident, register_rows, together, write_sample
from comity.brief import (
    Chart,
    KeyFigures,
    Table,
    brief_json,
    compose,
    render_html,
    render_markdown,
    render_terminal,
)
from comity.brief.blocks import Figure
from comity.brief.charts import chart_spec
from comity.brief.references import linkable
from comity.store import open_store

GOLDEN = Path(__file__).parent / "golden"
SUBJECTS = {"region": ("amber-sea",), "pair": ("ISL", "IRL")}
RENDERERS = {
    "html": render_html,
    "txt": render_terminal,
    "md": render_markdown,
    "json": lambda brief: json.dumps(brief_json(brief), indent=1, ensure_ascii=False) + "\n",
}
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> \x1b[31m\u202e | ]] `x` </svg></style>{{ 7*7 }}'


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_sample(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


@pytest.fixture(scope="module", params=sorted(SUBJECTS))
def brief(request, sample):
    return compose(sample, SUBJECTS[request.param], today=TODAY)


@pytest.fixture(scope="module")
def hostile():
    """A world in which every text that anybody may write is hostile."""
    rows = together(
        register_rows(),
        engagement("bad", date(2025, 5, 5), ("ISL", "IRL"), location=HOSTILE),
        incident(
            "worse", date(2025, 6, 6), ("ISL:actor", "IRL:affected"), accounts=[HOSTILE], latitude=57.0, longitude=-13.0
        ),
    )
    for held in rows.values():
        for row in held:
            row.update({key: HOSTILE for key in ("name", "title", "publisher", "summary") if key in row})
            row.update({"url": "javascript:alert(1)"} if "url" in row else {})
    store = MemoryStore(rows)
    return [compose(store, words, today=TODAY) for words in SUBJECTS.values()]


@pytest.mark.parametrize("ending", sorted(RENDERERS))
@pytest.mark.parametrize("kind", sorted(SUBJECTS))
def test_the_golden_files_are_as_they_were(kind, ending, sample, golden):
    made = RENDERERS[ending](compose(sample, SUBJECTS[kind], today=TODAY))
    path = GOLDEN / f"brief-{kind}.{ending}"
    if golden:
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{path.name} differs; `pytest --golden` writes it anew"


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_the_same_brief_gives_the_same_bytes(sample, render):
    for words in SUBJECTS.values():
        assert render(compose(sample, words, today=TODAY)) == render(compose(sample, words, today=TODAY))


def test_the_page_needs_nothing_but_itself(brief):
    page = render_html(brief)
    tree = pages.document_fromstring(page)
    assert not tree.xpath("//script | //link | //iframe | //object | //embed | //base | //form | //img")
    assert not tree.xpath("//@src | //@srcset | //@action | //@*[starts-with(name(), 'on')]")
    addresses = {(found.getparent().tag, str(found)) for found in tree.xpath("//@href | //@*[name()='xlink:href']")}
    assert addresses
    assert all(tag == "a" and address.startswith(("#", "https://", "http://")) for tag, address in addresses)
    assert not re.search(r"@import|url\((?!#)|expression\(", page)  # a hatching lies in the page


def test_every_number_on_the_page_leads_to_a_source_and_back(brief):
    tree = pages.document_fromstring(render_html(brief))
    listed = {item.get("id") for item in tree.xpath("//ol[@class='sources']/li")}
    led_to = {found.get("href").lstrip("#") for found in tree.xpath("//a[@class='ref']")}
    assert listed == led_to
    assert {int(item.removeprefix("ref-")) for item in listed} == set(range(1, len(brief.references) + 1))
    inner = {str(found).lstrip("#") for found in tree.xpath("//@href[starts-with(., '#')]")}
    assert inner <= {str(found) for found in tree.xpath("//@id")}


def test_the_page_can_be_read_without_seeing_it(brief):
    tree = pages.document_fromstring(render_html(brief))
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") for cell in tree.xpath("//th"))
    assert all(picture.get("aria-label") for picture in tree.xpath("//*[@role='img']"))
    assert len(tree.xpath("//*[@role='img']//*[local-name()='svg']")) == page_svgs(tree)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id")))


def page_svgs(tree):
    """Every drawing; one that stood outside a described figure would be counted here and not there."""
    drawings = [node for node in tree.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == "svg"]
    assert drawings
    return len(drawings)


def test_hostile_text_stays_text(hostile):
    for brief in hostile:
        page = render_html(brief)
        tree = pages.document_fromstring(page)
        assert not tree.xpath("//script | //img | //@onerror | //@*[starts-with(., 'javascript:')]")
        assert len(tree.xpath("//style")) == 1
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in tree.text_content()
        for text in (page, render_terminal(brief), render_markdown(brief)):
            assert "\x1b" not in text
            assert "\u202e" not in text
        assert not re.search(r"(?<!\\)<(script|img)", render_markdown(brief))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "JAVASCRIPT:1", ""])
def test_only_web_addresses_become_links(address):
    assert linkable(address) is None


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_terminal_text_keeps_to_its_width(brief, width):
    assert max(len(line) for line in render_terminal(brief, width).splitlines()) <= width


def test_every_number_in_the_terminal_is_in_its_list_of_sources(brief):
    text, _, sources = render_terminal(brief).partition("\nSOURCES\n")
    listed = set(re.findall(r"^ *\[(\d+)\]", sources, re.MULTILINE))
    assert set(re.findall(r"\[(\d+)\]", text)) == listed
    assert listed <= {str(reference.number) for reference in brief.references}


def test_the_terminal_is_plain_unless_color_is_asked_for(brief):
    assert "\x1b" not in render_terminal(brief)
    colored = render_terminal(brief, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored).split() == render_terminal(brief).split()


def test_what_two_lists_tell_of_is_one_row():
    """A fleet exercise stands in two lists by one name and day: it is one row, and two of one list stay two."""
    day, place = date(2009, 8, 1), {"location": "Amber Sea"}
    rows = together(
        engagement("one", day, ("ISL", "IRL"), source="tally"),
        engagement("other", day, ("ISL", "IRL", "NZL"), source="count", **place),
        engagement("another", day, ("ISL", "IRL", "NZL"), source="count", **place),
        engagement("elsewhere", day, ("ISL", "IRL", "MLT"), source="tally"),
    )
    store = MemoryStore(rows | {"engagement": [row | {"name": "Autumn Tide 09"} for row in rows["engagement"]]})
    brief = compose(store, ("ISL", "IRL"), 2010, today=TODAY)
    table = next(block for block in blocks_of(brief, Table) if block.title == "The latest engagements")
    assert sorted(row.refs for row in table.rows) == [("count",), ("count", "tally"), ("tally",)]
    (joined,) = (row for row in table.rows if len(row.refs) == 2)
    assert joined.cells[3] == "Amber Sea"
    assert "New Zealand" in joined.cells[2].names


def test_unknown_is_a_dash_and_zero_is_a_zero(sample):
    brief = compose(sample, SUBJECTS["pair"], 2010, today=TODAY)
    table = next(block for block in blocks_of(brief, Table) if block.title == "The latest engagements")
    people = {row.cells[1]: row.cells[4] for row in table.rows}
    assert (people["Amber shield 2009"], people["Amber shield 2010"]) == (None, 0)
    tree = pages.document_fromstring(render_html(brief))
    shown = {
        row.xpath("string(td[2])").strip(): row.xpath("string(td[5])").strip()
        for row in tree.xpath("//tr[starts-with(normalize-space(td[2]), 'Amber shield')]")
    }
    assert shown == {"Amber shield 2009": "–", "Amber shield 2010": "0"}
    assert "– means not known." in render_html(brief)
    assert "– means not known." in render_terminal(brief)


def test_a_key_figure_that_is_not_known_is_not_shown_as_zero(brief):
    figures = KeyFigures(figures=(Figure(None, "ships", "", ("register",)), Figure(0, "planes", "", ("register",))),
        cites=("register",), as_of="today")  # fmt: skip
    first = brief.sections[0]
    object.__setattr__(first, "blocks", (*first.blocks, figures))
    assert re.search(r"–\s+ships", render_terminal(brief))
    assert re.search(r"0\s+planes", render_terminal(brief))
    values = pages.document_fromstring(render_html(brief)).xpath("//dd[@class='value']/text()")
    assert values[-2:] == ["–", "0"]
    object.__setattr__(first, "blocks", first.blocks[:-1])


def test_what_is_not_verified_carries_a_badge(brief):
    tree = pages.document_fromstring(render_html(brief))
    marked = {
        row.xpath("string(td[contains(., 'unverified')])").strip() for row in tree.xpath("//tr[.//*[@class='badge']]")
    }
    unverified = {
        row.cells for block in blocks_of(brief, Table) for row in block.rows if row.verification == "unverified"
    }
    assert len(marked) == len(unverified) > 0
    assert render_terminal(brief).count("(unverified)") == len(unverified)


def test_a_brief_as_data_is_plain_json_and_carries_the_charts(brief):
    made = brief_json(brief)
    assert json.loads(json.dumps(made)) == made
    charts = [block for part in made["sections"] for block in part["blocks"] if block["kind"] == "chart"]
    assert charts
    assert all(chart["vega_lite"]["$schema"].endswith("v6.json") for chart in charts)
    numbers = {reference["number"] for reference in made["references"]}
    cited = {number for part in made["sections"] for block in part["blocks"] for number in block["cites"]}
    assert cited <= numbers


def test_bars_stand_on_one_another_and_add_up(brief):
    for chart in blocks_of(brief, Chart):
        bars = chart_spec(chart)["layer"][1]["data"]["values"]
        for year in {bar["year"] for bar in bars}:
            stack = sorted((bar["bottom"], bar["top"]) for bar in bars if bar["year"] == year)
            assert stack[0][0] == 0
            assert all(below[1] == above[0] for below, above in pairwise(stack))
            assert stack[-1][1] == chart.total(year)
