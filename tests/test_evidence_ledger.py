"""The ledger as data, its pages, and the command that shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_samples import strict
from comity.errors import RecordError, UnknownWord
from comity.evidence.blocks import as_html, as_markdown, as_text
from comity.evidence.claim import GRADES, Claim, PublishedFinding, claims, find_claim, findings, read_file
from comity.evidence.ledger import SHIPPED, entry, ledger, read_estimates
from comity.evidence.pages import claim_page
from comity.evidence.summary import plain_summary
from comity.panel import UNITS
from comity.panel.measure import known_measures
from comity.sources import source_names
from ledger_samples import estimate

GOLDEN = Path(__file__).parent / "golden"
SUMMARY = Path(__file__).parents[1] / "docs" / "why" / "what-we-can-say.md"
FOLDER = Path(SHIPPED).parent


def test_the_ledger_holds_the_62_claims_by_number():
    assert list(claims()) == [f"C{number:02d}" for number in range(1, 63)]
    wordings = [claim.wording for claim in claims().values()]
    assert len(set(wordings)) == 62
    assert all(wording.endswith(".") for wording in wordings)


def test_the_data_a_claim_needs_are_sources_and_measures_there_are():
    measures = {name for unit in UNITS for name in known_measures(unit)}
    sources = {*source_names(), "register"}
    missing = {
        number: [*set(claim.data.sources) - sources, *set(claim.data.measures) - measures]
        for number, claim in claims().items()
    }
    assert {number: names for number, names in missing.items() if names} == {}


def test_what_the_literature_is_said_to_find_rests_on_findings():
    # C45 to C46 and others rest on description alone, and are therefore unknown.
    bare = [
        number for number, claim in claims().items() if claim.literature.verdict != "unknown" and not claim.findings
    ]
    assert bare == []


def test_every_finding_is_quoted_graded_and_dated():
    quoted = {name for claim in claims().values() for name in claim.findings}
    assert set(findings()) - quoted == {"E32"}, "it explains why exercises are held, not what they change"
    for name, finding in findings().items():
        assert finding.grade in GRADES, name
        assert all(each.url.startswith(("https://", "http://")) for each in finding.evidence), name


def test_a_finding_that_was_not_checked_prints_no_figure():
    unverified = [finding for finding in findings().values() if finding.verification == "unverified"]
    assert unverified
    assert not any(letter.isdigit() for finding in unverified for letter in finding.found)


GOOD = (FOLDER / "claims" / "C06.yml").read_text()
WRONG = {
    "an unknown field": (GOOD + "color: red\n", "C06.yml: Object contains unknown field `color`"),
    "a field left out": (GOOD.replace("wording:", "# "), "missing required field `wording`"),
    "a field given twice": (GOOD + "claim: C06\n", "C06.yml: line 58: the field 'claim' is given twice"),
    "a word that is none": (GOOD.replace("claimed: decrease", "claimed: less"), "'less'"),
    "a size of nothing": (GOOD.replace("relative: 0.2", "relative: 0"), "relative is 0.0, not above 0"),
    "a size that is no number": (
        GOOD.replace("relative: 0.2", "relative: some"),
        "`$.smallest_effect.relative` ('some')",
    ),
    "no data to test it": (GOOD.replace("testability: testable", "testability: needs_data"), "needs does not say"),
    "another number": (
        GOOD.replace("claim: C06", "claim: C07", 1),
        "C06.yml: claim is 'C07', not the name of the file",
    ),
    "no YAML": ("a: [", "C06.yml: line"),
    "a list": ("- a\n", "C06.yml: Expected `object`, got `array`"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_claim_not_of_its_shape_is_refused_in_one_line(case, tmp_path):
    text, said = WRONG[case]
    (tmp_path / "C06.yml").write_text(text)
    with pytest.raises(RecordError) as refused:
        read_file(tmp_path / "C06.yml", Claim)
    line = str(refused.value)
    if case != "a field given twice":  # where the line stands changes with the claim
        assert said in line
    else:
        assert line.endswith("the field 'claim' is given twice")
    assert line.startswith("C06.yml: ")
    assert "\n" not in line


def test_a_finding_from_memory_with_a_figure_is_refused(tmp_path):
    (tmp_path / "E99.yml").write_text("study: s\ndata: d\nfound: 28 % fewer\ngrade: C\nverification: unverified\n")
    with pytest.raises(RecordError, match="a finding that is unverified prints no figure"):
        read_file(tmp_path / "E99.yml", PublishedFinding)


def test_a_finding_that_is_not_there_is_refused(tmp_path):
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "C06.yml").write_text(GOOD)
    (tmp_path / "findings").mkdir()
    with pytest.raises(RecordError, match=r"^C06.yml: findings: 'E07' is no finding$"):
        claims(folder)


def test_a_claim_is_found_in_any_case_and_an_unknown_one_is_refused():
    assert find_claim("c06") is find_claim("C06")
    with pytest.raises(UnknownWord, match=r"^'C63' is no claim; claims are C01 to C62$"):
        find_claim("C63")


def test_estimates_come_from_a_file_and_join_their_claims(tmp_path):
    file = tmp_path / "estimates.json"
    assert read_estimates(file) == {}
    file.write_text(
        json.dumps({"data": {"atop": "5.1"}, "estimates": [estimate().to_dict(), estimate(-0.3).to_dict()]})
    )
    made = read_estimates(file)
    assert len(made["C06"]) == 2
    assert entry("C06", made).verdict.word == "supported"
    assert sum(len(each.estimates) for each in ledger(made)) == 2


@pytest.mark.parametrize(
    ("text", "said"), [("{", "estimates.json: "), ("{}", "holds no list"), ("[{}]", "has no"), ("3", "holds no list")]
)
def test_estimates_that_cannot_be_read_are_refused(text, said, tmp_path):
    (tmp_path / "estimates.json").write_text(text)
    with pytest.raises(Exception, match=said):
        read_estimates(tmp_path / "estimates.json")


def test_an_estimate_of_no_claim_is_refused(tmp_path):
    (tmp_path / "estimates.json").write_text(json.dumps([estimate(claim="C99").to_dict()]))
    with pytest.raises(RecordError, match="claim: 'C99' is no claim"):
        read_estimates(tmp_path / "estimates.json")


@pytest.mark.parametrize("kind", ["md", "html", "txt"])
def test_the_page_of_a_claim_is_as_it_was(kind, golden):
    blocks = claim_page(entry("C06", {"C06": [estimate(), estimate(0.05, 0.3, name="near the forming of the pact")]}))
    text = {"md": as_markdown(blocks), "html": as_html("C06", blocks), "txt": as_text(blocks)}[kind]
    file = GOLDEN / f"evidence-C06.{kind}"
    if golden:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_the_summary_in_the_pages_is_current():
    assert SUMMARY.read_text(encoding="utf-8") == as_markdown(plain_summary(ledger())), (
        "run comity evidence --summary -o docs/why/what-we-can-say.md"
    )


def test_the_summary_tells_every_claim_and_never_more_than_the_ledger():
    text = as_markdown(plain_summary(ledger({"C06": [estimate()]})))
    assert "comity has put 1 to the test: 1 supported, none mixed, none contradicted, none unknown" in text
    assert all(f"({number})" in text for number in claims())
    assert "## Supported: 1" in text
    assert "## Contradicted" not in text


def test_text_of_a_page_cannot_break_out_of_it():
    from comity.evidence.blocks import Grid, Heading, Intervals, Paragraph, Points

    bad = "<script>x</script> | [a](javascript:b) \x1b[31m\u202e"
    blocks = [Heading(bad), Paragraph(bad), Points((bad,)), Grid((bad,), ((bad,),)), Intervals(bad, ((bad, 0, 1, 2),))]
    assert "<script" not in as_html(bad, blocks)
    assert "\\[a\\](javascript:b)" in as_markdown(blocks)
    assert " <script" not in as_markdown(blocks)
    assert not {"\x1b", "\u202e"} & set(as_text(blocks))


# The command.


def test_the_ledger_is_listed_and_each_claim_has_its_page(run):
    rows = strict(run("evidence", "--json").stdout)
    assert len(rows) == 62
    assert {row["claim"] for row in rows} == set(claims())
    shown = run("evidence", "c58")
    assert shown.exit_code == 0
    assert "PEACEKEEPING REDUCES VIOLENCE" in shown.stdout
    held = strict(run("evidence", "C58", "--json").stdout)
    assert set(held["findings"]) == {"E24", "E25", "E26", "E27"}
    assert [(plan["plan"], len(plan["hash"])) for plan in held["plans"]] == [("peacekeepers-2024", 64)]
    assert held["verdict"]["word"] in ("supported", "mixed", "contradicted", "unknown")


@pytest.mark.parametrize("kind", ["html", "md", "txt"])
def test_a_page_is_written_to_a_file(run, kind, tmp_path):
    out = tmp_path / f"page.{kind}"
    for arguments in (["C06"], ["--summary"]):
        done = run("evidence", *arguments, "-o", out)
        assert (done.exit_code, done.stdout.strip()) == (0, str(out))
        assert len(out.read_text(encoding="utf-8")) > 1000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["C99"], 1),
        (["C06", "-o", "x.doc"], 1),
        (["C06", "--summary"], 2),
        (["-o", "x.md"], 2),
        (["C06", "--json", "-o", "x.md"], 2),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run, arguments, code):
    done = run("evidence", *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert "Error: " in done.stderr.splitlines()[-1]


def test_estimates_made_anew_are_kept_beside_the_store_and_shown(run, tmp_path, monkeypatch):
    def refresh(store, claims, said, path):
        held = json.loads(path.read_text())
        held["estimates"] = [each for each in held["estimates"] if each["claim"] != claims]
        path.write_text(json.dumps(held))

    monkeypatch.setattr("comity.evidence.specs.refresh", refresh)
    home = tmp_path / "home"
    assert run("load", home=home).exit_code == 0
    before = json.loads(run("evidence", "C02", "--json", home=home).stdout)
    after = json.loads(run("evidence", "C02", "--rerun", "--json", home=home).stdout)
    assert before["estimates"]
    assert after["estimates"] == []
    assert json.loads(run("evidence", "C06", "--json", home=home).stdout)["estimates"]
    assert (home / "evidence" / "estimates.json").is_file()
