"""A condition that can be asked: yes, no or cannot tell of an activity, and why. Its forms stand in `conditions`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from comity.cbm.activity import Activity
from comity.cbm.grammar import Condition, Rule
from comity.cbm.logic import Ask, remembered
from comity.cbm.margins import Gap

Question = TypeVar("Question")


class Held(Protocol):
    """A rule as the loader holds it."""

    @property
    def rule(self) -> Rule:
        """The rule as written."""


@dataclass(frozen=True)
class Surroundings:
    """What a condition may refer to: the rules, and the zones and verification of the rule it stands in.

    `made` holds what was made ready before: the same condition in the same surroundings is one node, whichever rules
    it stands in, and is asked once for all of them.
    """

    rules: Mapping[str, Held]
    zones: tuple[str, ...]
    ver: str
    made: dict[tuple[Condition, tuple[str, ...], str], Node] = field(default_factory=dict)


class Node(ABC):
    """A condition ready to be asked.

    Attributes:
        ask: yes, no or cannot tell (None) of an activity.
        sentences: why it holds, or does not.
        missing: the measures whose values would decide it; empty once it is decided.
        gap: how far it is from holding, where a number tells.
        rests_on: the weakest verification of what makes it hold.
    """

    has_parts = True
    __slots__ = ("ask", "gap", "missing", "otherwise", "rests_on", "sentences", "text", "ver")

    def __init__(self, condition: Condition, ask: Ask, around: Surroundings) -> None:
        keep = remembered if self.has_parts else _asked_anew
        self.ask: Ask = keep(ask)
        self.sentences: Callable[[Activity], tuple[str, ...]] = keep(self._said)
        self.missing: Callable[[Activity], tuple[str, ...]] = keep(self._missing)
        self.gap: Callable[[Activity], Gap | None] = keep(self._gap)
        self.rests_on: Callable[[Activity], str] = keep(self._rests_on)
        self.text, self.otherwise = condition.text, condition.otherwise
        self.ver = condition.ver or around.ver

    def _said(self, activity: Activity) -> tuple[str, ...]:
        answer = self.ask(activity)
        own = self.text if answer else self.otherwise if answer is False else None
        return (own,) if own else self._sentences(activity, answer)

    @abstractmethod
    def _sentences(self, activity: Activity, answer: bool | None) -> tuple[str, ...]:
        """The sentences of its own form."""

    @abstractmethod
    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """What `missing` answers."""

    @abstractmethod
    def _gap(self, activity: Activity) -> Gap | None:
        """What `gap` answers."""

    @abstractmethod
    def _rests_on(self, activity: Activity) -> str:
        """What `rests_on` answers."""

    @abstractmethod
    def measures(self) -> frozenset[str]:
        """Every measure it asks for."""

    def decisive(self, activity: Activity) -> frozenset[str]:  # noqa: ARG002 (parts are asked where there are some)
        """The measures that make it hold."""
        return self.measures()


def _asked_anew(question: Question) -> Question:
    """The question itself: a condition with no parts is answered faster than its last answer is found."""
    return question
