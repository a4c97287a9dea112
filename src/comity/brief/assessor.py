"""What takes long in the brief on a pair, worked out by a process of its own while the rest is asked of the store.

To assess a pair takes about as long as all else in its brief, and needs libraries that nothing else there does. The
other process opens the same generation for the same audience, so it finds the same; where it fails, this one works.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.brief.beside import Beside, at_work

if TYPE_CHECKING:
    from comity.brief.finding import Asked
    from comity.brief.subject import Subject
    from comity.store import Store

AHEAD = ("shares-", "assess-")  # how the names begin of what the process works out, in this order


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Which pair is assessed: in which generation of which store, for whom, and when it is looked at."""

    folder: str
    audience: str
    generation: int
    words: tuple[str, ...]
    year: int | None
    today: str
    shelf: str | None

    def is_on(self, subject: Subject) -> bool:
        """Whether a subject is the one that was sent for: its pair, its year, its store and its audience."""
        store = subject.store
        return (
            subject.kind == "pair"
            and set(subject.states) == set(self.words)
            and (store.generation, store.audience) == (self.generation, self.audience)
            and subject.year == self.year
        )


def errand(store: Store, words: tuple[str, ...], asked: Asked) -> Errand | None:
    """The errand for a brief on two states named by their codes; None for any other subject."""
    from comity.brief.finding import are_two_codes

    if not are_two_codes(words) or words[0] == words[1]:
        return None
    shelf = None if asked.shelf is None else str(asked.shelf)
    return Errand(
        folder=str(store.folder),
        audience=store.audience,
        generation=store.generation,
        words=words,
        year=asked.year,
        today=asked.today.isoformat(),
        shelf=shelf,
    )


class Assessor(Beside):
    """A process that works out what takes long of one pair, and tells each result by its name in a line."""

    def __init__(self, sent: Errand, command: tuple[str, ...] = (sys.executable, "-m", __name__)) -> None:
        super().__init__(command)
        self._sent = sent
        self._told: dict[str, Any] = {}
        with suppress(OSError):
            self.to.write(json.dumps(vars(sent)))
            self.to.close()

    def told(self, subject: Subject, name: str) -> Any:
        """A result by its name; None for a subject it was not sent for, and where the process found none."""
        if not self._sent.is_on(subject):
            return None
        while name not in self._told:
            try:
                each, found = json.loads(self.back.readline())
            except (OSError, ValueError):
                return None
            self._told[each] = found
        return self._told[name]


_at_work: ContextVar[Assessor | None] = ContextVar("_at_work", default=None)


def assessor_at_work(sent: Errand | None) -> AbstractContextManager[None]:
    """Let a process of its own work for the brief meanwhile, where there is a processor for it and an errand."""
    return nullcontext() if sent is None else at_work(_at_work, lambda: Assessor(sent))


def told_beside(subject: Subject, name: str) -> Any:
    """A result that the other process tells; None where there is no such process, or it does not tell this."""
    assessor = _at_work.get()
    return assessor.told(subject, name) if assessor is not None and name.startswith(AHEAD) else None


def run(sent: Errand, tell: Callable[[str, Any], None]) -> None:
    """Work out what an errand asks for, and tell each result; nothing where the store has another generation by now."""
    from comity.brief.assessments import assessment
    from comity.brief.finding import Asked, read_subject
    from comity.brief.keeping import heard
    from comity.brief.sections.acts import shares_shown
    from comity.store import open_store

    with open_store(Path(sent.folder), sent.audience, light=True) as store:
        if store.generation != sent.generation:
            return
        shelf = None if sent.shelf is None else Path(sent.shelf)
        subject = read_subject(store, sent.words, Asked(sent.year, None, date.fromisoformat(sent.today), shelf))
        with heard(tell):
            shares_shown(subject)
            assessment(subject)


def main() -> None:
    """Read an errand, and tell what was found; a problem is told by the process that asks, when it works itself."""

    def tell(name: str, found: Any) -> None:
        if name.startswith(AHEAD):
            print(json.dumps([name, found]), flush=True)

    given = json.load(sys.stdin)
    run(Errand(**given | {"words": tuple(given["words"])}), tell)


if __name__ == "__main__":
    main()
