"""Records that are likely the same thing twice: by the words of their names, their dates and who took part.

A proposal is for a person to judge; `comity.record.merging` joins two records that are the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from comity.record.parties import as_party, slug
from comity.record.phrases import identifier
from comity.record.reading import Filed
from comity.record.shape import Agreement, Engagement, Incident, Series
from comity.vocab.dates import dated

LEAST_SCORE = 0.55
_DAYS_APART = timedelta(days=3)
_WEIGHTS = (0.4, 0.3, 0.3)  # of names, dates and parties
_COARSE = 0.6  # a month or year in which both fall says less than days that overlap
_NEAR = 0.4
_NO_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"))


@dataclass(frozen=True)
class Likeness:
    """Two records that may be one, how alike they are from 0 to 1, and why."""

    one: str
    other: str
    score: float
    reason: str


@dataclass(frozen=True)
class _Thing:
    """What of a record is compared."""

    identifier: str
    family: str  # only things of one family can be the same
    words: frozenset[str]
    parties: frozenset[str]
    first: date | None
    last: date | None
    is_exact: bool


def likely_duplicates(filed: Sequence[Filed], least: float = LEAST_SCORE) -> list[Likeness]:
    """Pairs of records, or editions of series, that are likely the same, the likeliest first."""
    things = [thing for item in filed for thing in _things(item)]
    rarity = _rarity(things)
    found = [likeness for one, other in _pairs(things) if (likeness := _likeness(one, other, rarity))]
    return sorted((each for each in found if each.score >= least), key=lambda each: (-each.score, each.one, each.other))


def _things(item: Filed) -> Iterator[_Thing]:
    content = item.content
    if isinstance(content, Engagement):
        yield _thing(item.identifier, f"engagement {content.instrument}", content.name, content)
    elif isinstance(content, Series):
        yield _thing(item.identifier, f"series {content.instrument}", content.name, content)
        for edition in content.editions:
            whole, name = f"{item.identifier}/{slug(edition.name)}", f"{content.name} {edition.name}"
            yield _thing(whole, f"engagement {edition.instrument or content.instrument}", name, edition, content)
    else:
        yield _thing(item.identifier, item.kind, content.name, content)


def _thing(name: str, family: str, title: str, content: object, whole: Series | None = None) -> _Thing:
    words = frozenset(word for word in identifier(title).split("-") if word not in _NO_WORDS and not _is_year(word))
    given = getattr(content, "parties", []) or (whole.parties if whole else [])
    start = getattr(content, "start_date", None)
    if isinstance(content, Agreement):
        start = content.signed_date or start
    end = start if isinstance(content, Agreement) else getattr(content, "end_date", None) or start
    is_timed = isinstance(content, Agreement | Engagement | Incident) or whole is not None
    first = dated(start).day if start and is_timed else None
    last = dated(end, "end").day if end and is_timed else None
    is_exact = bool(start and end and len(start) == len(end) == len("2024-04-22"))
    return _Thing(name, family, words, frozenset(as_party(each).party for each in given), first, last, is_exact)


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", word))


def _rarity(things: Iterable[_Thing]) -> dict[str, float]:
    """How much a word tells: one that is in few names tells more than `exercise` or `visit`."""
    counts = Counter(word for thing in things for word in thing.words)
    total = max(sum(counts.values()), 1)
    return {word: math.log(1 + total / count) for word, count in counts.items()}


def _pairs(things: Iterable[_Thing]) -> Iterator[tuple[_Thing, _Thing]]:
    """Pairs that can be one thing: of one family, and with a year in common where they have dates."""
    blocks: dict[tuple[str, int | None], list[_Thing]] = defaultdict(list)
    for thing in things:
        years: Iterable[int | None] = (None,)
        if thing.first and thing.last:
            years = range((thing.first - _DAYS_APART).year, (thing.last + _DAYS_APART).year + 1)
        for year in years:
            blocks[thing.family, year].append(thing)
    seen = set()
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if (one.identifier, other.identifier) not in seen:
                seen.add((one.identifier, other.identifier))
                yield one, other


def _likeness(one: _Thing, other: _Thing, rarity: dict[str, float]) -> Likeness | None:
    """How alike two things are; None when their dates or parties say that they are not one."""
    dates, parties = _date_likeness(one, other), _party_likeness(one, other)
    if dates is None or parties is None:
        return None
    shared, either = one.words & other.words, one.words | other.words
    names = sum(rarity[word] for word in shared) / (sum(rarity[word] for word in either) or 1)
    numbers = [{word for word in thing.words if word.isdigit()} for thing in (one, other)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        names /= 2  # task force 41 is not task force 42
    score = sum(weight * part for weight, part in zip(_WEIGHTS, (names, dates[0], parties[0]), strict=True))
    said = f"names share {', '.join(sorted(shared))}" if shared else "names share no word"
    return Likeness(one.identifier, other.identifier, round(score, 2), f"{said}; {dates[1]}; {parties[1]}")


def _date_likeness(one: _Thing, other: _Thing) -> tuple[float, str] | None:
    if not (one.first and one.last and other.first and other.last):
        return 0.5, "no dates to compare"
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        apart = first - last
        is_near = apart <= _DAYS_APART and one.is_exact and other.is_exact
        return (_NEAR, f"{apart.days} days apart") if is_near else None
    spans = [(thing.last - thing.first).days + 1 for thing in (one, other) if thing.first and thing.last]
    shared = (last - first).days + 1
    share = 0.5 + 0.5 * shared / (sum(spans) - shared)
    is_exact = one.is_exact and other.is_exact
    when = f"{first}" if first == last else f"{first} to {last}"
    return (share, f"both on {when}") if is_exact else (_COARSE * share, f"both within {when}")


def _party_likeness(one: _Thing, other: _Thing) -> tuple[float, str] | None:
    if not one.parties or not other.parties:
        return 0.5, "no parties to compare"
    shared, either = one.parties & other.parties, one.parties | other.parties
    if len(shared) < min(2, len(one.parties), len(other.parties)):
        return None  # two lists that have but one state in common are of two things
    share = (len(shared) / len(either) + len(shared) / min(len(one.parties), len(other.parties))) / 2
    return share, f"{len(shared)} of {len(either)} parties shared"
