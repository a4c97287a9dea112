"""Studies: what is asked of which rows for a claim, said before any number is seen."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from comity.errors import UnknownWord
from comity.evidence.estimate import specification_hash
from comity.evidence.sample import Question
from comity.evidence.specs.terms import Term

Unit = Literal["state_year", "dyad_year", "directed_dyad_year"]
Selection = tuple[int | None, str]


@dataclass(frozen=True, kw_only=True)
class Study:
    """One question of a claim: rows, outcome, treatment, controls, designs and the other choices that could be made.

    `scope` are the years the claim speaks of, `years` those that all its sources cover; rows outside are left out and
    counted. `only` says which rows are asked, by the reason for which the others are left out. With `of`, the rows are
    the partners of one state, and each partner is a unit. `per` says in words what one unit of the outcome is.
    `at_risk` says that a row is there only while the outcome can still come, so that the sample holds no later
    treatment of rows in which it came: placebos then take it from all rows. `choices` are other specifications by name:
    the fields that differ. `is_trace` says that the outcome is a trace of what the claim speaks of, so that no estimate
    carries a verdict. `caveat` is said beside every estimate. `selection` says which way selection probably moves
    the coefficient and why.
    """

    outcome: str
    treatment: str
    per: str
    y: Term
    d: Term
    years: tuple[int, int]
    sources: tuple[str, ...]
    selection: Selection
    designs: tuple[str, ...] = ("two_way_fixed_effects",)
    claim: str = ""
    caveat: str = ""
    name: str = "main"
    unit: Unit = "dyad_year"
    scope: tuple[int, int] = (1946, 2025)
    of: str = ""
    at_risk: bool = False
    is_trace: bool = False
    x: Mapping[str, Term] = field(default_factory=dict)
    only: Mapping[str, Term] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        """The question as the designs are asked it."""
        way, reason = self.selection
        return Question(
            claim=self.claim,
            outcome=self.outcome,
            treatment=self.treatment,
            unit=self.per,
            name=self.name,
            sources=self.sources,
            selection=way,
            selection_reason=reason,
        )

    def told(self) -> dict[str, Any]:
        """Everything that was chosen, as plain values: what a plan written down beforehand fixes."""
        told: dict[str, Any] = {
            "claim": self.claim,
            "name": self.name,
            "unit": self.unit,
            "of": self.of,
            "years": list(self.years),
            "outcome": self.y.name,
            "treatment": self.d.name,
            "controls": {name: term.name for name, term in self.x.items()},
            "at_risk": self.at_risk,
            "only": {reason: term.name for reason, term in self.only.items()},
            "designs": list(self.designs),
            "choices": sorted(self.choices),
            "sources": list(self.sources),
        }
        # Plans written down before there were traces keep the hash they were written down with.
        return told | ({"is_trace": True} if self.is_trace else {})

    @property
    def fingerprint(self) -> str:
        """The hash of everything that was chosen."""
        return specification_hash(self.told())


def variant(study: Study, name: str, **fields: Any) -> Study:
    """The study with other choices under a name of its own, and no specifications beside it unless told."""
    return replace(study, **({"choices": {}, "name": name} | fields))


_SPECS: dict[str, Callable[[], tuple[Study, ...]]] = {}


def spec(claim: str) -> Callable[[Callable[[], tuple[Study, ...]]], Callable[[], tuple[Study, ...]]]:
    """Declare a function as the specification of a claim; it returns the claim's studies."""

    def declare(make: Callable[[], tuple[Study, ...]]) -> Callable[[], tuple[Study, ...]]:
        assert claim not in _SPECS, f"claim {claim} has two specifications"
        _SPECS[claim] = make
        return make

    return declare


@cache
def known_specs() -> Mapping[str, tuple[Study, ...]]:
    """The studies of every claim that has any, by the claim's number.

    >>> known_specs()["C02"][0].outcome
    'A new dispute between the two'
    """
    from comity.evidence import specs

    for module in pkgutil.iter_modules(specs.__path__):
        importlib.import_module(f"{specs.__name__}.{module.name}")
    return {claim: tuple(replace(study, claim=claim) for study in _SPECS[claim]()) for claim in sorted(_SPECS)}


def studies_of(claim: str) -> tuple[Study, ...]:
    """The studies of a claim; UnknownWord says which claims have any."""
    if claim not in known_specs():
        raise UnknownWord(f"{claim!r} has no specification; claims that have one are {', '.join(known_specs())}")
    return known_specs()[claim]
