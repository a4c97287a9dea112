"""Putting a brief together: the subject, its sections in order, and the numbered list of what they rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from comity import __version__
from comity.brief.blocks import Block, check_cited
from comity.brief.references import Reference, numbered
from comity.brief.registry import plans
from comity.brief.subject import Subject, read_subject
from comity.brief.wording import listed, long_day
from comity.vocab.states import state

if TYPE_CHECKING:
    from comity.store import Store


@dataclass(frozen=True)
class Section:
    """One section of a brief, with its blocks."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        """The name by which links find it."""
        return re.sub("[^a-z0-9]+", "-", self.title.lower()).strip("-")


@dataclass(frozen=True)
class Brief:
    """A finished brief: everything a renderer needs, and nothing that it must still ask."""

    title: str
    kind: str
    scope: str
    as_of: date
    audience: str
    version: str
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each citation."""
        return {reference.key: reference.number for reference in self.references}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each published source that is cited."""
        return {reference.key: reference.title for reference in self.references if reference.is_source}

    @property
    def as_of_text(self) -> str:
        """The day of the brief in words."""
        return long_day(self.as_of)


def compose(store: Store, words: tuple[str, ...], year: int | None = None, *, today: date | None = None) -> Brief:
    """A brief on two states or a region, as of the end of a year or of the latest day the store knows.

    Every block cites what it rests on; one that does not is an error.
    """
    subject = read_subject(store, words, year, today or datetime.now(UTC).date())
    sections = []
    for plan in plans():
        if subject.kind in plan.kinds:
            blocks = tuple(plan.compose(subject))
            for block in blocks:
                check_cited(plan.title, block)
            if blocks:
                sections.append(Section(plan.title, blocks))
    references = numbered(subject, (block for section in sections for block in section.blocks))
    return Brief(
        title=subject.title,
        kind=subject.kind,
        scope=_scope(subject),
        as_of=subject.as_of,
        audience=store.audience,
        version=__version__,
        sections=tuple(sections),
        references=references,
    )


def _scope(subject: Subject) -> str:
    """Which states a brief is about, in one sentence."""
    if subject.kind == "pair":
        return "Military ties between two states: what binds them, what they did, what stands between them."
    inner = listed([state(code).name for code in subject.states])
    outer = listed([state(code).name for code in subject.partners])
    return (
        f"States of the region: {inner}. Partners: {outer}." if subject.partners else f"States of the region: {inner}."
    )
