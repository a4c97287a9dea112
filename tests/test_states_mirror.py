"""The vocabulary of states against the published lists, spell by spell, when COMITY_MIRROR names their folder."""

import csv
import io
import os
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.errors import AmbiguousWord, UnknownWord
from comity.vocab.states import (
    code_of_state,
    find_state,
    find_territory,
    major_powers,
    members,
    membership_rows,
    state_from_abbreviation,
    state_from_code,
)

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif("COMITY_MIRROR" not in os.environ, reason="COMITY_MIRROR names no folder of published files"),
]

Spell = tuple[int, str, date, date | None]


def mirror(name: str) -> Path:
    return Path(os.environ["COMITY_MIRROR"]) / name


def table(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    # The CoW code list has the bare carriage returns of an old Macintosh; this reads all three line ends.
    return list(csv.DictReader(io.StringIO(mirror(name).read_text(encoding=encoding))))


def joined(system: str, flag: bool | None = None) -> list[Spell]:
    """Our spells, those of one code that follow day on day joined: there only the state changes, not membership."""
    spells: list[list] = []
    rows = [row for row in membership_rows() if row["system"] == system and flag in (None, row["microstate"])]
    for row in sorted(rows, key=lambda row: (row["code"], row["start_date"])):
        code, start, end = row["code"], row["start_date"], row["end_date"]
        last = spells[-1] if spells else None
        if last and last[0] == code and last[3] and last[3] + timedelta(days=1) == start:
            last[3] = end
        else:
            spells.append([code, row["abbreviation"], start, end])
    return [tuple(spell) for spell in spells]


def cow_date(row: dict[str, str], edge: str) -> date:
    return date(int(row[f"{edge}year"]), int(row[f"{edge}month"]), int(row[f"{edge}day"]))


def open_end(day: date, release: date) -> date | None:
    """A spell that ends on the day of the release had not ended."""
    return None if day == release else day


def test_cow_spells():
    published = [
        (int(r["ccode"]), r["stateabb"], cow_date(r, "st"), open_end(cow_date(r, "end"), date(2016, 12, 31)))
        for r in table("cow_states/states2016.csv")
    ]
    assert len(published) == 243
    assert joined("cow") == sorted(published, key=lambda spell: (spell[0], spell[2]))


def gw_spells(name: str) -> list[Spell]:
    spells = []
    for line in mirror(f"gw_states/{name}").read_text(encoding="cp1252").splitlines():
        code, abbreviation, _, start, end = (field.strip() for field in line.split("\t"))
        first, last = (date(*(int(part) for part in reversed(day.split(":")))) for day in (start, end))
        spells.append((int(code), abbreviation, first, open_end(last, date(2017, 12, 31))))
    return sorted(spells, key=lambda spell: (spell[0], spell[2]))


def test_gw_spells():
    published = gw_spells("iisystem.dat")
    assert len(published) == 216
    assert joined("gw", flag=False) == published


def test_gw_microstate_spells():
    published = gw_spells("microstatessystem.dat")
    assert len(published) == 23
    assert joined("gw", flag=True) == published


def test_cow_code_list():
    listed = {(row["StateAbb"], int(row["CCode"])) for row in table("cow_states/COW country codes.csv")}
    assert len(listed) == 217
    assert listed == {(row["abbreviation"], row["code"]) for row in membership_rows() if row["system"] == "cow"}


def test_major_powers():
    published = [
        (state_from_code("cow", int(r["ccode"]), cow_date(r, "st")), cow_date(r, "st"),
         open_end(cow_date(r, "end"), date(2016, 12, 31)))
        for r in table("cow_states/majors2016.csv")
    ]  # fmt: skip
    assert len(published) == 14
    assert sorted(published, key=str) == sorted(((p.state, p.start, p.end) for p in major_powers()), key=str)


def test_state_years():
    published = sorted((int(row["year"]), int(row["ccode"])) for row in table("cow_states/system2016.csv"))
    ours = [(year, code_of_state("cow", each, year)) for year in range(1816, 2017) for each in members("cow", year)]
    assert len(published) == 15951
    assert sorted(ours) == published


def refused(wanted: list[tuple[str, date | int]]) -> Counter[tuple[str, str]]:
    """The names that do not resolve at their dates, counted, with the kind of refusal."""
    found: Counter[tuple[str, str]] = Counter()
    for text, on in wanted:
        try:
            find_state(text, on)
        except AmbiguousWord:
            found[text, "ambiguous"] += 1
        except UnknownWord:
            try:
                find_territory(text)
                found[text, "territory"] += 1
            except UnknownWord:
                found[text, "unknown"] += 1
    return found


def test_exercise_participants_resolve():
    wanted = []
    for row in table("mme/mme_v7.csv"):
        parts = [row["s.year"], row["s.month"], row["s.day"]]
        on = date(*map(int, parts)) if all(part.isdigit() for part in parts) else int(parts[0])
        columns = [column for column in row if column.startswith("State") and column != "StartDate"]
        wanted += [(row[column], on) for column in columns if row[column].strip()]
    assert len(wanted) > 10000
    assert refused(wanted) == {
        ("-9", "unknown"): 208, ("NATO", "unknown"): 2, ("Baltic States", "unknown"): 1,
        ("Hong Kong SAR China", "territory"): 2, ("Bermuda", "territory"): 1,
        ("Netherlands Antilles", "territory"): 1, ("New Caledonia", "territory"): 1,
    }  # fmt: skip


def test_un_voters_resolve_to_the_state_of_their_code():
    differing, unknown = Counter(), Counter()
    for row in table("un_ideal_points/IdealpointestimatesAll_Jun2024.csv"):
        year = int(row["session"]) + 1945
        by_code = state_from_code("cow", int(row["ccode"]), year)
        try:
            if find_state(row["Countryname"], year) != by_code:
                differing[row["Countryname"], year] += 1
        except UnknownWord:
            unknown[row["Countryname"]] += 1
    # The file calls CoW 345 Yugoslavia to this day; it is Serbia from 2006-06-05.
    assert unknown == {"Yugoslavia": 17}
    assert differing == {("Yugoslavia", 2006): 1}


def test_visited_states_resolve():
    wanted = []
    for path in sorted(mirror("us_leader_travel").glob("*/*.xml")):
        for trip in ET.parse(path).getroot():
            start = trip.find(".//start-date")
            slugs = [each.get("id") for tag in ("country", "from") for each in trip.iter(tag)]
            wanted += [(slug, date.fromisoformat(start.text[:10])) for slug in slugs if slug]
    assert len(wanted) > 6000
    assert set(refused(wanted)) == {
        # One slug for two states of a time: the place decides, which the slug does not say.
        ("germany", "ambiguous"), ("korea", "ambiguous"), ("vietnam", "ambiguous"), ("yemen", "ambiguous"),
        ("antarctica", "territory"), ("french-polynesia", "territory"), ("netherlands-antilles", "territory"),
        ("new-caledonia", "territory"), ("somoa", "unknown"),
    }  # fmt: skip


def test_agreement_abbreviations_are_those_of_cow():
    differing, unknown = set(), set()
    for row in table("dcad/DCAD-v1.0-main.csv", "latin-1"):
        year = int(row["signYear"])
        for side in "12":
            abbreviation, code = row[f"cowName{side}"], int(row[f"ccode{side}"])
            by_code = state_from_code("cow", code, year)
            try:
                if state_from_abbreviation("cow", abbreviation, year) != by_code:
                    differing.add((abbreviation, code))
            except UnknownWord:
                unknown.add(abbreviation)
    # Two rows carry the code of another state; FRG, GER and KOR (for 732) are not CoW's letters.
    assert differing == {("EGY", 652), ("VEN", 145)}
    assert unknown == {"FRG", "GER", "KOR"}
