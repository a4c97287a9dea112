"""Reading the regimes: every file as its shape, every word checked, every rule joined with what its regime says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
import yaml

from comity.cbm.grammar import Binding, Effect, Obliged, Party, Regime, Rule, Standing
from comity.cbm.proofing import rule_problem
from comity.cbm.vocabulary import Vocabulary, is_member, unknown, vocabulary
from comity.errors import RecordError, UnknownWord
from comity.record.reading import PlainLoader

FOLDER = Path(__file__).with_name("regimes")


@dataclass(frozen=True, eq=False)
class InRegime:
    """A rule with everything its regime says for it.

    Attributes:
        rule: the rule as written.
        regime: the regime as written.
        file: the name of its file.
        parties: its parties with their dates; empty where every state is one.
        is_universal: every state is a party.
    """

    rule: Rule
    regime: Regime
    file: str
    parties: tuple[Party, ...]
    is_universal: bool

    @property
    def id(self) -> str:
        """The rule's stable name."""
        return self.rule.id

    @property
    def binding(self) -> Binding:
        """How it binds when it is in force."""
        return self.rule.binding or self.regime.binding

    @property
    def obliged(self) -> Obliged:
        """Who owes what it asks."""
        return self.rule.obliged or self.regime.obliged

    @property
    def recipients(self) -> str | None:
        """Who must be told."""
        return self.rule.recipients or self.regime.recipients

    @property
    def channel(self) -> str | None:
        """The way it is told."""
        return self.rule.channel or self.regime.channel

    @property
    def record(self) -> str | None:
        """Identifier of the register's record of the regime."""
        return self.rule.record or self.regime.record

    @cached_property
    def effect(self) -> Effect:
        """The days between which it is in effect."""
        return self.rule.effect or self.regime.effect

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Its statuses over time, the earliest first; of one day, that of all before those of some."""
        given = self.rule.standings if self.rule.standings is not None else self.regime.standings
        return tuple(sorted(given, key=lambda one: (one.from_ or date.min, bool(one.parties))))

    def is_party(self, state: str, on: date | None) -> bool | None:
        """Whether a state is a party on a day; None where the list or the day does not tell."""
        if self.is_universal:
            return state not in self.regime.not_parties
        if state in self._always:
            return True
        spells = self._spells.get(state)
        if spells is not None:
            return is_member(spells, state, on)
        return None if self.may_join(state) else False

    def speaks_to(self, states: Iterable[str], on: date | None) -> bool:
        """Whether any of some states is a party on a day, or may be."""
        for state in states:  # noqa: SIM110 (a loop costs half of what any() does, and this is asked most often)
            if self.is_party(state, on) is not False:
                return True
        return False

    def could_be_party(self, state: str) -> bool:
        """Whether a state is a party on some day, or may be."""
        if self.is_universal:
            return state not in self.regime.not_parties
        return state in self._spells or self.may_join(state)

    def may_join(self, state: str) -> bool:
        """Whether a state that is not listed could be a party: the list is not whole, and is open to it."""
        regime, words = self.regime, vocabulary()
        if not regime.parties_open or self.rule.parties is not None or state in regime.not_parties:
            return False
        sets = [words.sets[name] for name in regime.open_to if name in words.sets]
        if not regime.open_to or any(one.is_all for one in sets):
            return True
        return any(one.party == state for name in regime.open_to for one in words.members(name))

    @cached_property
    def _always(self) -> frozenset[str]:
        """The states that are parties on whatever day."""
        return frozenset(one.party for one in self.parties if one.from_ is None and one.to is None)

    @cached_property
    def _spells(self) -> dict[str, list[Party]]:
        found: dict[str, list[Party]] = {}
        for one in self.parties:
            found.setdefault(one.party, []).append(one)
        return found


@dataclass(frozen=True, eq=False)
class Regimes:
    """Every regime by the name of its file, and every rule by its id."""

    regimes: Mapping[str, Regime]
    rules: Mapping[str, InRegime]

    def of(self, name: str) -> list[InRegime]:
        """The rules of a regime, by its file's name or the first part of its rules' names; UnknownWord if none.

        >>> [rule.id for rule in load_regimes().of("vienna_document_2011")][0]
        'vd11.v.40_1.exercise'
        """
        found = [rule for rule in self.rules.values() if name == rule.file or rule.id.startswith((f"{name}.",))]
        found = found or [rule for rule in self.rules.values() if rule.id == name]
        if not found:
            raise unknown(name, "regime", self.regimes)
        return found

    def rule(self, name: str) -> InRegime:
        """A rule by its id; UnknownWord names the nearest."""
        if name not in self.rules:
            raise unknown(name, "rule", self.rules)
        return self.rules[name]


@cache
def load_regimes(folder: Path | None = None) -> Regimes:
    """Every regime of a folder, or of comity's own, checked; RecordError names file, rule, field and value in a line.

    >>> regimes = load_regimes()
    >>> regimes.rule("ind_pak.1991.naval").binding
    'legal'
    """
    words = vocabulary()
    regimes = {path.stem: read_regime(path) for path in sorted((folder or FOLDER).glob("*.yml"))}
    rules: dict[str, InRegime] = {}
    for name, regime in regimes.items():
        for rule in regime.rules:
            if rule.id in rules:
                raise RecordError(f"{name}.yml: rule {rule.id}: id is also a rule of {rules[rule.id].file}.yml")
            rules[rule.id] = _joined(rule, regime, name, words)
    for held in rules.values():
        problem = rule_problem(held.rule, held.regime, rules, words)
        if problem:
            raise RecordError(f"{held.file}.yml: rule {held.id}: {problem}")
    return Regimes(regimes, rules)


def read_regime(path: Path) -> Regime:
    """One file as a regime, its shape checked; RecordError is one line that names the file, the place and the value."""
    plain: Any = None
    try:
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (text only, no objects)
        return msgspec.convert(plain, Regime, strict=False)
    except UnicodeDecodeError as error:
        raise RecordError(f"{path.name}: not UTF-8 at byte {error.start}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise RecordError(f"{path.name}: {where}{getattr(error, 'problem', None) or 'not YAML'}") from error
    except msgspec.ValidationError as error:
        raise RecordError(f"{path.name}: {_placed(plain, str(error))}") from error


def _placed(plain: Any, problem: str) -> str:
    """A problem with a shape, with the rule it lies in and the value found there."""
    place = re.search(r" - at `\$\.?(.*)`$", problem)
    if place is None:
        return problem
    said, steps = problem[: place.start()], re.findall(r"([\w]+)|\[(\d+)\]", place[1])
    rule, here = "", plain
    for number, (field, index) in enumerate(steps):
        here = here.get(field) if field and isinstance(here, dict) else _item(here, index)
        if number == 1 and steps[0][0] == "rules" and isinstance(here, dict):
            rule = f"rule {here.get('id', index)}: "
    value = f" ({here[:60]!r})" if isinstance(here, str) and repr(here) not in said else ""
    field = place[1] if not rule else re.sub(r"^rules\[\d+\]\.?", "", place[1])
    return f"{rule}{field}: {said}{value}" if field else f"{rule}{said}{value}"


def _item(here: Any, index: str) -> Any:
    return here[int(index)] if index and isinstance(here, list) and int(index) < len(here) else None


def _joined(rule: Rule, regime: Regime, file: str, words: Vocabulary) -> InRegime:
    """A rule with its regime; its sets opened into states with dates."""
    given = rule.parties if rule.parties is not None else regime.parties
    field = "rule " + rule.id if rule.parties is not None else "parties"
    try:
        parties = tuple(_opened(given, words))
        for field in ("open_to", "not_parties"):
            list(_opened(getattr(regime, field), words))
    except UnknownWord as error:
        raise RecordError(f"{file}.yml: {field}: {error}") from error
    is_universal = any(name in words.sets and words.sets[name].is_all for name in _names(given))
    return InRegime(rule, regime, file, parties, is_universal)


def _names(given: Iterable[str | Party]) -> list[str]:
    return [one if isinstance(one, str) else one.party for one in given]


def _opened(given: Iterable[str | Party], words: Vocabulary) -> Iterator[Party]:
    """Every state of a list of states and sets; dates given here bound those of the set."""
    from comity.vocab.states import states

    for entry in given:
        one = entry if isinstance(entry, Party) else Party(party=entry)
        if one.party not in words.sets and one.party not in states():
            raise unknown(one.party, "state or set", [*words.sets, *states()])
        for member in words.members(one.party):
            starts = [day for day in (one.from_, member.from_) if day is not None]
            ends = [day for day in (one.to, member.to) if day is not None]
            yield Party(party=member.party, from_=max(starts, default=None), to=min(ends, default=None))
