"""What takes long in the brief on a pair, worked out by a process of its own while the rest is asked of the store.

To assess a pair takes about as long as all else in its brief, and needs libraries that nothing else there does. The
other process opens the same generation for the same audience, so it finds the same; where it fails, this one works.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.brief.beside import Beside, at_work

if TYPE_CHECKING:
    from comity.brief.finding import Asked
    from comity.brief.subject import Subject
    from comity.store import Store

MODULES = (  # what every errand needs
    "comity.brief.assessments",
    "comity.brief.finding",
    "comity.brief.acts_shown",
    "comity.assess.assessment",
    "comity.assess.indices",
    "comity.assess.limits",
    "comity.panel.completeness",
    "duckdb",
)
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
    """A process that works out what takes long of the pair it is sent for, and tells each result by its name."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", __name__)) -> None:
        super().__init__(command)
        self._sent: Errand | None = None
        self._told: dict[str, Any] = {}

    def send(self, errand: Errand) -> None:
        """Give the process its one errand."""
        self._sent = errand
        with suppress(OSError):
            self.to.write(json.dumps(vars(errand)))
            self.to.close()

    def told(self, subject: Subject, name: str) -> Any:
        """A result by its name; None for a subject it was not sent for, and where the process found none."""
        if self._sent is None or not self._sent.is_on(subject):
            return None
        while name not in self._told:
            try:
                each, found = json.loads(self.back.readline())
            except (OSError, ValueError):
                return None
            self._told[each] = found
        return self._told[name]


_at_work: ContextVar[Assessor | None] = ContextVar("_at_work", default=None)


def assessor_called() -> AbstractContextManager[None]:
    """Start the process before its errand is known, where there is a processor for it: its libraries take a while."""
    return at_work(_at_work, lambda: Assessor())  # noqa: PLW0108 (a test puts another in its place)


@contextmanager
def assessor_at_work(sent: Errand | None) -> Iterator[None]:
    """Let a process of its own work on an errand meanwhile: the one that was called, else one started now."""
    with nullcontext() if sent is None or _at_work.get() else assessor_called():
        assessor = _at_work.get()
        if sent is not None and assessor is not None:
            assessor.send(sent)
        yield


def told_beside(subject: Subject, name: str) -> Any:
    """A result that the other process tells; None where there is no such process, or it does not tell this."""
    assessor = _at_work.get()
    return assessor.told(subject, name) if assessor is not None and name.startswith(AHEAD) else None


def run(sent: Errand, tell: Callable[[str, Any], None]) -> None:
    """Work out what an errand asks for, and tell each result; nothing where the store has another generation by now."""
    from comity.brief.acts_shown import shares_shown
    from comity.brief.assessments import assessment
    from comity.brief.finding import Asked, read_subject
    from comity.brief.keeping import heard
    from comity.store import open_store

    with open_store(Path(sent.folder), sent.audience, light=True) as store:
        if store.generation != sent.generation:
            return
        shelf = None if sent.shelf is None else Path(sent.shelf)
        subject = read_subject(store, sent.words, Asked(sent.year, None, date.fromisoformat(sent.today), shelf))
        with heard(tell):
            shares_shown(subject)
            assessment(subject)


def load_ahead() -> None:
    """Load what every errand needs, while the process that sends it still looks which it is."""
    for name in MODULES:
        import_module(name)
    import_module("comity.panel.measure").known_measures("dyad_year")


def main() -> None:
    """Read an errand, and tell what was found; a problem is told by the process that asks, when it works itself."""

    def tell(name: str, found: Any) -> None:
        if name.startswith(AHEAD):
            print(json.dumps([name, found]), flush=True)

    gc.disable()  # circles of objects end with the process
    load_ahead()
    given = json.load(sys.stdin)
    run(Errand(**given | {"words": tuple(given["words"])}), tell)


if __name__ == "__main__":
    main()
