"""Designs that were written down before the years of their outcome were loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from comity.errors import RecordError
from comity.evidence.specs.study import Study, studies_of

FILE = Path(__file__).parent / "preregistered.yml"
FIELDS = ("plan", "claim", "study", "design", "years", "awaits", "decides", "written", "hash")


@dataclass(frozen=True)
class Plan:
    """A design written down beforehand: the study, the day, the data it waits for and what they will decide."""

    plan: str
    study: Study
    awaits: str
    decides: str
    written: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values, with the hash of its specification."""
        return {
            "plan": self.plan,
            "study": self.study.name,
            "design": self.study.designs[0],
            "years": list(self.study.years),
            "awaits": self.awaits,
            "decides": self.decides,
            "written": self.written,
            "hash": self.hash,
        }


@cache
def preregistered(file: Path = FILE) -> tuple[Plan, ...]:
    """The plans; RecordError where a specification is no longer the one that was written down.

    >>> [plan.study.claim for plan in preregistered()]
    ['C06', 'C20', 'C21', 'C52', 'C58']
    """
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(_plan(held, file.name) for held in read["plans"])


def _plan(held: dict[str, Any], where: str) -> Plan:
    if odd := set(held) ^ set(FIELDS):
        raise RecordError(f"{where}: {held.get('plan')}: {', '.join(sorted(odd))} is missing or no part of a plan")
    study = planned_study(held["claim"], held["study"], held["design"], tuple(held["years"]))
    if study.fingerprint != held["hash"]:
        raise RecordError(f"{where}: {held['plan']}: hash: the specification is now {study.fingerprint}")
    return Plan(held["plan"], study, held["awaits"], held["decides"], str(held["written"]), held["hash"])


def planned_study(claim: str, name: str, design: str, years: tuple[int, int]) -> Study:
    """The study of a claim with one design, on the years that are to come."""
    for study in studies_of(claim):
        if study.name == name:
            return replace(study, designs=(design,), years=years, choices={})
    raise RecordError(f"{FILE.name}: claim {claim} has no study {name!r}")
