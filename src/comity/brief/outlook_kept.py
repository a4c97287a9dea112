"""Lists of pairs to watch as a brief reads them: made ahead by the forecast room, and kept beside the store.

A list takes a minute or two. `prepare_outlook` makes the two that are asked for most, and `comity watch` finds them
made as well. What is kept for briefs holds each pair with the first of its reasons, and how earlier lists did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from comity.brief.keeping import keep, kept_only
from comity.brief.subject import Subject, once
from comity.errors import OutsideCoverage

if TYPE_CHECKING:
    from comity.forecast.watch import Watch

PRODUCTS = ("now", "list")
FOLDER = "watch"  # beside the store, where `comity watch` keeps its lists
_REASONS = 3
_WORDS = {"now": "for the first whole year to come", "list": "for the first year after the newest list"}


def prepare_outlook(subject: Subject, say: Callable[[str], None]) -> None:
    """Make both lists and keep them; where no list of what is foretold is loaded, it says so and keeps none."""
    from comity.forecast.now import now_list
    from comity.forecast.watch_asking import Wish, watch_list

    folder = None if subject.shelf is None else subject.shelf.parent / FOLDER
    for product, make in (("list", watch_list), ("now", now_list)):
        say(f"forecast: the pairs of states to watch {_WORDS[product]}")
        try:
            made = make(subject.store, Wish(), subject.as_of, folder)
        except OutsideCoverage as problem:
            say(f"forecast: none {_WORDS[product]}: {problem}")
            continue
        keep(subject, _name(product), msgspec.to_builtins(_slim(made.watch)))


def _slim(watch: Watch) -> Watch:
    pairs = (replace(pair, drivers=(), groups=pair.groups[:_REASONS], similar=()) for pair in watch.pairs)
    return replace(watch, pairs=tuple(pairs))


@once
def watch_lists(subject: Subject) -> tuple[Watch, ...]:
    """The lists that were kept and that a reader on the day of the brief could have had, that of the next year first.

    A brief of an earlier year has none: what is kept was learned from years after it.
    """
    found = [each for product in PRODUCTS if (each := kept_only(subject, _name(product))) is not None]
    if not found:
        return ()
    from comity.forecast.watch import Watch  # a brief without lists pays for no forecast

    held = [msgspec.convert(each, Watch) for each in found]
    return tuple(watch for watch in held if watch.made_on <= subject.as_of and watch.year <= subject.as_of.year + 1)


def _name(product: str) -> str:
    return f"outlook-{product}"
