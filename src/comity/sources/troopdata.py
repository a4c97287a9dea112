"""Forces of the United States abroad: people, bases, construction and visits of commanders (troopdata project)."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from comity.sources.properties import number_properties
from comity.sources.raw import Raw, Row
from comity.sources.troop_counts import people_counts
from comity.vocab.states import state, territories

HOME, HOME_CODE = ("state", "USA"), 2
LISTED_UNTIL = date(2018, 12, 31)  # the last year in which the list of bases was brought up to date
SITE_KINDS = {"is_base": "base", "is_lilypad": "lilypad", "is_funded_site": "fundedsite"}
# Money for no place: of the world at large, kept secret, or under a code that nothing explains.
NOWHERE = frozenset(
    {
        "Worldwide Unspecified",
        "Unspecified Location",
        "Worldwide Classified",
        "Conus Classified",
        "Zc",
        "Bi",
        "Ho",
        "Cm",
    }
)
TITLES = {
    "Secretary of the Army": ("Secretary of the Army", "chief"),
    "Secretary of the Navy": ("Secretary of the Navy", "chief"),
    "Secretary of the Air Force": ("Secretary of the Air Force", "chief"),
    "Commandant of the Marine Corps": ("Commandant of the Marine Corps", "chief"),
    "Commandant US Marine Corps": ("Commandant of the Marine Corps", "chief"),
    "PACOM": ("Commander of the Pacific Command", "commander"),
    "STRATCOM": ("Commander of the Strategic Command", "commander"),
}
START = ("Start Year", "Start Month", "Start Day")
END = ("End Year", "End Month", "End Day")
RELATIONS_WITH_CUBA = 2015  # the year in which they were taken up again
LONGEST_JOURNEY = 60  # days; what lasts longer has the year of another journey

Place = tuple[str, str]  # the kind and the code of a party
Numbers = Iterator[tuple[Place, dict[str, Any]]]


def dyad_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """What the United States have in another state: people by quarter and year, and money for construction by year."""
    for (_, party), fact in _numbers(raw, lambda place: place[0] == "state" and place != HOME):
        yield fact | {"from_state": "USA", "to_state": party}


def state_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same within the United States."""
    for _, fact in _numbers(raw, lambda place: place == HOME):
        yield fact | {"state": "USA", "fact": f"home_{fact['fact']}"}


def party_year_fact(raw: Raw) -> Iterator[dict[str, Any]]:
    """The same in territories, those of the United States among them."""
    for (kind, party), fact in _numbers(raw, lambda place: place[0] != "state"):
        yield fact | {"party_kind": kind, "party": party, "fact": f"us_{fact['fact']}"}


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like the table)
    """What a number rests on when it is no report, and what kind of site a base is."""
    for count in people_counts(raw):
        spot = count.spot
        if count.basis:
            table, name = "dyad_year_fact", count.fact
            if spot.kind == "territory":
                table, name = "party_year_fact", f"us_{count.fact}"
            elif spot.party == "USA":
                table, name = "state_year_fact", f"home_{count.fact}"
            yield {
                "core_table": table,
                "item": f"{name}/{spot.party}/{spot.year}/{spot.item}",
                "property": "basis",
                "part": "",
                "content": count.basis,
                "row_ref": count.row.ref("ccode", "year"),
            }
    for identifier, row in _sites(raw):
        fact = {"core_table": "presence", "item": identifier, "row_ref": row.ref("countryname", "basename")}
        yield from number_properties(row, fact, SITE_KINDS)


