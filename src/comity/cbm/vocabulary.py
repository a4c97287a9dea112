"""The words of rules and activities: measures, levels, choices, anchors, activities, sets and zones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from comity.cbm.grammar import Party, Shape
from comity.errors import UnknownWord
from comity.record.reading import PlainLoader

MEASURED = ("tons", "km", "hours", "days")  # units of which a part is something too
FEW = 25  # words are listed in an error while they are this few


class Measure(Shape, frozen=True, kw_only=True):
    """Something an activity states of itself, and how it is written."""

    type: Literal["number", "flag", "level", "choice", "state"]
    means: str
    unit: str | None = None
    adds: bool = False  # the values of linked activities may be summed
    kinds: tuple[str, ...] = ()  # an activity of another kind that does not state it has none
    part_of: str | None = None  # a measure that it cannot exceed
    tally_of: tuple[str, ...] = ()  # the rules of which a list of activities tells how many of a state's year hold

    @property
    def is_count(self) -> bool:
        """Whether it counts people or things, and so is a whole number.

        >>> vocabulary().measures["troops"].is_count, vocabulary().measures["range_km"].is_count
        (True, False)
        """
        return self.type == "number" and self.unit not in MEASURED


class Choice(Shape, frozen=True, kw_only=True):
    """A word of a choice: the words it is a kind of, and those of which it may or may not be one."""

    is_: tuple[str, ...] = msgspec.field(default=(), name="is")
    maybe: tuple[str, ...] = ()


class Anchor(Shape, frozen=True, kw_only=True):
    """A day or hour that deadlines count from."""

    means: str
    stands_in: tuple[str, ...] = ()
    is_bound: bool = False  # what stands in for it comes later, so that the date computed is the latest possible


class Kind(Shape, frozen=True, kw_only=True):
    """A kind of activity, whether it may be at sea or in the air, and the zone it implies."""

    means: str
    at_sea: bool = False
    zone: str | None = None


class Members(Shape, frozen=True, kw_only=True):
    """A set of states; its members may be so between dates only."""

    means: str
    members: tuple[str | Party, ...] = ()
    is_all: bool = False


class Zone(Shape, frozen=True, kw_only=True):
    """Where a rule holds, and what the host alone tells of it."""

    means: str
    whole: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    line: bool = False
    sea: bool = False
    within: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()


class Vocabulary(Shape, frozen=True, kw_only=True):
    """Every word there is."""

    measures: dict[str, Measure]
    levels: dict[str, tuple[str, ...]]
    level_names: dict[str, str]
    choices: dict[str, dict[str, Choice]]
    choice_names: dict[str, dict[str, str]]
    anchors: dict[str, Anchor]
    activities: dict[str, Kind]
    sets: dict[str, Members]
    zones: dict[str, Zone]

    def level(self, word: str) -> tuple[str, int]:
        """The ladder and the rung of a level of formation.

        >>> vocabulary().level("brigade_group"), vocabulary().level("Brigade group")
        (('land', 3), ('land', 3))
        """
        word = spelled(word)
        plain = self.level_names.get(word, word)
        for ladder, rungs in self.levels.items():
            if plain in rungs:
                return ladder, rungs.index(plain)
        raise unknown(word, "level", [rung for rungs in self.levels.values() for rung in rungs])

    def choice(self, measure: str, word: str) -> str:
        """The word of a choice that a name stands for; UnknownWord names the nearest.

        >>> vocabulary().choice("category", "VI"), vocabulary().choice("missile_type", "icbm")
        ('warships', 'ICBM')
        """
        allowed = self.choices[measure]
        if word in allowed:
            return word
        plain = spelled(word)
        by_name = {name.lower(): name for name in allowed} | self.choice_names.get(measure, {})
        if plain not in by_name:
            raise unknown(word, measure, allowed)
        return by_name[plain]

    def kinds_of(self, measure: str, word: str) -> frozenset[str]:
        """A word of a choice with every word it is a kind of."""
        found = {word}
        for parent in self.choices[measure][word].is_:
            found |= self.kinds_of(measure, parent)
        return frozenset(found)

    def maybe_kinds_of(self, measure: str, word: str) -> frozenset[str]:
        """The words of which a word may or may not be one: said so, or because it is the more general word."""
        words = self.choices[measure]
        said = {maybe for one in self.kinds_of(measure, word) for maybe in words[one].maybe}
        above = {parent for maybe in said for parent in self.kinds_of(measure, maybe)}
        below = {other for other in words if word in self.kinds_of(measure, other)}
        loose = {other for other, entry in words.items() if word in entry.maybe}
        return frozenset((said | above | below | loose) - self.kinds_of(measure, word))

    def members(self, name: str) -> tuple[Party, ...]:
        """The members of a set with their dates, or the one state that a code names."""
        if name not in self.sets:
            return (Party(party=name),)
        return tuple(one if isinstance(one, Party) else Party(party=one) for one in self.sets[name].members)


def spelled(word: str) -> str:
    """A word as the vocabulary spells it: small letters, with underscores between its parts.

    >>> spelled("Large-caliber artillery")
    'large_caliber_artillery'
    """
    return "_".join(word.replace("-", " ").lower().split())


def unknown(word: str, kind: str, allowed: Iterable[str]) -> UnknownWord:
    """The error of a word that is not one of its kind, with the nearest that is."""
    names = sorted(allowed)
    near = difflib.get_close_matches(str(word), names, n=1)
    hint = f"; nearest is {near[0]!r}" if near else f"; it is one of {', '.join(names)}" if len(names) <= FEW else ""
    return UnknownWord(f"{word!r} is no {kind}{hint}")


def is_member(parties: Iterable[Party], state: str, on: date | None) -> bool | None:
    """Whether a state is one of the parties on a day; None when that hangs on a day that is not given.

    >>> osce = vocabulary().members("OSCE57")
    >>> is_member(osce, "MNG", date(2012, 1, 1)), is_member(osce, "MNG", None), is_member(osce, "POL", None)
    (False, None, True)
    """
    found: bool | None = False
    for one in parties:
        if one.party != state:
            continue
        if one.from_ is None and one.to is None:
            return True
        if on is None:
            found = None
        elif (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to):
            return True
    return found


@cache
def vocabulary() -> Vocabulary:
    """The words shipped with comity.

    >>> vocabulary().measures["tanks"].unit
    'tanks'
    """
    path = Path(__file__).with_name("vocabulary.yml")
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (text only, no objects)
    return msgspec.convert(plain, Vocabulary, strict=False)
