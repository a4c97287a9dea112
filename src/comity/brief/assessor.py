"""What takes long in the brief on a pair, worked out by a process of its own while the rest is asked of the store.

To assess a pair takes about as long as all else in its brief, and needs libraries that nothing else there does. The
other process opens the same generation for the same audience, so it finds the same; where it fails, this one works.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from comity.vocab.states import states

    if len(set(words)) != 2 or len(words) != 2 or not set(words) <= set(states()):
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


class Assessor:
    """A process that works out what takes long of one pair, and tells each result by its name in a line."""

    def __init__(self, sent: Errand, command: tuple[str, ...] = (sys.executable, "-m", __name__)) -> None:
        self._sent = sent
        self._told: dict[str, Any] = {}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 (this program, or one that a test names)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, encoding="utf-8"
        )
        to = self._process.stdin
        assert to is not None
        with suppress(OSError):
            to.write(json.dumps(vars(sent)))
            to.close()

    def told(self, subject: Subject, name: str) -> Any:
        """A result by its name; None for a subject it was not sent for, and where the process found none."""
        if not self._sent.is_on(subject):
            return None
        back = self._process.stdout
        assert back is not None
        while name not in self._told:
            try:
                each, found = json.loads(back.readline())
            except (OSError, ValueError):
                return None
            self._told[each] = found
        return self._told[name]

    def stop(self) -> None:
        """End the process; nothing of it is waited for."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


_at_work: ContextVar[Assessor | None] = ContextVar("_at_work", default=None)


@contextmanager
def assessor_at_work(sent: Errand | None) -> Iterator[None]:
    """Let a process of its own work for the brief meanwhile, where there is a processor for it."""
    assessor = None
    if sent is not None and (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            assessor = Assessor(sent)
    before = _at_work.set(assessor)
    try:
        yield
    finally:
        _at_work.reset(before)
        if assessor is not None:
            assessor.stop()


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
