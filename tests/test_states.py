"""The vocabulary of states: one to one in time, every spelling found, nothing guessed."""

import contextlib
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import AmbiguousWord, BadRequest, UnknownWord
from comity.vocab import state_list
from comity.vocab.names import name_key
from comity.vocab.states import (
    Wording,
    code_of_state,
    find_state,
    find_territory,
    major_powers,
    members,
    membership_rows,
    state,
    state_from_abbreviation,
    state_from_code,
    states,
    territories,
)

SYSTEMS = st.sampled_from(["cow", "gw"])
DAYS = st.dates(min_value=date(1816, 1, 1), max_value=date(2030, 12, 31))
YEARS = st.integers(min_value=1816, max_value=2030)
SPELLS = st.sampled_from([(each.code, spell) for each in states().values() for spell in each.memberships])
ALL_NAMES = [(each.code, name) for each in states().values() for name in each.names]
NAMES = st.sampled_from(ALL_NAMES)
CODES = st.sampled_from([(each.code, code) for each in states().values() for code in each.codes])


def day_within(start: date | None, end: date | None) -> st.SearchStrategy[date]:
    """Any day of a window, within the years the vocabulary speaks of."""
    return st.dates(min_value=start or date(1816, 1, 1), max_value=end or date(2030, 12, 31))


def holds(wording: Wording, day: date) -> bool:
    """Whether a name or code means its state on a day."""
    return (wording.start or date.min) <= day <= (wording.end or date.max)


# What must hold whatever the state and the day


@given(SYSTEMS, DAYS)
def test_code_and_state_are_one_to_one_on_every_day(system, day):
    present = members(system, day)
    codes = [code_of_state(system, each, day) for each in present]
    assert None not in codes
    assert len(set(codes)) == len(present)
    assert [state_from_code(system, code, day) for code in codes] == list(present)


@given(SYSTEMS, YEARS)
def test_code_and_state_are_one_to_one_in_every_year(system, year):
    present = members(system, year)
    codes = [code_of_state(system, each, year) for each in present]
    assert len(set(codes)) == len(present)
    assert [state_from_code(system, code, year) for code in codes] == list(present)


@given(SPELLS, st.data())
def test_a_code_leads_to_its_state_and_back_on_member_days(spell_of, data):
    code, spell = spell_of
    day = data.draw(day_within(spell.start, spell.end))
    assert state_from_code(spell.system, spell.code, day) == code
    assert state_from_abbreviation(spell.system, spell.abbreviation, day) == code
    assert code_of_state(spell.system, code, day) == spell.code
    assert code in members(spell.system, day)


@given(SPELLS)
def test_the_day_after_a_spell_is_no_member_day_unless_the_next_spell_begins(spell_of):
    code, spell = spell_of
    if spell.end is None:
        assert code_of_state(spell.system, code, date(2030, 1, 1)) == spell.code
        return
    after = spell.end + timedelta(days=1)
    starts = [each.start for each in state(code).memberships if each.system == spell.system]
    assert (code in members(spell.system, after)) == (after in starts)


@given(SPELLS, st.data())
def test_the_year_of_a_code_is_its_last_member_day(spell_of, data):
    _, spell = spell_of
    year = data.draw(day_within(spell.start, spell.end)).year
    days = [
        min(row["end_date"] or date.max, date(year, 12, 31))
        for row in membership_rows()
        if (row["system"], row["code"]) == (spell.system, spell.code) and row["start_date"] <= date(year, 12, 31)
    ]
    assert state_from_code(spell.system, spell.code, year) == state_from_code(spell.system, spell.code, max(days))


@given(NAMES, st.data())
def test_every_name_means_its_state_in_its_window(name_of, data):
    code, name = name_of
    day = data.draw(day_within(name.start, name.end))
    meant = [each for each, other in ALL_NAMES if name_key(other.text) == name_key(name.text) and holds(other, day)]
    if len(set(meant)) == 1:
        assert find_state(name.text, day) == code
        return
    assert name_key(name.text) in {"congo", "deutschland", "germany", "korea", "nam viet", "vietnam", "yemen"}
    with pytest.raises(AmbiguousWord, match=code):
        find_state(name.text, day)


@given(CODES, st.data())
def test_every_code_means_its_state_in_its_window(code_of, data):
    code, wording = code_of
    begun = min((spell.start for spell in state(code).memberships), default=None)
    start = max(filter(None, (wording.start, begun)), default=None)
    if start and wording.end and start > wording.end:
        # A code withdrawn from a territory before the state of today began, as NHB for the New Hebrides.
        start = wording.start
    assert find_state(wording.text, data.draw(day_within(start, wording.end))) == code


