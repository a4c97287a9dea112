"""Putting a brief together: the subject, its sections in order, and the numbered list of what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity import __version__
from comity.brief.blocks import Block, Figure, Judgements, KeyFigures, Sentence, check_cited, citations
from comity.brief.drawn_ahead import begin
from comity.brief.finding import Asked, read_comparison, read_subject
from comity.brief.references import Reference, numbered
from comity.brief.registry import plans
from comity.brief.scope import KIND_WORDS, scope_text
from comity.brief.subject import Subject
from comity.brief.wording import long_day

if TYPE_CHECKING:
    from comity.store import Store

Numbered = Sentence | Figure | Block
__all__ = ["Brief", "Numbered", "Section", "compare_asked", "compose", "compose_asked", "compose_comparison"]


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
    command: str = ""
    shelf: Path | None = field(default=None, repr=False, compare=False)  # where drawn pictures are kept

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

    @property
    def kind_text(self) -> str:
        """What kind of subject the brief is on, in words."""
        return KIND_WORDS[self.kind]

    @cached_property
    def numbered(self) -> tuple[Numbered, ...]:
        """Every statement, figure and block in the order a reader meets them; `--explain N` is of the Nth."""
        return tuple(_numbered(self.sections))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(each): number for number, each in enumerate(self.numbered, start=1)}

    def number_of(self, part: Numbered) -> int | None:
        """The number by which a reader asks what a statement, figure or block rests on."""
        return self._places.get(id(part))


def compose(
    store: Store,
    words: tuple[str, ...],
    year: int | None = None,
    *,
    since: int | None = None,
    today: date | None = None,
) -> Brief:
    """A brief on a subject, as of the end of a year or of the latest day the store knows.

    With `since` it says what changed from the beginning of that year. Every block cites what it rests on; one that does
    not is an error.
    """
    return compose_asked(store, words, Asked(year, since, today or datetime.now(UTC).date()))


def compose_asked(store: Store, words: tuple[str, ...], asked: Asked) -> Brief:
    """The same for a question that also says where results that take long are kept."""
    return _composed(read_subject(store, words, asked))


def compose_comparison(
    store: Store, powers: tuple[str, str], place: str, year: int | None = None, *, today: date | None = None
) -> Brief:
    """A brief that sets two outside powers side by side in a region, or among the members of an organization."""
    asked = Asked(year, None, today or datetime.now(UTC).date())
    return compare_asked(store, powers, place, asked)


def compare_asked(store: Store, powers: tuple[str, str], place: str, asked: Asked) -> Brief:
    """The same for a question that also says where results that take long are kept."""
    return _composed(read_comparison(store, powers, place, asked))


def _composed(subject: Subject) -> Brief:
    sections = _sections(subject)
    references = numbered(subject, (block for section in sections for block in section.blocks))
    return Brief(
        title=subject.title,
        kind=subject.kind,
        scope=scope_text(subject),
        as_of=subject.as_of,
        audience=subject.store.audience,
        version=__version__,
        sections=tuple(sections),
        references=references,
        command=_command(subject),
        shelf=subject.shelf,
    )


def _sections(subject: Subject) -> list[Section]:
    """The sections of which there is something to say, in the order of a brief; not in that order composed."""
    served = [plan for plan in plans() if subject.kind in plan.kinds]
    made: dict[str, Section] = {}
    for plan in sorted(served, key=lambda plan: plan.turn):
        blocks = tuple(plan.compose(subject))
        begin(blocks, subject.shelf)
        for block in blocks:
            check_cited(plan.title, block)
            subject.cited.update(citations(block))
        made[plan.title] = Section(plan.title, blocks)
    return [made[plan.title] for plan in served if made[plan.title].blocks]


def _command(subject: Subject) -> str:
    """The command that makes the brief again."""
    options: dict[str, Any] = {"--year": subject.year, "--since": subject.since}
    told = [f"{name} {value}" for name, value in options.items() if value is not None]
    return " ".join(["comity brief", subject.words, *told])


def _numbered(sections: tuple[Section, ...]) -> Iterator[Numbered]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Judgements):
                yield from block.sentences
            elif isinstance(block, KeyFigures):
                yield from block.figures
            else:
                yield block
