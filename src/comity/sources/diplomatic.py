"""Which state had an embassy or ambassador in which other, in fifteen years from 1960 to 2008 (DIPCON)."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

import pyarrow as pa

from comity.errors import ContractBroken
from comity.sources.raw import Raw, Row

CODE, YEAR = "0", "1"  # the columns at the left: code, year, abbreviation and ISO letters
FIRST_HOST = 4
COLUMNS = ("from_state", "to_state", "year", "value", "row_ref")
TITLE = "ccode"  # stands before the row of the hosts' codes
Hosts = dict[str, tuple[str, str]]  # the column of a host → its code in the file, and the state


def dyad_year_fact(raw: Raw) -> Iterator[pa.Table]:
    """One row per sender, host and year: 1 for a contact, 0 for none that was found."""
    sheets: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("matrices"):
        sheets[row.file].append(row)
    for rows in sheets.values():
        headings = list(takewhile(lambda row: not row.plain(CODE).isdecimal(), rows))
        for row in headings:
            raw.leave_out(row, "a heading")
        hosts = _hosts(headings, rows[0])
        contacts = [contact for row in rows[len(headings) :] for contact in _contacts(raw, row, hosts)]
        if not contacts:
            raise ContractBroken(f"{rows[0].file}: holds no pair of sender and host")
        columns = dict(zip(COLUMNS, zip(*contacts, strict=True), strict=True))
        table = pa.table({name: pa.array(values) for name, values in columns.items()})
        for name, value in (("fact", "diplomatic_contact"), ("item", "")):
            table = table.append_column(name, pa.repeat(pa.scalar(value), table.num_rows))
        yield table


def _contacts(raw: Raw, row: Row, hosts: Hosts) -> Iterator[tuple[str, str, int, float, str]]:
    """What one sender's row says of each host."""
    year = row.needed_integer("sheet")
    if row.needed_integer(YEAR) != year:
        raise row.broken(YEAR, f"is not the year of the sheet, {year}")
    sender, ref = row.state(CODE, "cow", year), row.ref(CODE)
    for column, (code, host) in hosts.items():
        is_contact = row.flag(column)
        if host == sender and is_contact:
            raw.leave_out_value(row, "a contact of a state with itself")
        if host != sender and is_contact is not None:
            yield sender, host, year, float(is_contact), f"{ref}/{code}"


def _hosts(headings: list[Row], first: Row) -> Hosts:
    """The host of each column, as code and state."""
    titles = [row for row in headings if row.plain(CODE) == TITLE]
    if len(titles) != 1:
        raise ContractBroken(f"{first.file} row {first.place}: {len(titles)} rows begin with {TITLE!r}, promised one")
    [codes] = titles
    year = codes.needed_integer("sheet")
    columns = [str(number) for number in range(FIRST_HOST, len(codes.values) - 1)]
    return {
        column: (codes.needed(column), codes.state(column, "cow", year))
        for column in columns
        if codes.text(column) is not None
    }