@given(NAMES, st.data())
def test_accents_case_and_punctuation_do_not_matter(name_of, data):
    _, name = name_of
    plain = name_key(name.text)
    assert plain
    for changed in (
        name.text.upper(),
        name.text.lower(),
        f" The {name.text}, ",
        name.text.replace(" and ", " & "),
        name.text.replace("-", " "),
        name.text.replace("'", "’"),
    ):
        assert name_key(changed) == plain
    words = data.draw(st.permutations(name.text.split(" ")))
    assert name_key(" ".join(words)) == plain or any(len(word.strip(".")) == 1 for word in words)


@given(st.text(max_size=12), DAYS)
def test_any_text_is_a_state_or_a_plain_refusal(text, day):
    found = None
    with contextlib.suppress(UnknownWord):
        found = find_state(text, day)
    assert found is None or found in states()


def test_no_code_of_ours_is_an_iso_code_of_something_else():
    iso = {each.iso3: each.code for each in states().values() if each.iso3 and each.iso3 == each.code}
    assert not set(states()) & set(territories())
    for each in states().values():
        assert len(each.code) == 3
        assert iso.get(each.code, each.code) == each.code
        # DEU and YEM were the ISO codes of West Germany and North Yemen while those lasted.
        assert each.iso3 in (None, each.code) or (each.code, each.iso3) in {("GFR", "DEU"), ("YAR", "YEM")}


def test_spells_of_one_state_or_one_code_never_overlap():
    rows = sorted(membership_rows(), key=lambda row: (row["system"], row["code"], row["start_date"]))
    for key in ("code", "state"):
        spells: dict[tuple[object, object], date] = {}
        for row in sorted(rows, key=lambda row: row["start_date"]):
            group = (row["system"], row[key])
            assert row["start_date"] > spells.get(group, date.min)
            assert row["end_date"] is None or row["end_date"] >= row["start_date"]
            spells[group] = row["end_date"] or date.max


def test_rows_are_flat_and_complete():
    assert len(membership_rows()) == sum(len(each.memberships) for each in states().values())
    assert set(membership_rows()[0]) == {
        "system", "code", "state", "abbreviation", "start_date", "end_date", "microstate",
    }  # fmt: skip


def test_major_powers_are_members_while_they_are_major():
    for power in major_powers():
        # France fell out of the first rank in June 1940 and out of the system in 1942; each spell lies in a state's.
        assert power.state in members("gw", power.start)
        assert power.end is None or power.end > power.start


def test_importing_reads_nothing_and_needs_no_heavy_library():
    code = (
        "import sys, comity.vocab.states as s\n"
        "assert s.states.cache_info().currsize == 0, 'the list was read'\n"
        "assert not {'numpy', 'duckdb', 'pyarrow'} & set(sys.modules), 'a heavy library was imported'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_norway_is_not_false_and_numbers_keep_their_zeros():
    # YAML 1.1 reads a bare NO as false and 044 as 36.
    assert state("NOR").iso2 == "NO"
    assert state("BHS").numeric == "044"


def test_arguments_are_checked():
    with pytest.raises(BadRequest, match="cow, gw"):
        members("iso", 2000)
    with pytest.raises(BadRequest, match="year"):
        find_state("France", 0)
    with pytest.raises(UnknownWord, match="12345"):
        state_from_code("cow", 12345, 2000)
    with pytest.raises(UnknownWord, match="nearest: France"):
        state("FRN")
    assert find_state("France", datetime(2000, 1, 1, 12)) == "FRA"  # noqa: DTZ001 (a naive moment is still a day)


def test_territories_are_found_apart():
    assert find_territory("Hong Kong SAR China") == find_territory("hk") == "HKG"
    assert find_territory("Netherlands Antilles") == "ANT"
    assert find_territory("Curacao") == "CUW"
    with pytest.raises(UnknownWord, match="Guam"):
        find_territory("Guan")
    with pytest.raises(UnknownWord, match=r"territory \(MAC\), not a state"):
        # ISO gives MAC to Macao; CoW means North Macedonia by it.
        find_state("MAC", 2000)
    assert state_from_abbreviation("cow", "MAC", 2000) == "MKD"


def test_every_file_of_the_list_is_read():
    names = {path.stem for path in state_list._FOLDER.glob("*.yml")}
    assert names == {*state_list._REGIONS, "major_powers", "territories"}
