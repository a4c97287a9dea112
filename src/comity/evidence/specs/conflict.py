"""Outcomes of single states that no measure holds: armed conflict on their ground and deaths in battle."""

from __future__ import annotations

from comity.evidence.specs.terms import Term, asked

_INTERNAL = "conflict_kind IN ('intrastate', 'internationalized_intrastate')"
# Lists of conflicts name all states on a side and do not say whose ground it is. The state whose conflict it is stands
# in every year of it, most often alone; where others do so too, the place tells.
_PLACES = {
    "Burkina Faso": "BFA",
    "Central African Republic": "CAF",
    "DR Congo (Zaire)": "COD",
    "Gabon": "GAB",
    "Gambia": "GMB",
    "Guinea-Bissau": "GNB",
    "Iran": "IRN",
    "Lesotho": "LSO",
    "Mali": "MLI",
    "Mauritania": "MRT",
    "Nigeria": "NGA",
    "Oman": "OMN",
    "Ukraine": "UKR",
}
_PLACE_ROWS = ", ".join(f"('{place}', '{code}')" for place, code in _PLACES.items())


def _own(source: str) -> str:
    """A SELECT of the conflicts within states: state, year and deaths; a state has a row for each of its conflicts."""
    return f"""
    WITH party AS (
        SELECT conflict, unnest(parties) AS state, conflict_kind = 'intrastate' AS alone, location
        FROM core.conflict_year WHERE source = 'ucdp_acd' AND {_INTERNAL}),
    ranked AS (
        SELECT conflict, state, row_number() OVER (PARTITION BY conflict ORDER BY sum(CASE WHEN alone THEN 1000 ELSE 1
        END) DESC, bool_or(state = code) DESC NULLS LAST, state) AS rank
        FROM party LEFT JOIN (VALUES {_PLACE_ROWS}) AS home (place, code) ON location = place GROUP BY conflict, state)
    SELECT state, year, death_count FROM core.conflict_year JOIN ranked USING (conflict)
    WHERE rank = 1 AND source = '{source}' AND {_INTERNAL}"""  # noqa: S608 (no word of it is given from outside)


def partner_conflict(code: str) -> Term:
    """1 in years with an armed conflict within the partner of a state, 1946 to 2022; the list is complete."""
    sql = f"""SELECT '{code}' AS from_state, state AS to_state, year, 1 AS value
        FROM ({_own("ucdp_acd")}) WHERE state <> '{code}' GROUP BY ALL"""  # noqa: S608 (no word of it is given from outside)
    return asked(f"conflict_of_partner_{code.lower()}", sql)


def membership(name: str, organisation: str) -> Term:
    """1 in years on whose last day a state belongs to an organization."""
    sql = f"""SELECT party AS state, each.year AS year, 1 AS value FROM core.organisation_member,
        (SELECT unnest(range(1946, 2026)) AS year) AS each WHERE organisation = '{organisation}'
        AND party_kind = 'state' AND start_date <= make_date(each.year::BIGINT, 12, 31)
        AND coalesce(end_date, DATE '2100-01-01') > make_date(each.year::BIGINT, 12, 31) GROUP BY ALL"""  # noqa: S608 (no word of it is given from outside)
    return asked(name, sql)


CONFLICT = asked(
    "internal_conflict",
    f"SELECT state, year, 1 AS value FROM ({_own('ucdp_acd')}) GROUP BY ALL",  # noqa: S608 (no word of it is given from outside)
)
DEATHS = asked(
    "internal_battle_deaths",
    f"SELECT state, year, sum(death_count)::DOUBLE AS value FROM ({_own('ucdp_brd')}) GROUP BY ALL",  # noqa: S608 (no word of it is given from outside)
)
TARGETED = asked(
    "disputes_begun_against",
    """SELECT b.state AS state, year(b.start_date)::INTEGER AS year, count(DISTINCT b.dispute) AS value
    FROM core.dispute_party b WHERE b.source = 'gml_mid' AND b.side = 'b' AND b.is_originator GROUP BY ALL""",
)
EUROPE = (
    *(
        "ALB",
        "ARM",
        "AUT",
        "AZE",
        "BEL",
        "BGR",
        "BIH",
        "BLR",
        "CHE",
        "CYP",
        "CZE",
        "DEU",
        "DFR",
        "DNK",
        "ESP",
        "EST",
    ),
    *(
        "FIN",
        "FRA",
        "GBR",
        "GEO",
        "GRC",
        "HRV",
        "HUN",
        "IRL",
        "ISL",
        "ITA",
        "KAZ",
        "KGZ",
        "LTU",
        "LUX",
        "LVA",
        "MDA",
    ),
    *(
        "MKD",
        "MLT",
        "MNE",
        "NLD",
        "NOR",
        "POL",
        "PRT",
        "ROU",
        "RUS",
        "SRB",
        "SVK",
        "SVN",
        "SWE",
        "TJK",
        "TKM",
        "TUR",
    ),
    *("UKR", "UZB"),
)
AFRICA = (
    *(
        "AGO",
        "BDI",
        "BEN",
        "BFA",
        "BWA",
        "CAF",
        "CIV",
        "CMR",
        "COD",
        "COG",
        "COM",
        "CPV",
        "DJI",
        "DZA",
        "EGY",
        "ERI",
    ),
    *(
        "ETH",
        "GAB",
        "GHA",
        "GIN",
        "GMB",
        "GNB",
        "GNQ",
        "KEN",
        "LBR",
        "LBY",
        "LSO",
        "MAR",
        "MDG",
        "MLI",
        "MOZ",
        "MRT",
    ),
    *(
        "MUS",
        "MWI",
        "NAM",
        "NER",
        "NGA",
        "RWA",
        "SDN",
        "SEN",
        "SLE",
        "SOM",
        "SSD",
        "STP",
        "SWZ",
        "SYC",
        "TCD",
        "TGO",
    ),
    *("TUN", "TZA", "UGA", "ZAF", "ZMB", "ZWE"),
)
