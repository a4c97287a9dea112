"""Claims and published findings as data: one YAML file each; what is not of its shape is refused in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import msgspec
import yaml

from comity.errors import RecordError, UnknownWord
from comity.record.reading import PlainLoader
from comity.record.shape import Evidence, Shape

Verification = Literal["primary", "secondary", "unverified"]
Grade = Literal["A", "B", "C", "D", "N"]
Word = Literal["supported", "mixed", "contradicted", "unknown"]
Testability = Literal["testable", "needs_data", "not_observable"]
Direction = Literal["increase", "decrease", "no_increase"]

GRADES: Mapping[str, str] = {
    "A": "replicated, with a design that can carry a causal reading",
    "B": "consistent observational evidence",
    "C": "one study, or contested",
    "D": "description or anecdote only",
    "N": "no effect found, or contradicted",
}
MAKERS: Mapping[str, str] = {
    "advocates": "Advocates of military diplomacy, in speeches, essays and papers",
    "skeptics": "Those who weigh the limits of military diplomacy, in the same speeches, essays and papers",
}
TESTABILITY: Mapping[str, str] = {
    "testable": "the sources comity reads can test it",
    "needs_data": "it could be tested, with data that no loaded source holds",
    "not_observable": "no data could show this",
}


class PublishedFinding(Shape, frozen=True, kw_only=True):
    """What one study, or a few that belong together, found: data, years, sign and size, and how far it was checked."""

    study: str
    data: str
    found: str  # sign and size in words, as published
    grade: Grade
    verification: Verification
    years: str | None = None
    caveat: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.verification == "unverified" and (self.evidence or re.search(r"\d\s*%|[0-9]\.[0-9]", self.found)):
            raise ValueError("a finding that is unverified prints no figure and names no evidence")


class SmallestEffect(Shape, frozen=True, kw_only=True):
    """The smallest effect anyone would act on: a share of what would have been, and why it is that."""

    relative: float
    of: str
    reason: str

    def __post_init__(self) -> None:
        if not 0 < self.relative <= 2:
            raise ValueError(f"relative is {self.relative}, not above 0 and at most 2")


class Needed(Shape, frozen=True, kw_only=True):
    """The data of a test: sources and measures of comity by name."""

    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


class Planned(Shape, frozen=True, kw_only=True):
    """A test that could be made if the data were there: what it assumes in words, and the numbers of a `Plan`."""

    assumes: str
    observations: int
    treated_share: float
    base_rate: float
    cluster_rows: float = 1.0
    within_cluster: float = 0.0

    @property
    def detectable(self) -> float:
        """The smallest change, as a share of the base rate, that such a test finds with a chance of 80 %.

        >>> plan = Planned(assumes="a fifth of 50 000 years", observations=50_000, treated_share=0.2, base_rate=0.017)
        >>> round(plan.detectable, 2)
        0.24
        """
        from comity.evidence.power import Plan, planned_effect

        plan = Plan(
            observations=self.observations,
            treated_share=self.treated_share,
            base_rate=self.base_rate,
            cluster_rows=self.cluster_rows,
            within_cluster=self.within_cluster,
        )
        return planned_effect(plan) / self.base_rate


class Literature(Shape, frozen=True, kw_only=True):
    """Where the published findings leave the claim; comity's own verdict comes from its own estimates alone."""

    verdict: Word
    reason: str


class Claim(Shape, frozen=True, kw_only=True):
    """A sentence about the world that can be right or wrong, and what it would take to know."""

    claim: str
    topic: str
    wording: str
    made_by: Literal["advocates", "skeptics"]
    scope: str
    treatment: str
    outcome: str
    claimed: Direction  # what the treatment is said to do to the outcome
    data: Needed
    designs: tuple[str, ...]
    false_if: str
    smallest_effect: SmallestEffect
    testability: Testability
    literature: Literature
    speaks_of: tuple[str, ...]
    findings: tuple[str, ...] = ()
    needs: str | None = None  # what it would take, where comity has no data to test it
    planned: Planned | None = None  # what such data could show

    def __post_init__(self) -> None:
        if self.testability != "testable" and not self.needs:
            raise ValueError(f"testability is {self.testability!r}, and needs does not say what it would take")
        if self.testability == "testable" and not self.data.measures:
            raise ValueError("testability is 'testable', and data names no measure")


Read = TypeVar("Read", Claim, PublishedFinding)


def read_file(path: Path, shape: type[Read]) -> Read:
    """One file as its shape; RecordError is one line that names the file, the field and the value."""
    plain: Any = None
    try:
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (text only, no objects)
        read = msgspec.convert(plain, shape, strict=False)
    except UnicodeDecodeError as error:
        raise RecordError(f"{path.name}: not UTF-8 at byte {error.start}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise RecordError(f"{path.name}: {where}{getattr(error, 'problem', None) or 'not YAML'}") from error
    except RecursionError as error:
        raise RecordError(f"{path.name}: lists or fields are nested too deeply") from error
    except msgspec.ValidationError as error:
        raise RecordError(f"{path.name}: {error}{_value_at(plain, str(error))}") from error
    if isinstance(read, Claim) and read.claim != path.stem:
        raise RecordError(f"{path.name}: claim is {read.claim!r}, not the name of the file")
    return read


def _value_at(plain: Any, problem: str) -> str:
    """The value at the place that a problem with a shape names; the library names the place alone."""
    place = re.search(r"at `\$(.+)`$", problem)
    if place is None:
        return ""
    for field, number in re.findall(r"\.(\w+)|\[(\d+)\]", place[1]):
        plain = plain[field] if field else plain[int(number)]
    return f" ({plain[:40]!r})" if isinstance(plain, str) else ""


@cache
def claims(folder: Path = Path(__file__).parent / "claims") -> Mapping[str, Claim]:
    """Every claim of the ledger, by its number.

    >>> from comity.evidence.claim import claims
    >>> claims()["C06"].wording
    'Alliances deter attacks on their members.'
    """
    read = {path.stem: read_file(path, Claim) for path in sorted(folder.glob("*.yml"))}
    known = findings(folder.parent / "findings")
    for number, claim in read.items():
        for name in claim.findings:
            if name not in known:
                raise RecordError(f"{number}.yml: findings: {name!r} is no finding")
    return read


@cache
def findings(folder: Path = Path(__file__).parent / "findings") -> Mapping[str, PublishedFinding]:
    """Every published finding that the ledger quotes, by its number."""
    return {path.stem: read_file(path, PublishedFinding) for path in sorted(folder.glob("*.yml"))}


def find_claim(number: str) -> Claim:
    """A claim by its number, in any case; UnknownWord says which there are.

    >>> find_claim("c58").outcome
    'Battle deaths and killings of civilians in the host state'
    """
    known = claims()
    if number.upper() not in known:
        raise UnknownWord(f"{number!r} is no claim; claims are {min(known)} to {max(known)}")
    return known[number.upper()]


def words_of(kind: Any) -> tuple[str, ...]:
    """The words a field may take, in order."""
    return get_args(kind)
