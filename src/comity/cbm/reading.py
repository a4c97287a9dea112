"""Reading files of activities: one activity, a list of them, or test vectors that hold one each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from comity.cbm.activity import Activity
from comity.cbm.wording import printable
from comity.errors import BadRequest
from comity.record.reading import PlainLoader


def read_activities(path: Path | str, more: Mapping[str, Any] | None = None) -> list[Activity]:
    """The activities of a YAML file: one mapping, a list, `activities:`, or vectors with `name:` and `activity:`.

    BadRequest is one line that names the file, the entry, the key and the value.

    Args:
        path: the file.
        more: keys that every activity is to state, in place of its own; an empty text takes a key away.
    """
    return activities_of([(where, raw) for where, raw, _ in read_vectors(Path(path))], more)


def activities_of(
    plains: Iterable[tuple[str, Mapping[str, Any]]], more: Mapping[str, Any] | None = None
) -> list[Activity]:
    """Activities from plain keys, each with where it comes from, as `recorded` and `stored` give them.

    >>> plan = ("a plan", {"type": "field_exercise", "host": "POL"})
    >>> activities_of([plan], {"troops": "12000"})[0].values["troops"]
    12000
    """
    return [Activity.from_dict({**raw, **(more or {})}, where) for where, raw in plains]


def read_vectors(path: Path) -> list[tuple[str, Mapping[str, Any], list[Any]]]:
    """Every entry of a file: where it stands, its activity as plain keys, and what is expected of it."""
    plain = read_plain(path)
    if isinstance(plain, Mapping) and set(plain) == {"activities"}:
        plain = plain["activities"]
    entries = plain if isinstance(plain, list) else [plain]
    if not entries or entries in ([None], [""]):
        raise BadRequest(f"{path.name}: no activity in it")
    return [_entry(path.name, number, entry, len(entries)) for number, entry in enumerate(entries, start=1)]


def is_list(path: Path) -> bool:
    """Whether a file holds a list of activities, be it of one; its first lines tell, and it is not read whole."""
    with path.open(encoding="utf-8") as text:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.SequenceStartEvent):
                return True
            if isinstance(event, yaml.ScalarEvent):
                return event.value == "activities"
    return False


def read_plain(path: Path) -> Any:
    """A YAML file as plain text values; BadRequest names the file and the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (text only, no objects)
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path.name}: not UTF-8 at byte {error.start}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise BadRequest(f"{path.name}: {where}{getattr(error, 'problem', None) or 'not YAML'}") from error
    except RecursionError as error:
        raise BadRequest(f"{path.name}: lists or keys are nested too deeply") from error


def _entry(file: str, number: int, entry: Any, count: int) -> tuple[str, Mapping[str, Any], list[Any]]:
    if not isinstance(entry, Mapping):
        raise BadRequest(f"{file}: entry {number}: {str(entry)[:40]!r} is not a mapping of keys")
    label = printable(str(entry.get("name") or "")) or (f"entry {number}" if count > 1 else "activity")
    where = f"{file}: {label}"
    if "activity" not in entry:
        return where, entry, []
    for key in entry:
        if key not in ("name", "activity", "expect", "note", "source"):
            raise BadRequest(f"{where}: {key!r} stands beside activity; only name, expect, note and source may")
    inner = entry["activity"]
    if not isinstance(inner, Mapping):
        raise BadRequest(f"{where}: activity: {str(inner)[:40]!r} is not a mapping of keys")
    if "name" in entry and "name" not in inner:
        inner = {**inner, "name": entry["name"]}
    return where, inner, list(entry.get("expect") or [])
