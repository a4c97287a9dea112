"""China's public and military diplomacy by partner and year, its leaders' trips, and mentions of partners by day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.vocab.dates import dated_parts

CHINA = "CHN"
MENTION = "leader_public_mention_count"
NO_COUNTRIES = {"Wales": "a country's name found within another name"}
FLAGS = {"Y": 1.0, "N": 0.0}


@dataclass(frozen=True)
class Count:
    """One column of counts: our name, who acts, and the only years in which it is known."""

    fact: str
    direction: str = "out"  # out: China toward the partner; in: the partner toward China; both: no direction
    years: range = range(1, 10_000)


PUBLIC_DIPLOMACY = {
    "confucius_institutes": Count("confucius_institute_count"),
    "sister_cities_established": Count("sister_city_established_count"),
    "government_visits": Count("government_visit_count", "both"),
    "military_visits": Count("military_visit_count", "both"),
    "ambassador_op_eds": Count("ambassador_op_ed_count"),
    "journalist_visits": Count("journalist_visit_count"),
    "media_partnerships": Count("media_partnership_count"),
    "outbound_chinese_students": Count("student_count"),
    "inbound_students_to_china": Count("student_count", "in"),
}
BORDERLANDS = {
    "sec_01_arms_transfer_tiv": Count("committed_arms_tiv"),
    "sec_01_arms_transfer_tiv_delivered": Count("delivered_arms_tiv"),
    "sec_01_arms_transfer_orders_ct": Count("arms_order_count"),
    "sec_01_missing_transfer_tiv": Count("undelivered_arms_tiv"),
    "sec_02_surveillance_usd": Count("surveillance_project_usd2024"),
    "sec_02_surveillance_ct": Count("surveillance_project_count"),
    "sec_03_military_engagement_ct": Count("senior_military_engagement_count", "both"),
    "sec_04_joint_exercise_ct": Count("joint_exercise_count", "both"),
    "dev_01_currency_swap_line_extant": Count("has_currency_swap_line", years=range(2009, 10_000)),
    "dev_01_currency_swap_usd": Count("currency_swap_drawn_usd2024"),
    "dev_02_infrastructure_usd": Count("infrastructure_project_usd2024"),
    "dev_02_infrastructure_ct": Count("infrastructure_project_count"),
    "dev_03_fdi_usd": Count("direct_investment_stock_usd2024"),
    "dev_03_fdi_derived_usd": Count("derived_direct_investment_stock_usd2024"),
    "dev_04_sez_usd": Count("economic_zone_project_usd2024"),
    "dev_04_sez_proj_ct": Count("economic_zone_project_count"),
    "dev_04_sez_unique_site": Count("economic_zone_site_count"),
    "civ_01_united_front_presence": Count("has_united_front_presence", years=range(2019, 2020)),
    "civ_02_healthcare_usd": Count("health_project_usd2024"),
    "civ_02_healthcare_ct": Count("health_project_count"),
    "civ_03_outbound_visits_ct": Count("leader_visit_count"),
    "civ_03_inbound_visits_ct": Count("leader_visit_count", "in"),
    "civ_04_csps_ct": Count("content_sharing_partnership_count"),
    "civ_05_judicial_engagement_ct": Count("judicial_engagement_count", "both"),
    "civ_06_ci_ct": Count("confucius_institute_operating_count"),
    "civ_06_cc_ct": Count("confucius_classroom_operating_count"),
}


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """Every count that is known of China and a partner in a year."""
    for file, country, counts in (
        ("public_diplomacy", "receiving_country", PUBLIC_DIPLOMACY),
        ("borderlands", "recipient", BORDERLANDS),
    ):
        for row in raw.rows(file):
            year = row.needed_integer("year")
            partner = _partner(row, country, year)
            known = [
                (count, value)
                for column, count in counts.items()
                if (value := _value(raw, row, column, count)) is not None
            ]
            for count, value in known:
                one, other = _direction(count.direction, partner)
                yield {
                    "fact": count.fact,
                    "from_state": one,
                    "to_state": other,
                    "year": year,
                    "item": "",
                    "value": value,
                    "row_ref": row.ref(country, "year"),
                }
            if not known:
                raw.leave_out(row, "nothing was collected for the pair and year")


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per trip of a leader; the year is known and nothing nearer."""
    for trip, row in _trips(raw):
        year = row.needed_integer("Year")
        yield {
            "engagement": trip,
            "name": f"{row.needed('Name')} to {row.needed('Country')}",
            "instrument": "visit",
            "level": "head",
            "status": "completed",
            "start_date": date(year, 1, 1),
            "start_precision": "year",
            "end_date": date(year, 12, 31),
            "end_precision": "year",
            "verification": "secondary",
            "row_ref": row.ref("Year", "Name", "Country"),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """China as the visitor and the country of the trip as its host."""
    for trip, row in _trips(raw):
        host = row.party(("Country",), row.needed_integer("Year"))
        for role, (kind, party) in (("visitor", ("state", CHINA)), ("host", host)):
            yield {
                "engagement": trip,
                "party_kind": kind,
                "party": party,
                "role": role,
                "row_ref": row.ref("Year", "Name", "Country"),
            }


def activity_day(raw: Raw) -> Iterator[dict[str, Any]]:
    """How many entries of a day on China's leaders name a country, in whatever connection."""
    for (day, country), rows in _mentions(raw).items():
        yield {
            "fact": MENTION,
            "party_kind": "state",
            "party": CHINA,
            "toward_state": country,
            "date": day,
            "value": float(len(rows)),
            "row_ref": "; ".join(row.ref("date", "country", "leader") for row in rows),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The level of each leader who traveled, and the leader and words of each entry that names a country."""
    for trip, row in _trips(raw):
        fact = {"core_table": "engagement", "item": trip, "part": "", "row_ref": row.ref("Year", "Name", "Country")}
        yield fact | {"property": "leader", "content": row.needed("Name")}
        yield fact | {"property": "office", "content": row.needed("Level")}
    for (day, country), rows in _mentions(raw).items():
        for number, row in enumerate(rows, start=1):
            fact = {
                "core_table": "activity_day",
                "item": f"{MENTION}/{CHINA}/{country}/{day}",
                "part": str(number),
                "row_ref": row.ref("date", "country", "leader"),
            }
            yield fact | {"property": "leader", "content": row.needed("leader")}
            yield fact | {"property": "text", "content": row.needed("text")}


def _value(raw: Raw, row: Row, column: str, count: Count) -> float | None:
    if row.text(column) is None:
        return None
    if row.needed_integer("year") not in count.years:
        raw.leave_out_value(row, f"{column} outside the years in which it is known")
        return None
    return FLAGS[row.needed(column)] if count.fact.startswith("has_") else row.needed_number(column)


def _direction(direction: str, partner: str) -> tuple[str, str]:
    if direction == "both":
        return min(CHINA, partner), max(CHINA, partner)
    return (CHINA, partner) if direction == "out" else (partner, CHINA)


def _partner(row: Row, column: str, on: int | date) -> str:
    kind, party = row.party((column,), on)
    if kind != "state" or party == CHINA:
        raise row.broken(column, "is no state other than China")
    return party


def _trips(raw: Raw) -> Iterator[tuple[str, Row]]:
    """Every trip with our name for it; trips of one leader to one country in one year are numbered."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in raw.rows("trips"):
        alike.setdefault(tuple(row.needed(column) for column in ("Year", "Name", "Country")), []).append(row)
    for key, rows in alike.items():
        for number, row in enumerate(sorted(rows, key=lambda row: row.values), start=1):
            yield "/".join((*key, str(number))), row


def _mentions(raw: Raw) -> dict[tuple[date, str], list[Row]]:
    """The entries by day and country; a word that is no country here is left out."""
    found: dict[tuple[date, str], list[Row]] = {}
    for row in sorted(raw.rows("mentions"), key=lambda row: row.values):
        if row.needed("country") in NO_COUNTRIES:
            if not row.is_used:
                raw.leave_out(row, NO_COUNTRIES[row.needed("country")])
            continue
        day = _day(row)
        found.setdefault((day, _partner(row, "country", day)), []).append(row)
    return found


def _day(row: Row) -> date:
    """The day of a date written `12/07/18`; its year must be that of the column `year`."""
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{2})", row.needed("date"), re.ASCII)
    year = row.needed_integer("year")
    if match is None or year % 100 != int(match[3]):
        raise row.broken("date", f"is not a date (MM/DD/YY) in {year}")
    try:
        return dated_parts(year, int(match[1]), int(match[2])).day
    except UnknownWord as error:
        raise row.broken("date", str(error)) from error
