"""Labels and audiences: one spelling each, and may_see never shows more than the label says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.errors import UnknownWord
from comity.vocab.labels import may_see, read_audience, read_label
from strategies import audiences, communities, labels, nations

texts = st.one_of(st.text(max_size=20), st.from_regex(r"(nations|community):[A-Z,a-z -]{0,12}"))


@given(labels)
def test_every_label_drawn_is_read_and_written_back_the_same(label):
    read = read_label(label)
    written = f"{read.kind}:{','.join(sorted(read.names))}" if read.names else read.kind
    assert written == label


@given(texts)
@example("nations:AUS,JPN\n")
@example("nations:ＡＵＳ")
@example("community:NATO,")
@example("")
def test_a_text_is_the_one_spelling_of_its_label_or_refused(text):
    try:
        read = read_label(text)
    except UnknownWord:
        assert not may_see("owner", text)
    else:
        assert text == (f"{read.kind}:{','.join(sorted(read.names))}" if read.names else read.kind)


@pytest.mark.parametrize(
    "text",
    [
        "nations:JPN,AUS",  # not sorted
        "nations:AUS,AUS",  # repeated
        "nations:aus",
        "nations:AUS, JPN",
        "nations:AU",
        "nations:NATO",  # a nation is a three-letter code
        "nations:",
        "nation:AUS",
        "community:",
        "Public",
        " public",
        "secret",
        "../public",
        "public/..",
    ],
)
def test_other_spellings_are_refused_and_shown_to_nobody(text):
    with pytest.raises(UnknownWord) as refusal:
        read_label(text)
    assert "\n" not in str(refusal.value)
    assert not any(may_see(audience, text) for audience in ("owner", "public", "nation:AUS+NATO"))


@pytest.mark.parametrize("text", ["", "nation:jpn", "nation:JPN+", "JPN", "everyone", "owner\n", "nation:"])
def test_an_audience_that_cannot_be_read_sees_nothing(text):
    with pytest.raises(UnknownWord):
        read_audience(text)
    assert not any(may_see(text, label) for label in ("public", "owner", "nations:JPN"))


@given(audiences)
def test_a_missing_label_means_nobody(audience):
    assert not may_see(audience, None)


@given(labels)
def test_the_owner_sees_every_readable_label(label):
    assert may_see("owner", label)


@given(audiences)
def test_everybody_sees_what_is_public(audience):
    assert may_see(audience, "public")


@given(audiences)
def test_only_the_owner_sees_what_is_the_owners(audience):
    assert may_see(audience, "owner") == (audience == "owner")


@given(audiences, st.sets(nations, min_size=1), nations)
def test_naming_one_more_nation_hides_a_row_from_nobody(audience, named, added):
    before, after = (f"nations:{','.join(sorted(group))}" for group in (named, named | {added}))
    assert may_see(audience, before) <= may_see(audience, after)


@given(audiences, st.sets(communities, min_size=1), communities)
def test_naming_one_more_community_hides_a_row_from_nobody(audience, named, added):
    before, after = (f"community:{','.join(sorted(group))}" for group in (named, named | {added}))
    assert may_see(audience, before) <= may_see(audience, after)


@given(st.sets(nations, min_size=1), nations, st.sets(communities))
def test_a_nation_sees_a_nations_label_only_when_named(named, nation, joined):
    audience = "+".join((f"nation:{nation}", *sorted(joined)))
    assert may_see(audience, f"nations:{','.join(sorted(named))}") == (nation in named)


@given(st.sets(communities, min_size=1), nations, st.sets(communities))
def test_a_nation_sees_a_community_label_only_as_a_member(named, nation, joined):
    audience = "+".join((f"nation:{nation}", *sorted(joined)))
    assert may_see(audience, f"community:{','.join(sorted(named))}") == bool(named & joined)


@given(audiences, labels)
def test_the_public_sees_nothing_that_another_audience_does_not(audience, label):
    assert may_see("public", label) <= may_see(audience, label)


def test_a_community_and_a_nation_of_one_name_are_not_confused():
    # A community may be called like a nation; being the nation does not make one a member.
    assert not may_see("nation:USA", "community:USA")
    assert not may_see("nation:GBR+USA", "nations:USA")
