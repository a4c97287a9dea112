"""Sections, found because every module of `sections` is imported."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from comity.brief.blocks import Block
from comity.brief.subject import KINDS, Subject

Compose = Callable[[Subject], list[Block]]


@dataclass(frozen=True)
class SectionPlan:
    """A section as it is declared: its title, its place, the kinds of subject it serves, and what composes it.

    One that `waits` for what another process works out meanwhile is composed after all others, the first of several
    results before the second; one that `closes` a brief is composed last of all, when it is known what the others cite.
    One that `is_slow_to_draw` is composed first, so that its pictures are drawn while the others are composed.
    """

    title: str
    order: int
    kinds: tuple[str, ...]
    compose: Compose
    waits: int = 0
    closes: bool = False
    is_slow_to_draw: bool = False

    @property
    def turn(self) -> tuple[bool, int, bool]:
        """When it is composed: those of the least turn first."""
        return self.closes, self.waits, not self.is_slow_to_draw


_PLANS: dict[str, SectionPlan] = {}


def section(title: str, *, order: int, kinds: tuple[str, ...], **turn: Any) -> Callable[[Compose], Compose]:
    """Declare a function as a section; sections with an unknown kind or a title already taken are refused.

    What else is given says when it is composed: see `SectionPlan`.
    """
    unknown = set(kinds) - set(KINDS)
    assert not unknown, f"section {title!r} serves no such kind of subject: {sorted(unknown)}"
    assert title not in _PLANS, f"section {title!r} is declared twice"

    def declare(compose: Compose) -> Compose:
        _PLANS[title] = SectionPlan(title, order, kinds, compose, **turn)
        return compose

    return declare


@cache
def plans() -> tuple[SectionPlan, ...]:
    """Every declared section in the order of a brief.

    >>> plans()[0].title
    'Key judgements'
    """
    from comity.brief import sections

    for module in pkgutil.iter_modules(sections.__path__):
        importlib.import_module(f"{sections.__name__}.{module.name}")
    return tuple(sorted(_PLANS.values(), key=lambda plan: (plan.order, plan.title)))
