"""Invented bodies, members, wars and suspensions for tests of briefs on organizations."""

from __future__ import annotations

from datetime import date

from brief_samples import TODAY, MemoryStore, covered, engagement, together
from comity.brief import Judgements, Table
from comity.brief.finding import Asked, read_subject
from comity.brief.sections.judgements import key_judgements

WARS = {"wars": (covered(("conflict",), "complete", 1946, 2022),)}
LATE = engagement("of others", date(2026, 1, 5), ("FJI", "TON"))  # so that the store knows of this year


def body(item="club", name="The Invented Club", short_name="CLUB", **more):
    row = {"organisation": item, "name": name, "short_name": short_name, "organisation_kind": "forum"}
    return {"organisation": [row | {"known_until": date(2025, 1, 1), "verification": "primary"} | more]}


def joined(*spells, item="club", source="register"):
    row = {"organisation": item, "party_kind": "state", "role": "member", "known_until": date(2025, 1, 1)}
    row |= {"start_precision": "day", "end_precision": "day", "source": source}
    return {
        "organisation_member": [
            row | {"party": code, "start_date": start and date(start, 6, 1), "end_date": end and date(end, 6, 1)}
            for code, start, end in spells
        ]
    }


def fought(one, two, *years, fact="interstate_conflict"):
    row = {"fact": fact, "from_state": one, "to_state": two, "item": "1", "value": 1.0}
    return {"dyad_year_fact": [row | {"year": year, "source": "wars"} for year in years]}


def sent(one, two, *years):
    return fought(one, two, *years, fact="conflict_troop_opposition")


def suspension(by, of, day, kind="suspended"):
    row = {"item": "club", "core_table": "organisation", "date": day, "precision": "day", "change_kind": kind}
    row |= {
        "access_kind": "membership",
        "by_party": by,
        "of_parties": [of],
        "reason": "Said so.",
        "verification": "secondary",
    }
    return {"access_change": [row | {"by_kind": "state" if by.isupper() else "organisation"}]}


def asked(*parts, year=None, since=None, words=("club",)):
    return read_subject(MemoryStore(together(LATE, *parts), WARS), words, Asked(year, since, TODAY))


def sentences(subject):
    return [each for block in key_judgements(subject) if isinstance(block, Judgements) for each in block.sentences]


def said(subject):
    return " ".join(each.text for each in sentences(subject))


def table(blocks, title):
    return next(block for block in blocks if isinstance(block, Table) and block.title.startswith(title))


CLUB = (body(), joined(("ISL", 2001, None), ("IRL", 2001, 2015), ("NZL", 2020, None)))
