"""What a brief is about: states, a region, a body, a case or the world, seen on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from comity.brief.basis import Query, query_of
from comity.vocab.dates import last_day

if TYPE_CHECKING:
    from comity.sources.about import About
    from comity.store import Store

KINDS = ("pair", "region", "state", "organisation", "case", "world", "topic", "comparison")
WINDOW_YEARS = 10
REACH_YEARS = 25  # most sections look back so far or less, and share one question
Given = ParamSpec("Given")
Found = TypeVar("Found")
Answer = Callable[Concatenate["Subject", Given], Found]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The states in question, the states around them, and the day as of which they are looked at.

    `insiders` are powers of a comparison that are of the place themselves. `key` is the identifier of a region, an
    organization, a case or a topic. `since` is the year from which changes are told. `words` is what names the subject
    on the command line. `shelf` is the folder where slow results are kept, and `reach` how many years back the
    engagements are asked for at once; `cited` is what its sections so far rest on.
    """

    store: Store
    kind: str
    title: str
    states: tuple[str, ...]
    as_of: date
    year: int | None = None
    partners: tuple[str, ...] = ()
    insiders: tuple[str, ...] = ()
    region: str | None = None
    frame: tuple[float, float, float, float] | None = None
    key: str = ""
    words: str = ""
    since: int | None = None
    reach: int = REACH_YEARS
    shelf: Path | None = field(default=None, repr=False, compare=False)
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    cited: set[str] = field(default_factory=set, repr=False, compare=False)

    @property
    def circle(self) -> tuple[str, ...]:
        """The states of the subject and the states around them."""
        return self.states + self.partners

    @property
    def window(self) -> tuple[int, int]:
        """The years over which ties and acts are counted."""
        return self.since or self.as_of.year - WINDOW_YEARS + 1, self.as_of.year

    @property
    def full_year(self) -> int:
        """The last year that the brief sees whole."""
        return self.as_of.year if self.as_of == last_day(self.as_of.year) else self.as_of.year - 1

    @cached_property
    def series(self) -> dict[str, str]:
        """The name of each series."""
        return self._named("series", "SELECT series AS key, name FROM core.series ORDER BY ALL")

    @cached_property
    def abouts(self) -> dict[str, About]:
        """What is known of each loaded source."""
        return self.store.abouts()

    @cached_property
    def organisations(self) -> dict[str, str]:
        """The short name of each organisation, or its name."""
        return self._named(
            "organisations",
            "SELECT organisation AS key, coalesce(short_name, name) AS name FROM core.organisation ORDER BY ALL",
        )

    def _named(self, what: str, sql: str) -> dict[str, str]:
        """Names by key, kept beside the store: every brief asks for them."""
        from comity.brief.keeping import kept

        found: dict[str, str] = kept(self, what, lambda: {row["key"]: row["name"] for row in self.ask(sql)})
        return found

    def ask(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows that answer one question to the store."""
        return self.store.rows(sql, parameters)

    def asked(self, sql: str, **parameters: Any) -> tuple[list[dict[str, Any]], Query]:
        """The rows that answer one question, and the question for whoever wants to ask it again."""
        return self.ask(sql, **parameters), query_of(sql, parameters)


def once(answer: Answer[Given, Found]) -> Answer[Given, Found]:
    """A function of a subject that works only the first time it is asked the same: no store changes under a brief."""

    @wraps(answer)
    def kept(subject: Subject, *given: Given.args, **named: Given.kwargs) -> Found:
        place = (answer.__module__, answer.__qualname__, given, tuple(sorted(named.items())))
        if place not in subject.kept:
            subject.kept[place] = answer(subject, *given, **named)
        found: Found = subject.kept[place]
        return found

    return cast("Answer[Given, Found]", kept)
