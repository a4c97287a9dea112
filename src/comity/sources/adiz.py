"""What Taiwan, Japan and China reported of military activity, day by day: aircraft, ships, passages, notices."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.errors import UnknownWord
from comity.sources.raw import Raw, Row
from comity.vocab.dates import dated_parts

CHINA = ("state", "CHN")
TAIWAN = "TWN"
SORTIES = "taiwan_mnd_sortie_count"
ZONE_REPORTS = "taiwan_mnd_zone_report_count"
COUNTRIES = {"中國": CHINA, "俄羅斯": ("state", "RUS"), "中國、俄羅斯": ("unknown", "china-and-russia")}
UNNAMED = ("unknown", "china-or-russia")
JAPAN = {
    "空中": "japan_mod_aircraft_reported",
    "聯合演訓": "japan_mod_joint_exercise_reported",
    "艦通過": "japan_mod_ship_passage_reported",
    "航母活動": "japan_mod_carrier_reported",
    "與那國": "japan_mod_yonaguni_passage_reported",
    "宮古": "japan_mod_miyako_passage_reported",
    "大禹": "japan_mod_osumi_passage_reported",
    "對馬": "japan_mod_tsushima_passage_reported",
    "進": "japan_mod_inbound_passage_reported",
    "出": "japan_mod_outbound_passage_reported",
}
JAPAN_WORDS = {"艦型": "ship_class", "備考": "note", "remark": "remark"}
CONTEXT_WORDS = {
    "US_Taiwan_interaction": "us_taiwan_interaction",
    "Political_statement": "political_statement",
    "Foreign_battleship": "foreign_ship_passage",
}
OTHER_COLUMNS = {"days": (*JAPAN, *JAPAN_WORDS), "context": tuple(CONTEXT_WORDS)}
AIRCRAFT = {
    "aircraft_total": "taiwan_mnd_aircraft_total_count",
    "crossed_median": "taiwan_mnd_median_line_crossing_count",
    "entered_adiz": "taiwan_mnd_zone_entry_count",
}
VESSELS = {
    "vessels_naval": "taiwan_mnd_naval_vessel_count",
    "vessels_official": "taiwan_mnd_official_vessel_count",
}
# What a notice is about, by the first of these that its title holds.
NOTICES = {
    "结束": None,
    "COMPLETED": None,
    "射击": "china_msa_live_fire_notice_count",
    "火箭": "china_msa_rocket_notice_count",
    "禁航区": "china_msa_closed_area_notice_count",
    "搜救": "china_msa_rescue_drill_notice_count",
    "应急": "china_msa_rescue_drill_notice_count",
    "军事": "china_msa_military_notice_count",
    "MILITARY": "china_msa_military_notice_in_english_count",
}
# The aircraft of a report stand between these two headings, each in words that end in a number and 架.
AIRCRAFT_SECTION = re.compile(r"機型[^\n]*\n(.*?)\n[^\n]*活動概要", re.DOTALL)
AIRCRAFT_LINE = re.compile(r"^\W*(.*?)\s*([0-9]+)\s*架", re.MULTILINE)
REPORT_DAY = re.compile(r"中華民國\s*(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII)
REPUBLIC = 1911


def activity_day(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per day, reporting side and kind of activity; only what a report says, a reported 0 included."""
    yield from _sorties(raw)
    yield from _japan(raw)
    yield from _monitor(raw)
    yield from _summed(_notices(raw), CHINA, None)
    yield from _summed(
        ((ZONE_REPORTS, day, float(sum(types.values())), row) for day, types, row in _reports(raw)), CHINA, TAIWAN
    )


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The words beside the numbers: classes of ship, notes, statements, areas of notices, types of aircraft."""
    for file, words in (("days", JAPAN_WORDS), ("context", CONTEXT_WORDS)):
        for column, name in words.items():
            yield from _words(raw, file, column, name)
    for fact, day, _, row in _notices(raw):
        item = {"core_table": "activity_day", "item": f"{fact}/{day}", "part": _number(row), "row_ref": row.ref("url")}
        for column in ("title", "start_date", "end_date", "coordinates"):
            if content := row.text(column):
                yield item | {"property": column, "content": content}
    for day, types, row in _reports(raw):
        for name, count in types.items():
            yield {
                "core_table": "activity_day",
                "item": f"{ZONE_REPORTS}/{day}",
                "property": name,
                "part": row.needed("p"),
                "value": float(count),
                "row_ref": row.ref("p"),
            }


def _sorties(raw: Raw) -> Iterator[dict[str, Any]]:
    """Aircraft and ships as Taipei reported them and carriers as the compiler had them, once for each day."""
    seen: dict[tuple[str, date], tuple[float, list[Row]]] = {}
    for file, columns in (
        ("days", {"pla_aircraft_sorties": SORTIES, "plan_vessel_sorties": "taiwan_mnd_vessel_count"}),
        ("context", {"pla_aircraft_sorties": SORTIES, "china_carrier_present": "compiled_carrier_present"}),
    ):
        for row in sorted(raw.rows(file), key=lambda row: row.values):
            day = _day(row, "date")
            known = {fact: value for column, fact in columns.items() if (value := row.number(column)) is not None}
            for fact, value in known.items() if day else ():
                assert day is not None
                first, rows = seen.setdefault((fact, day), (value, []))
                if first != value:
                    raw.leave_out_value(row, "another number for the day than stands before it")
                rows.append(row)
            _leave_out_empty(raw, row, file, bool(known))
    for (fact, day), (value, rows) in seen.items():
        refs = sorted({row.ref("date") for row in rows})
        toward = TAIWAN if fact.startswith("taiwan_") else None
        yield _fact(fact, CHINA, toward, day) | {"value": value, "row_ref": "; ".join(refs)}


def _leave_out_empty(raw: Raw, row: Row, file: str, is_known: bool) -> None:
    if row.text("date") is None:
        raw.leave_out(row, "a blank row without date")
    elif not is_known and not any(row.text(column) for column in OTHER_COLUMNS[file]):
        raw.leave_out(row, "a day of which nothing is said")


def _japan(raw: Raw) -> Iterator[dict[str, Any]]:
    """What Tokyo reported of passages and flights: 1 reported, 0 looked at and not reported."""
    for row in raw.rows("days"):
        day = _needed_day(row, "date")
        party = COUNTRIES[row.needed("國家")] if row.text("國家") else UNNAMED
        for column, fact in JAPAN.items():
            value = row.number(column)
            if value is not None:
                if value not in (0, 1):
                    raise row.broken(column, "is neither 0 nor 1")
                yield _fact(fact, party, None, day) | {"value": value, "row_ref": row.ref("date")}


def _monitor(raw: Raw) -> Iterator[dict[str, Any]]:
    """The counters of one monitor of the reports from Taipei, without days that were not read."""
    for row in raw.rows("monitor"):
        day = _needed_day(row, "date")
        counts = {fact: row.needed_number(column) for column, fact in (AIRCRAFT | VESSELS).items()}
        if len(set(counts.values())) == 1:
            raw.leave_out(row, "all five counters agree, most likely not read from the report")
            continue
        total, crossed, entered = (counts[fact] for fact in AIRCRAFT.values())
        if max(crossed, entered) > total:
            raw.leave_out_value(row, "aircraft, of which more entered or crossed than there were")
            counts = {fact: counts[fact] for fact in VESSELS.values()}
        for fact, value in counts.items():
            yield _fact(fact, CHINA, TAIWAN, day) | {"value": value, "row_ref": row.ref("date")}


def _notices(raw: Raw) -> Iterator[tuple[str, date, float, Row]]:
    """Each notice once, as the fact its title means, on the day of its publication."""
    seen: set[str] = set()
    for row in sorted(raw.rows("notices"), key=lambda row: row.needed("url")):
        title = row.needed("title")
        word = next((word for word in NOTICES if word in title), None)
        if word is None:
            raise row.broken("title", "has no word that says what the notice is about")
        fact = NOTICES[word]
        if fact and title not in seen:
            yield fact, _needed_day(row, "publish_date"), 1.0, row
        elif not row.is_used:
            raw.leave_out(row, "a notice entered twice" if fact else "a notice that an activity has ended")
        seen.add(title)


def _reports(raw: Raw) -> Iterator[tuple[date, Counter[str], Row]]:
    """The day of each report and its aircraft by type, read by the patterns above."""
    for row in raw.rows("reports"):
        text = row.needed("text")
        days, section = set(REPORT_DAY.findall(text)), AIRCRAFT_SECTION.search(text)
        types: Counter[str] = Counter()
        for name, count in AIRCRAFT_LINE.findall(section[1]) if section else ():
            types[name] += int(count)
        if len(days) == 1 and types:
            year, month, day = (int(part) for part in days.pop())
            yield _date(row, "text", (year + REPUBLIC, month, day)), types, row
        elif not row.is_used:
            raw.leave_out(row, "a report without one day and a number of aircraft in the known words")


def _summed(
    found: Iterator[tuple[str, date, float, Row]], party: tuple[str, str], toward: str | None
) -> Iterator[dict[str, Any]]:
    """One row per fact and day, adding what several rows say."""
    days: dict[tuple[str, date], list[tuple[float, str]]] = {}
    for fact, day, value, row in found:
        days.setdefault((fact, day), []).append((value, row.ref("url")))
    for (fact, day), parts in days.items():
        refs = sorted(ref for _, ref in parts)
        yield _fact(fact, party, toward, day) | {"value": sum(value for value, _ in parts), "row_ref": "; ".join(refs)}


def _words(raw: Raw, file: str, column: str, name: str) -> Iterator[dict[str, Any]]:
    """The words of one column by day; the same words on one day count once, and a mere code is left out."""
    days: dict[date, dict[str, Row]] = {}
    for row in raw.rows(file):
        day, words = _day(row, "date"), row.text(column)
        if day is None or words is None:
            continue
        if words.isascii():
            row.ref("date")
            raw.leave_out_value(row, f"{column} holds a code in place of words")
            continue
        days.setdefault(day, {}).setdefault(words, row)
        row.ref("date")
    for day, found in days.items():
        for number, words in enumerate(sorted(found), start=1):
            yield {
                "core_table": "activity_day",
                "item": str(day),
                "property": name,
                "part": str(number),
                "content": words,
                "row_ref": found[words].ref("date"),
            }


def _fact(fact: str, party: tuple[str, str], toward: str | None, day: date) -> dict[str, Any]:
    return {"fact": fact, "party_kind": party[0], "party": party[1], "toward_state": toward, "date": day}


def _number(row: Row) -> str:
    """The number of a notice, after the dash of its title."""
    return row.needed("title").rpartition("—")[2]


def _day(row: Row, column: str) -> date | None:
    """A date written `2015/3/30` or `2025-10-01`."""
    text = row.text(column)
    if text is None:
        return None
    parts = re.fullmatch(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2})", text, re.ASCII)
    if parts is None:
        raise row.broken(column, "is not a date (YYYY/M/D)")
    return _date(row, column, (int(parts[1]), int(parts[3]), int(parts[4])))


def _needed_day(row: Row, column: str) -> date:
    day = _day(row, column)
    if day is None:
        raise row.broken(column, "must not be missing")
    return day


def _date(row: Row, column: str, parts: tuple[int, int, int]) -> date:
    try:
        return dated_parts(*parts).day
    except UnknownWord as error:
        raise row.broken(column, str(error)) from error
