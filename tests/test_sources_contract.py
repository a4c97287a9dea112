"""How a single value is read or refused, and which contracts are no contracts."""

from __future__ import annotations

import pytest

from comity.errors import ContractBroken
from comity.sources.contract import read_contract
from comity.sources.raw import Layout, Row


def a_row(value: str) -> Row:
    return Row(Layout("some.csv", {"size": 0}, frozenset({"", "-9"}), {}), 7, [value])


@pytest.mark.parametrize(("text", "value"), [("3", 3), (" 3.0 ", 3), ("-4", -4), ("-9", None), ("", None)])
def test_whole_numbers_are_read(text: str, value: int | None) -> None:
    assert a_row(text).integer("size") == value


@pytest.mark.parametrize("text", ["3.5", "three", "nan", "inf", "1_000", "٣٫٥"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ContractBroken, match=r"some\.csv row 7, column size: '.*' is not a "):
        a_row(text).integer("size")


def test_a_needed_value_may_not_be_missing() -> None:
    for read in (Row.needed, Row.needed_integer, Row.needed_number):
        with pytest.raises(ContractBroken, match=r"some\.csv row 7, column size: '-9' must not be missing"):
            read(a_row("-9"), "size")
    with pytest.raises(ContractBroken, match="column size: '2' is neither 0 nor 1"):
        a_row("2").flag("size")


CONTRACT = """
title: t
version: v
publisher: p
url: u
citation: c
terms: t
redistribute: false
coverage: []
files: {things: {path: things.csv, header: [number, name], %s}}
tables: {}
fixes: [%s]
"""


@pytest.mark.parametrize(
    ("file", "fix", "problem"),
    [
        ("key: [code]", "", "'code' is not in the header"),
        ("columns: {code: {min: 0}}", "", "'code' is not in the header"),
        ("keys: [number]", "", "unknown field `keys`"),
        ("rows: [many, more]", "", "Expected `int`"),
        ("key: [number], is_large: true", "", "keeps no key"),
        ("columns: {number: {min: 0}}, is_large: true", "", "keeps no key and no columns"),
        (
            "is_large: true",
            "{file: things, where: {}, column: name, old: a, new: b, reason: r}",
            "read by column and not corrected",
        ),
        ("key: []", "{file: others, where: {}, column: name, old: a, new: b, reason: r}", "no promised file"),
        ("key: []", "{file: things, where: {code: x}, column: name, old: a, new: b, reason: r}", "not in the header"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused(file: str, fix: str, problem: str) -> None:
    assert read_contract("things", CONTRACT % ("key: []", "")).title == "t"
    with pytest.raises(ContractBroken, match=rf"things\.yml: .*{problem}"):
        read_contract("things", CONTRACT % (file, fix))


def test_a_coverage_that_rests_on_a_file_nobody_promised_is_refused() -> None:
    statement = "{kinds: [k], completeness: complete, start: 2000-01-01, end: 2001-12-31, file: %s}"
    text = (CONTRACT % ("key: []", "")).replace("coverage: []", f"coverage: [{statement}]")
    [known] = read_contract("things", text % "things").coverage
    assert known.file == "things"
    with pytest.raises(ContractBroken, match=r"things\.yml: .*coverage: 'others' is no promised file"):
        read_contract("things", text % "others")
