"""Where the register and a published dataset differ, and why: `differences.yml`, one line of reason each.

An explanation names the comparison and the record, and where it does not mean all of a record's differences also the
states or the year.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from comity.errors import RecordError
from comity.record.reading import DIFFERENCES, register_folder
from comity.record.shape import Shape


class Difference(Shape, frozen=True, kw_only=True):
    """One explanation: what differs, and the reason in one sentence."""

    comparison: str
    record: str
    reason: str
    states: tuple[str, ...] = ()
    year: int | None = None

    def explains(self, comparison: str, difference: dict[str, Any]) -> bool:
        """Whether it speaks of a difference that a comparison found."""
        states = {difference["state_a"], difference["state_b"]} - {None}
        return (
            (comparison, difference["record"]) == (self.comparison, self.record)
            and set(self.states) <= states
            and self.year in (None, difference["year"])
        )


def read_differences(folder: Path | None = None) -> list[Difference]:
    """The explanations of a folder of records; RecordError names the field that is wrong."""
    path = (folder or register_folder()) / DIFFERENCES
    if not path.exists():
        return []
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")) or [], list[Difference])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordError(f"{DIFFERENCES}: {' '.join(str(error).split())}") from error
    except msgspec.ValidationError as error:
        raise RecordError(f"{DIFFERENCES}: {error}") from error
