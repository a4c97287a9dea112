"""Every number in the key judgements and key figures of a brief equals a count made without the code under test."""

from __future__ import annotations

import re
from datetime import date

import pytest

from brief_samples import blocks_of, figure, write_sample
from comity.brief import Judgements, compose
from comity.brief.region_judgements import LEAST_TO_JUDGE
from comity.network import WATCHING
from comity.store import open_store


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with open_store(write_sample(tmp_path_factory.mktemp("sample") / "store")) as store:
        yield store


def rows(store, table):
    return store.ask(f"SELECT * FROM core.{table}").to_pylist()


def parties_of(store, table, item, roles=None):
    held = {}
    for row in rows(store, f"{table}_party"):
        if row["party_kind"] == "state" and (row["role"] not in WATCHING if roles is None else row["role"] in roles):
            held.setdefault((row["source"], row[item]), set()).add(row["party"])
    return held


def in_region(row, states, region, hosts=frozenset(), within=frozenset()):
    """By the tag, that of a region within it, the host, the position, or whose states are more."""
    inner, circle = set(region["states"]), set(region["states"]) | set(region["partners"])
    ordinary = inner - {"CHN", "RUS", "USA"}
    if region["region"] in row["regions"]:
        return True
    if not states & inner or within & set(row["regions"]):
        return bool(states & inner)
    has_place = row["latitude"] is not None
    is_here = not has_place or (
        region["south"] <= row["latitude"] <= region["north"] and region["west"] <= row["longitude"] <= region["east"]
    )
    if len(states & circle) < 2 or not is_here:
        return False
    if hosts & ordinary:
        return True
    if row["regions"] or hosts - circle:
        return False
    return has_place or len(states & ordinary) > len(states - circle)


def regions_within(store, region):
    return {
        row["region"]
        for row in rows(store, "region")
        if row["region"] != region["region"]
        and all(row[edge] >= region[edge] for edge in ("west", "south"))
        and all(row[edge] <= region[edge] for edge in ("east", "north"))
    }


def counted_by_hand(store, chosen, first, last):
    """Engagements by year and instrument, the source that lists most counted, written without the code under test."""
    took_part = parties_of(store, "engagement", "engagement")
    counts = {}
    for row in rows(store, "engagement"):
        states = took_part.get((row["source"], row["engagement"]), set())
        year = row["start_date"].year
        if row["status"] in ("completed", "ongoing") and first <= year <= last and chosen(row, states):
            by_source = counts.setdefault((year, row["instrument"]), {})
            by_source[row["source"]] = by_source.get(row["source"], 0) + 1
    return sum(max(by_source.values()) for by_source in counts.values())


def judgement(brief, pattern):
    text = " ".join(sentence.text for block in blocks_of(brief, Judgements) for sentence in block.sentences)
    found = re.search(pattern, text)
    assert found, f"no judgement like {pattern!r} in {text!r}"
    return [int(number.replace(",", "")) for number in found.groups()]


# Kinds of incident that do not by themselves set two states against each other.
ONE_SIDED = ("other", "missile_launch", "entry", "construction", "operation")


@pytest.mark.parametrize("fixture", ["sample", "register_store"])
def test_the_numbers_about_a_region_equal_counts_by_hand(fixture, request):
    store = request.getfixturevalue(fixture)
    region = next(row for row in rows(store, "region") if row["region"] in ("amber-sea", "south-china-sea"))
    brief = compose(store, (region["region"],), 2025, today=date(2026, 11, 22))

    within, hosts = regions_within(store, region), parties_of(store, "engagement", "engagement", ("host",))

    def chosen(row, states):
        return in_region(row, states, region, hosts.get((row["source"], row["engagement"]), set()), within)

    late, first, last, early = judgement(
        brief, r"lists? ([\d,]+) engagements? with .* in (\d{4})–(\d{4}) and ([\d,]+) in 2016–2020"
    )
    assert (late, first, last) == (counted_by_hand(store, chosen, 2021, 2025), 2021, 2025)
    assert early == counted_by_hand(store, chosen, 2016, 2020)
    assert figure(brief, "engagements listed") == late + early

    acted = {role: parties_of(store, "incident", "incident", (role,)) for role in ("actor", "affected", "present")}
    everybody = parties_of(store, "incident", "incident")
    acts = [
        row
        for row in rows(store, "incident")
        if 2016 <= row["start_date"].year <= 2025
        and in_region(row, everybody.get((row["source"], row["incident"]), set()), region, within=within)
    ]
    pairs = {}
    for row in acts:
        key = (row["source"], row["incident"])
        of_role = {role: held.get(key, set()) for role, held in acted.items()}
        sides = {frozenset((a, b)) for a in of_role["actor"] for b in of_role["affected"] if a != b}
        two = of_role["actor"] or of_role["present"]
        if not sides and len(two) == 2 and row["incident_kind"] not in ONE_SIDED:
            sides = {frozenset(two)}
        for pair in sides:
            if pair & set(region["states"]):
                pairs[pair] = pairs.get(pair, 0) + 1
    most = max(pairs.values())
    sided = (r"; .* were the two sides in (\d+) of them", [len(acts), most])
    said, numbers = sided if most >= LEAST_TO_JUDGE else (r"\.", [len(acts)])
    assert judgement(brief, r"lists? (\d+) incidents? in 2016–2025" + said) == numbers
    assert judgement(brief, r"at least (\d+) (?:people|person) injured") == [
        sum(row["injured_count"] or 0 for row in acts)
    ]
    assert figure(brief, "incidents listed") == len(acts)

    claims = {}
    for row in rows(store, "territorial_claim"):
        if region["region"] in row["regions"] and row["role"] in ("claimant", "holder"):
            claims.setdefault(row["claim"], set()).add(row["party"])
    contested = sum(len(claimants) > 1 for claimants in claims.values())
    assert judgement(brief, r"(\d+) features? or areas?")[0] == contested == figure(brief, "features contested")


@pytest.mark.parametrize(("fixture", "pair"), [("sample", ("ISL", "IRL")), ("register_store", ("USA", "JPN"))])
def test_the_numbers_about_a_pair_equal_counts_by_hand(fixture, pair, request):
    store = request.getfixturevalue(fixture)
    brief = compose(store, pair, 2024, today=date(2026, 11, 22))

    def exercised(row, states):
        return set(pair) <= states and row["instrument"] == "exercise"

    now, year, mean, tenths = judgement(
        brief, r"in (\d+) listed exercises? in (\d{4}), against (\d+)\.(\d) a year over the 10"
    )
    assert (now, year) == (counted_by_hand(store, exercised, 2024, 2024), 2024)
    assert f"{mean}.{tenths}" == f"{counted_by_hand(store, exercised, 2014, 2023) / 10:.1f}"
    assert figure(brief, "exercises listed") == counted_by_hand(store, exercised, 2015, 2024)
    everything = counted_by_hand(store, lambda row, states: set(pair) <= states, 2015, 2024)
    assert figure(brief, "engagements listed") == everything
