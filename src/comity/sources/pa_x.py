"""Peace agreements of 1990 to 2020, between and within states, and what they provide for (PA-X)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.sources.properties import number_properties, text_properties
from comity.sources.raw import Raw

TYPES = {"Inter": "interstate", "InterIntra": "mixed", "Intra": "intrastate", "IntraLocal": "local"}
STAGES = {
    "Pre": "prenegotiation",
    "SubPar": "partial",
    "SubComp": "comprehensive",
    "Cea": "ceasefire",
    "Imp": "implementation",
    "Ren": "renewal",
    "Oth": "other",
}
TEXTS = {
    "process": "PPName",
    "conflict": "Con",
    "conflict_type": "Contp",
    "region": "Reg",
    "document_status": "Status",
    "stage_detail": "StageSub",
    "parties": "Part",
    "third_parties": "ThrdPart",
    "ucdp_conflict": "UcdpCon",
    "ucdp_agreement": "UcdpAgr",
    "cow_war": "CowWar",
}
PLACES = {"location_1": "Loc1GWNO", "location_2": "Loc2GWNO"}
# Ceasefire, security, military power sharing, borders, protection of civilians, and the means to carry it out.
PROVISIONS = [
    *("Ce", "CeProv", "CeGen"),
    *("SsrGua", "SsrPol", "SsrArm", "SsrDdr", "DdrDemil", "DdrProg", "SsrInt", "SsrPsf", "SsrFf"),
    *("Cor", "SsrCrOcr", "SsrDrugs", "Terr"),
    *("Mps", "MpsMe", "MpsJt", "MpsPro", "MpsOth"),
    *("StBor", "StXbor"),
    *("Prot", "ProtCiv", "ProtGrp", "ProtLgl", "ProtOth"),
    *("ImUN", "ImOth", "ImRef", "ImPK", "ImE"),
]
NUMBERS = {"page_count": "Lgt", "process_number": "PP"} | {name.lower(): name for name in PROVISIONS}


def agreement(raw: Raw) -> Iterator[dict[str, Any]]:
    """One row per agreement; whether it is in force is not known, and its parties are text."""
    horizon = _horizon(raw)
    for row in raw.rows("agreements"):
        signed = row.date("Dat")
        yield {
            "agreement": row.needed("AgtId"),
            "name": row.needed("Agt"),
            "agreement_kind": "peace",
            "categories": [TYPES[row.needed("Agtp")], STAGES[row.needed("Stage")]],
            "signed_date": signed and signed.day,
            "signed_precision": signed and signed.precision,
            "known_until": horizon,
            "status": "unknown",
            "verification": "secondary",
            "row_ref": row.ref("AgtId"),
        }


def property(raw: Raw) -> Iterator[dict[str, Any]]:  # noqa: A001 (named like its table)
    """The process, places and parties of each agreement, and its provisions."""
    for row in raw.rows("agreements"):
        fact = {"core_table": "agreement", "item": row.needed("AgtId"), "row_ref": row.ref("AgtId")}
        yield from text_properties(row, fact, TEXTS)
        yield from number_properties(row, fact, NUMBERS)
        signed = row.date("Dat")
        for name, column in PLACES.items():
            if row.text(column) is not None and signed is not None:
                yield fact | {"property": name, "part": "", "content": row.state(column, "gw", signed.day)}


def _horizon(raw: Raw) -> date:
    """The day of the last agreement in the release."""
    return max(signed.day for row in raw.rows("agreements") if (signed := row.date("Dat")))
