"""The layout of one file: what its rows share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What the rows of one file share: its name, the place of each column, missing marks and aliases."""

    file: str
    fields: Mapping[str, int]
    missing: frozenset[str]
    aliases: Mapping[str, str]  # the publisher's spelling or code → a name the vocabulary knows