def presence(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per base or site abroad; the list gives no dates."""
    for identifier, row in _sites(raw, is_counted=True):
        yield {
            "presence": identifier,
            "name": _site_name(row),
            "from_state": "USA",
            "to_state": row.state("ccode", "cow", LISTED_UNTIL),
            "known_until": LISTED_UNTIL,
            "location": row.needed("countryname"),
            "latitude": row.number("lat"),
            "longitude": row.number("lon"),
            "verification": "secondary",
            "row_ref": row.ref("countryname", "basename"),
        }


def engagement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per country visited; where a journey has several, each has the dates of the whole journey."""
    for identifier, row in _visits(raw, is_counted=True):
        start, end = row.date_parts(START), row.date_parts(END, edge="end")
        if start is None:
            raise row.broken(START[0], "must not be missing")
        if end is not None and not 0 <= (end.day - start.day).days <= LONGEST_JOURNEY:
            raw.leave_out_value(row, "an end before the start, or months after it")
            end = None
        title, level = TITLES[row.needed("Title")]
        yield {
            "engagement": identifier,
            "name": f"{title} of the United States to {_name(_host(row))}",
            "instrument": "visit",
            "level": level,
            "status": "completed",
            "start_date": start.day,
            "start_precision": start.precision,
            "end_date": end and end.day,
            "end_precision": end and end.precision,
            "location": row.text("City Visited"),
            "verification": "secondary",
            "row_ref": row.ref("Title", *START, "State Visit"),
        }


def engagement_party(raw: Raw) -> Iterator[dict[str, Any]]:
    """Two rows per visit: the United States, whose officer travels, and the host."""
    for identifier, row in _visits(raw):
        for (kind, party), role in ((HOME, "visitor"), (_host(row), "host")):
            yield {
                "engagement": identifier,
                "party_kind": kind,
                "party": party,
                "role": role,
                "row_ref": row.ref("Title", *START, "State Visit"),
            }


def _numbers(raw: Raw, is_wanted: Callable[[Place], bool]) -> Numbers:
    """Every number of the places wanted, as a fact that still lacks the columns of its table."""
    for count in people_counts(raw):
        spot = count.spot
        place = (spot.kind, spot.party)
        if is_wanted(place):
            yield (
                place,
                {
                    "fact": count.fact,
                    "year": spot.year,
                    "item": spot.item,
                    "value": float(count.value),
                    "row_ref": count.row.ref("ccode", "countryname", "year"),
                },
            )
    yield from (found for found in _construction(raw) if is_wanted(found[0]))


def _construction(raw: Raw) -> Numbers:
    """Money for construction, given in thousands for each location, in sum for each place and fiscal year."""
    sums: Counter[tuple[Place, int]] = Counter()
    file = ""
    for row in raw.rows("construction"):
        if row.needed("countryname") in NOWHERE:
            if not row.is_used:
                raw.leave_out(row, "no place is named")
            continue
        year = row.needed_integer("year")
        has_code = row.text("ccode") is not None
        place = ("state", row.state("ccode", "cow", year)) if has_code else row.party(("countryname",), year)
        sums[place, year] += row.needed_integer("spend_construction") * 1000
        file = row.ref().partition(":")[0]
    for (place, year), amount in sums.items():
        yield (
            place,
            {
                "fact": "construction_spending_usd",
                "year": year,
                "item": "",
                "value": float(amount),
                "row_ref": f"{file}:{place[1]}/{year}",
            },
        )


def _sites(raw: Raw, is_counted: bool = False) -> Iterator[tuple[str, Row]]:
    """The bases abroad, each once, by country and name."""
    seen: set[str] = set()
    for row in raw.rows("bases"):
        identifier = f"{row.needed('countryname')}/{_site_name(row)}"
        if row.needed_integer("ccode") == HOME_CODE:
            reason = "on ground of the United States"
        elif identifier in seen:
            reason = "a base entered twice"
        else:
            seen.add(identifier)
            yield identifier, row
            continue
        if is_counted:
            raw.leave_out(row, reason)


def _site_name(row: Row) -> str:
    return row.text("basename") or "site without a name"


def _host(row: Row) -> tuple[str, str]:
    return row.party(("State Visit",), row.needed_integer("Start Year"))


def _name(place: tuple[str, str]) -> str:
    kind, party = place
    return state(party).name if kind == "state" else territories()[party].name


def _visits(raw: Raw, is_counted: bool = False) -> Iterator[tuple[str, Row]]:
    """The visits, without those entered twice; who, when, where and which city tell them apart.

    Before 2015 the two had no relations: who is told to have gone to Cuba was at the base, and met nobody of Cuba.
    """
    seen: set[str] = set()
    for row in raw.rows("visits"):
        title, _ = TITLES[row.needed("Title")]
        when = "-".join(row.needed(column) for column in START)
        where = "/".join(filter(None, (row.needed("State Visit"), row.text("City Visited"))))
        identifier = f"{title.replace(' ', '-').lower()}/{when}/{where}"
        if _host(row) == ("state", "CUB") and row.needed_integer("Start Year") < RELATIONS_WITH_CUBA:
            if is_counted:
                raw.leave_out(row, "a visit to the base of the United States at Guantánamo Bay")
        elif identifier not in seen:
            seen.add(identifier)
            yield identifier, row
        elif is_counted:
            raw.leave_out(row, "a visit entered twice")
