"""Reading texts: sentences, the claims they make, how well these are found, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cli_samples import strict
from comity.errors import RecordError
from comity.evidence.claim import claims
from comity.evidence.reading import annotate
from comity.evidence.reading.matching import LEAST, Matcher, denies, plainly, resolved
from comity.evidence.reading.patterns import claim_patterns, compiled, spans, word_groups
from comity.evidence.reading.sentences import sentences
from comity.evidence.reading.showing import reading_text
from pace import at_most

LABELLED = yaml.safe_load((Path(__file__).parent / "read" / "labelled.yml").read_text(encoding="utf-8"))
TEXTS = yaml.safe_load((Path(__file__).parent / "read" / "whole_texts.yml").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[1] / "docs" / "how" / "read-a-text.md"
PLAIN = "Strong alliances deter attacks. The ship has a crew of two hundred. Our bond is unbreakable.\n\nWhat is peace?"
KINDS = ["claim", "no_claim", "not_testable", "question"]
matcher = Matcher()


def scores(half):
    """Precision and recall of one part: a sentence is right when a claim it makes is among those it is given."""
    hit = wrong = missed = 0
    for row in LABELLED:
        if row["half"] == half:
            named = {match.claim for match in matcher.match(row["sentence"])}
            right = bool(named & set(row["claims"]))
            hit += right
            wrong += bool(named) and not right
            missed += bool(row["claims"]) and not right
    return hit / (hit + wrong), hit / (hit + missed)


def test_the_labelled_sentences_are_many_distinct_and_a_third_make_no_claim():
    assert len({row["sentence"] for row in LABELLED}) == len(LABELLED) >= 150
    for half in ("tuning", "held_out", "fresh"):
        held = [row for row in LABELLED if row["half"] == half]
        assert len(held) >= 60
        assert sum(not row["claims"] for row in held) / len(held) >= 0.33
    assert {claim for row in LABELLED for claim in row["claims"]} == set(claims())


@pytest.mark.parametrize(("half", "precision", "recall"), [("held_out", 0.9, 0.85), ("fresh", 0.9, 0.75)])
def test_matching_is_as_good_as_the_page_says(half, precision, recall):
    found = scores(half)
    assert found >= (precision, recall)
    assert found[1] >= recall
    said = f"| {half.replace('_', ' ')} | {found[0]:.2f} | {found[1]:.2f} |"
    assert said in PAGE.read_text(encoding="utf-8"), said


def whole_text(told):
    """A text as it stands in a file, its paragraphs parted by empty lines."""
    return "\n\n".join(" ".join(each["sentence"] for each in paragraph) for paragraph in told["paragraphs"])


def test_whole_texts_are_read_as_well_as_the_page_says():
    """Prose of six kinds, mostly without claims: each is cut as it was written, and its sentences are scored."""
    hit = wrong = missed = 0
    for told in TEXTS:
        rows = [each for paragraph in told["paragraphs"] for each in paragraph]
        read = annotate(whole_text(told)).sentences
        assert [each.sentence for each in read] == [row["sentence"] for row in rows], told["text"]
        for row, each in zip(rows, read, strict=True):
            named = {match.claim for match in each.matches}
            right = bool(named & set(row["claims"]))
            hit, wrong = hit + right, wrong + (bool(named) and not right)
            missed += bool(row["claims"]) and not right
    assert (hit / (hit + wrong), hit / (hit + missed)) >= (0.8, 0.55)
    assert hit / (hit + missed) >= 0.55
    assert f"| whole texts | {hit / (hit + wrong):.2f} | {hit / (hit + missed):.2f} |" in PAGE.read_text(
        encoding="utf-8"
    )


def test_every_claim_can_be_found_by_a_pattern():
    found = {match.claim for row in LABELLED for match in matcher.match(row["sentence"])}
    assert found == set(claims())


@given(st.text(max_size=300))
def test_scores_lie_between_nothing_and_certainty_for_any_text(text):
    assert all(0 <= score <= 1 for score in matcher.scores(text).values())
    assert all(LEAST <= match.score <= 1 for match in matcher.match(text))


@given(st.text(max_size=400))
def test_sentences_hold_every_word_of_a_text_in_order(text):
    kept = "".join(letter for cut in sentences(text) for letter in cut if letter.isalpha())
    assert kept == "".join(letter for letter in text.replace("\u00ad", "") if letter.isalpha())


CUTS = {
    "Gen. Smith met Adm. Jones. They spoke.": 2,
    "The U.S. and the U.K. agreed on Art. 5 of the text.": 1,
    "It cost 3.5 million. Nobody asked why.": 2,
    "“We agree.” They signed.": 2,
    "Peace is near (see p. 4). War is far.1 So be it.": 3,
    "a line\nthat goes on\n\nA new one": 2,
    "co-\noperation is one word.": 1,
}


@pytest.mark.parametrize("text", CUTS)
def test_texts_are_cut_where_sentences_end(text):
    assert len(sentences(text)) == CUTS[text], sentences(text)


def test_a_word_broken_at_the_end_of_a_line_is_made_whole():
    assert sentences("Secu-\nrity first.") == ["Security first."]


def test_what_points_back_is_read_with_what_it_points_to():
    read = annotate("Defense diplomacy is old. It prevents wars.")
    assert [match.claim for match in read.sentences[1].matches] == ["C27"]
    assert resolved("They left.", "Nothing here.") == "They left."


def test_what_points_back_may_stand_after_a_connective_and_reach_over_several_sentences():
    read = annotate("Joint exercises are held each spring. Rather, they are a habit. In short, they build trust.")
    assert [match.claim for match in read.sentences[2].matches] == ["C01"]
    assert resolved("I think that they deter attacks.", "Strong alliances have friends.").startswith("alliance: ")
    assert resolved("The day that they left was long gone by then.", "Nothing here.").startswith("The day")


def test_what_was_agreed_or_called_important_is_no_claim_that_it_works():
    assert matcher.match("Exchanges of officers build lasting partnerships.")[0].claim == "C03"
    for plan in (
        "Both sides agreed to deepen exchanges.",
        "The ministers discussed exchanges and lasting partnerships.",
    ):
        assert matcher.match(plan) == ()


def test_initials_and_games_are_read_as_their_words():
    assert plainly("U.N. troops left the war games.") == "UN troops left the wargames."
    assert matcher.match("U.N. troops have prevented bloodshed.")[0].claim == "C58"
    assert sentences("2. Incidents") == ["2. Incidents"]


def test_a_denial_is_told_apart():
    assert matcher.match("Exercises do not build trust.")[0].denies
    assert not matcher.match("No state dares to attack an ally.")[0].denies
    assert denies("It never did, and it cannot.")
    absent = matcher.match("In thirty years of sailing together the two navies have not had one armed incident.")
    assert absent[0].claim == "C02"
    assert not absent[0].denies, "that trouble did not come denies no claim that there is less of it"
    assert matcher.match("Exercises do not reduce disputes between the partners.")[0].denies
    assert not denies("We have never held so many exercises, and each of them builds trust.")
    assert denies("Exercises have never built trust.")
    assert not denies("Military diplomacy does not come cheap, and shrinking budgets limit it.")


def test_likeness_to_a_claim_in_a_mere_fact_makes_no_claim():
    assert matcher.match("In 2023 we held 31 exercises with partners in South-East Asia.") == ()


def test_what_no_data_could_show_and_what_is_no_claim_are_told_apart():
    read = annotate("Partnerships detect threats early. We must stand together.")
    assert [each.kind for each in read.sentences] == ["not_observable", "not_testable"]
    assert "No data could show this" in reading_text(read)


def test_the_parts_of_a_pattern_lie_apart():
    """One word cannot be both the alliance and what it does."""
    both = compiled("alliance + alliance|deter", {})
    assert spans(both, "an alliance") == []
    assert len(spans(both, "an alliance deters")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [<b>]\n", "no group 'b'"), ("a: [<b>]\nb: [<a>]\n", "names itself"), ("a: word\n", "no list of words")],
)
def test_groups_of_words_that_are_no_groups_are_refused(text, said, tmp_path):
    (tmp_path / "words.yml").write_text(text)
    with pytest.raises(RecordError, match=said):
        word_groups(tmp_path / "words.yml")
    with pytest.raises(RecordError, match="there is no group 'none'"):
        compiled("<none>", {})


def test_patterns_take_no_time_on_a_hostile_sentence():
    with at_most(2.0):
        matcher.match("alliance " * 250)
    assert len(claim_patterns()) == 62


# The command.


@pytest.fixture
def speech(tmp_path):
    """A speech in a file."""
    file = tmp_path / "speech.txt"
    file.write_text(PLAIN)
    return file


def test_a_text_is_read_in_words_and_in_json(run, speech):
    shown = run("read", speech)
    assert shown.exit_code == 0
    assert "[1] Strong alliances deter attacks." in shown.stdout
    assert "-> C06 Alliances deter attacks on their members." in shown.stdout
    assert "Johnson and Leeds 2011" in shown.stdout
    assert "not a testable claim" in shown.stdout
    answer = strict(run("read", speech, "--json").stdout)
    assert [each["kind"] for each in answer["sentences"]] == KINDS
    assert answer["claims"]["C06"]["findings"]
    assert answer["counts"]["claim"] == 1


def test_a_short_reading_tells_the_verdicts_alone(run, speech, tmp_path):
    shown = run("read", speech, "--short").stdout
    assert "-> C06 unknown: Alliances deter attacks on their members. Published" in shown
    assert "Johnson and Leeds 2011" not in shown
    assert "Estimate (" not in shown
    assert run("read", speech, "--short", "-o", tmp_path / "out.txt").exit_code == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("kind", ["html", "txt", "json"])
def test_a_reading_is_written_to_a_file(run, speech, tmp_path, kind):
    out = tmp_path / f"out.{kind}"
    assert run("read", speech, "-o", out).exit_code == 0
    assert "deter attacks" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("out", "code"), [(["-o", "x.doc"], 1), (["-o", "x.html", "--json"], 2), (["--short", "--json"], 2)]
)
def test_what_is_wrong_is_one_line(run, speech, out, code):
    done = run("read", speech, *out)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    missing = run("read", speech.with_name("none.txt"))
    assert missing.exit_code == 1
    assert "No such file" in missing.stderr


@pytest.mark.parametrize(
    ("sentence", "is_denied"),
    [
        ("Military activity raises the risk of miscalculation.", False),
        ("Military activity does not raise the risk of miscalculation.", True),
        ("Military activity never raises the risk of miscalculation.", True),
        ("Military activity in no way raises the risk of miscalculation.", True),
        ("Military exercises lower the risk of miscalculation.", True),
        ("Military exercises do not lower the risk of miscalculation.", False),
    ],
)
def test_a_claim_that_trouble_grows_is_denied_by_what_says_that_it_does_not(sentence, is_denied):
    found = {match.claim: match.denies for match in Matcher().match(sentence)}
    assert found["C40"] is is_denied
