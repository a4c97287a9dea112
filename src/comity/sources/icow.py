"""Contested territory, rivers and waters, attempts to settle them, and colonial history (Issue Correlates of War)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.properties import number_properties
from comity.sources.raw import Raw, Row
from comity.vocab.dates import Dated, dated_parts, last_day

OPEN_MONTH = 99  # in an end: the claim was open when the data stop
COMMUNITY = ("2220", "2223")  # the publisher's own codes
CENTRAL_AMERICA = ("89", "UPC")  # states left it after the day on which, by our list, it had ended
COMMUNITY_PARTY = ("organisation", "european-union")
NOT_A_STATE = "a party is the European Community, which is no state"
# Our fact and the publisher's column; all but the first three and the last two count what happened in the year.
YEARLY = {
    "claim_salience": "icowsal",
    "claim_salience_to_challenger": "salchal",
    "claim_salience_to_target": "saltgt",
    "claim_bilateral_attempt_count": "nbilat",
    "claim_nonbinding_third_party_attempt_count": "n3non",
    "claim_binding_third_party_attempt_count": "n3bind",
    "claim_militarized_dispute_count": "nmidiss",
    "claim_hostility_level": "maxhost",
    "claim_fatality_level": "maxfatal",
    "claim_fatal_dispute_count": "nfatal",
    "claim_war_count": "nwar",
    "claim_pacific_settlement_treaty_count": "pacsett",
    "claim_territorial_treaty_count": "tertot",
}
ITEM_PREFIXES = ("tc", "rc", "mc")  # what makes a claim to territory, a river or waters worth having
KEYS = ("claimdy", "claim", "name", "rivname", "chal", "tgt", "dyad", "begclaim", "endclaim", "version")
ATTEMPT_KEYS = (*KEYS, "settnumt", "begsett", "endsett", "year", "yearend", "typesetm")


def territorial_claim(raw: Raw) -> Iterator[dict[str, Any]]:
    """Two rows per claim and pair: who challenges what is, and who is challenged."""
    horizon = _horizon(raw)
    for row in raw.rows("pairs"):
        start, end = _month(row, "begclaim"), _month(row, "endclaim", edge="end")
        assert start is not None
        for column, role in (("chal", "claimant"), ("tgt", "holder")):
            kind, party = _party(row, column, start.day.year)
            yield {
                "claim": row.needed("claimdy"),
                "name": row.needed("name"),
                "place": row.text("rivname") or row.needed("name"),
                "party_kind": kind,
                "party": party,
                "role": role,
                "start_date": start.day,
                "start_precision": start.precision,
                "end_date": end and end.day,
                "end_precision": end and end.precision,
                "known_until": horizon,
                "verification": "secondary",
                "row_ref": row.ref("claimdy"),
            }


def dyad_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """Attempts to settle a claim, from challenger to target: 1 between them, 2 and 3 through others, 4 by arms."""
    horizon = _horizon(raw)
    for row in raw.rows("attempts"):
        if _has_community(row):
            raw.leave_out(row, NOT_A_STATE)
            continue
        start, end = _month(row, "begsett"), _month(row, "endsett", edge="end")
        assert start is not None
        if end and end.day < start.day:
            raw.leave_out_value(row, "an end before the start")
            end = None
        yield {
            "fact": "claim_settlement_attempt",
            "from_state": row.state("chal", "cow", start.day.year),
            "to_state": row.state("tgt", "cow", start.day.year),
            "item": _attempt(row),
            "value": row.needed_number("typesetm"),
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "known_until": horizon,
            "row_ref": row.ref("claimdy", "settnumt"),
        }


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """For each pair and year of a claim, from challenger to target: its salience and what happened."""
    for row in raw.rows("years"):
        if _has_community(row):
            raw.leave_out(row, NOT_A_STATE)
            continue
        year = row.needed_integer("year")
        fact = {
            "from_state": row.state("chal", "cow", year),
            "to_state": row.state("tgt", "cow", year),
            "year": year,
            "item": row.needed("claimdy"),
            "row_ref": row.ref("claimdy", "year"),
        }
        for name, column in YEARLY.items():
            value = row.number(column)
            if value is not None:
                yield {**fact, "fact": name, "value": value}


def state_spell(raw: Raw) -> Iterator[dict[str, Any]]:
    """How each state came to be: ruler, independence, secession, and the state it merged into."""
    for row in raw.rows("colonial"):
        born, joined = _month(row, "IndDate"), _month(row, "COWsys")
        assert born is not None
        own = row.state("State", "cow", (joined or born).day.year)
        fact = {"state": own, "item": "", "row_ref": row.ref("State")}
        if row.text("ColRuler") is not None:
            yield fact | {"fact": "colonial_ruler", "content": row.state("ColRuler", "cow", born.day.year)}
        moments = (
            ("independence", "IndFrom", "IndDate", "IndType"),
            ("violent_independence", "IndFrom", "IndDate", "IndViol"),
            ("secession", "SecFrom", "SecDate", "SecViol"),
            ("merger", "Into", "IntoDate", ""),
            ("cow_system_entry", "", "COWsys", ""),
            ("gw_system_entry", "", "GWsys", ""),
        )
        for name, other, when, code in moments:
            moment = _month(row, when)
            if moment is not None:
                yield fact | {
                    "fact": name,
                    "content": _state(row, other, moment.day.year) if other else None,
                    "value": row.number(code) if code else None,
                    "start_date": moment.day,
                    "start_precision": moment.precision,
                }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The other codes of claims, pairs and attempts, and what makes a claim worth having, as it changes."""
    for row in raw.rows("claims"):
        fact = _fact("territorial_claim", f"claim/{row.needed('claim')}", row.ref("claim"))
        yield from number_properties(row, fact, _others(row, KEYS))
    for row in raw.rows("pairs"):
        fact = _fact("territorial_claim", row.needed("claimdy"), row.ref("claimdy"))
        yield from number_properties(row, fact, {"claim": "claim"} | _others(row, KEYS))
    for row in raw.rows("attempts"):
        if not _has_community(row):
            fact = _fact("dyad_spell", _attempt(row), row.ref("claimdy", "settnumt"))
            yield from number_properties(row, fact, _others(row, ATTEMPT_KEYS))
    by_pair: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("years"):
        by_pair[row.needed("claimdy")].append(row)
    for rows in by_pair.values():
        yield from _changes(sorted(rows, key=lambda row: row.needed_integer("year")))


