"""Labels and audiences: who may see a row. One pure function decides; what cannot be read means nobody.

A label is `public`, `owner`, `nations:AUS,JPN` or `community:FVEY,NATO`. An audience is `public`, `owner`,
`nation:JPN` or `nation:GBR+FVEY+NATO`. Both have one spelling: codes in capitals, sorted, without repeats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import UnknownWord

_LIST = re.compile(r"(nations|community):([A-Z0-9-]+(?:,[A-Z0-9-]+)*)")
_AUDIENCE = re.compile(r"nation:([A-Z]{3})((?:\+[A-Z0-9-]+)*)")


@dataclass(frozen=True)
class Label:
    """A label that was read: its kind and the nations or communities it names."""

    kind: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Audience:
    """An audience that was read: its kind, nation and communities."""

    kind: str
    nation: str = ""
    communities: frozenset[str] = frozenset()


def read_label(text: str) -> Label:
    """The label a canonical text means; any other text raises UnknownWord.

    >>> sorted(read_label("nations:AUS,JPN").names)
    ['AUS', 'JPN']
    """
    if text in ("public", "owner"):
        return Label(text)
    match = _LIST.fullmatch(text)
    if not match:
        raise UnknownWord(f"label {text!r} is not public, owner, nations:AAA,BBB or community:NAME")
    kind, names = match[1], match[2].split(",")
    if names != sorted(set(names)):
        raise UnknownWord(f"label {text!r} must list its names sorted and once: {','.join(sorted(set(names)))}")
    if kind == "nations" and any(not re.fullmatch("[A-Z]{3}", name) for name in names):
        raise UnknownWord(f"label {text!r} names a nation that is not a three-letter code")
    return Label(kind, frozenset(names))


def read_audience(text: str) -> Audience:
    """The audience a canonical text means; any other text raises UnknownWord.

    >>> read_audience("nation:GBR+FVEY+NATO").nation
    'GBR'
    """
    if text in ("public", "owner"):
        return Audience(text)
    match = _AUDIENCE.fullmatch(text)
    if not match:
        raise UnknownWord(f"audience {text!r} is not public, owner or nation:AAA with +COMMUNITY after it")
    return Audience("nation", match[1], frozenset(name for name in match[2].split("+") if name))


def may_see(audience: str, label: str | None) -> bool:
    """Whether this audience may see a row with this label; a label that is missing or unreadable means nobody.

    >>> may_see("nation:JPN", "nations:JPN,USA"), may_see("public", "owner"), may_see("owner", None)
    (True, False, False)
    """
    if label is None:
        return False
    try:
        who, what = read_audience(audience), read_label(label)
    except UnknownWord:
        return False
    if what.kind == "public" or who.kind == "owner":
        return True
    if what.kind == "nations":
        return who.nation in what.names
    return what.kind == "community" and bool(who.communities & what.names)