def _changes(rows: list[Row]) -> Iterator[dict[str, Any]]:
    """The items of salience of one pair, each where it differs from the year before; the part is the year."""
    columns = [column for column in rows[0].layout.fields if column.startswith(ITEM_PREFIXES)]
    for column in columns:
        last = ""
        for row in rows:
            if row.plain(column) != last and row.text(column) is not None:
                fact = _fact("territorial_claim", row.needed("claimdy"), row.ref("claimdy", "year"))
                value = row.needed_number(column)
                yield fact | {"property": column, "part": row.needed("year"), "value": value}
            last = row.plain(column)


def _fact(table: str, item: str, reference: str) -> dict[str, Any]:
    return {"core_table": table, "item": item, "row_ref": reference}


def _others(row: Row, keys: tuple[str, ...]) -> dict[str, str]:
    return {column: column for column in row.layout.fields if column not in keys}


def _attempt(row: Row) -> str:
    return f"{row.needed('claimdy')}/{row.needed('settnumt')}"


def _horizon(raw: Raw) -> date:
    return last_day(max(raw.years("years", "year")))


def _has_community(row: Row) -> bool:
    return any(row.text(column) in COMMUNITY for column in ("chal", "tgt"))


def _party(row: Row, column: str, year: int) -> tuple[str, str]:
    if row.text(column) in COMMUNITY:
        return COMMUNITY_PARTY
    return "state", row.state(column, "cow", year)


def _state(row: Row, column: str, year: int) -> str | None:
    code, state = CENTRAL_AMERICA
    if row.text(column) == code:
        return state
    return None if row.text(column) is None else row.state(column, "cow", year)


def _month(row: Row, column: str, edge: str = "start") -> Dated | None:
    """A date written YYYYMM; month 00 is not known, and 99 means open at the horizon."""
    number = row.integer(column)
    if number is None:
        return None
    year, month = divmod(number, 100)
    if month == OPEN_MONTH and edge == "end":
        return None
    try:
        return dated_parts(year, month or None, None, edge)
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error
