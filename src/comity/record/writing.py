"""Writing records: the YAML text of a record in one order of fields.

Reading what was written gives the same record. The text looks like what a person would write: short lists and parties
on one line, long sentences folded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from comity.record.shape import AnyRecord, Edition, Shape

# Every field of every kind of record, in the order in which it is asked for and written.
FIELDS = (
    *("kind", "name", "short_name", "instrument", "level", "agreement_kind", "incident_kind", "channel_kind"),
    *("organisation_kind", "place_kind", "status", "agreement", "place", "known_until", "obligations", "replaces"),
    *("signed_date", "start_date", "start_precision", "end_date", "end_precision", "last_used_date", "domains"),
    *("purposes", "states", "partners", "frame", "parties", "standings", "personnel_count", "injured_count"),
    *("killed_count", "amount_usd", "location", "latitude", "longitude", "aliases", "regions", "cases", "label"),
    *(
        "verification",
        "summary",
        "note",
        "accounts",
        "outcome",
        "product",
        "lessons",
        "turning_points",
        "access",
        "evidence",
        "editions",
    ),
)
ACCESS_FIELDS = ("date", "change", "by", "of", "what", "reason")
EVIDENCE_FIELDS = ("kind", "publisher", "title", "date", "url", "read", "supports", "note")
_WIDTH = 110  # a line ends with the first word that passes it


class _Writer(yaml.BaseDumper):
    """YAML whose values are all text, with the items of a list set in under its name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True  # a value that stands there twice is written twice


class _Inline(dict[str, Any]):
    """A mapping written on one line: `{party: PHL, role: host}`."""


def _text(writer: _Writer, text: str) -> yaml.Node:
    is_plain = "  " not in text and text == text.strip() and text.isprintable()
    # Quoted in full where a line break or a space at a line's end could be lost.
    style = (">" if " " in text and len(text) > _WIDTH - 4 else None) if is_plain else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(writer: _Writer, values: list[Any]) -> yaml.Node:
    is_short = all(isinstance(value, str) for value in values) and len(", ".join(values)) < _WIDTH - 20
    return writer.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_short)


_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)
_Writer.add_representer(dict, lambda writer, given: writer.represent_mapping("tag:yaml.org,2002:map", given.items()))
_Writer.add_representer(
    _Inline, lambda writer, given: writer.represent_mapping("tag:yaml.org,2002:map", given.items(), flow_style=True)
)


def record_text(content: AnyRecord, label: str = "public") -> str:
    """The YAML text of a record; `label` is the one a reader assumes where the text names none.

    >>> from comity.record.shape import Region
    >>> print(record_text(Region(name="Sea", summary="A sea.", states=["PHL", "VNM"])), end="")
    kind: region
    name: Sea
    states: [PHL, VNM]
    summary: A sea.
    """
    kept = {"kind": str(content.__struct_config__.tag)} | _kept(content)
    if content.label == label:
        kept.pop("label", None)
    else:
        kept["label"] = content.label
    return _yaml(_ordered(kept))


def with_edition(text: str, edition: Edition) -> str | None:
    """The text of a series with one more edition at its end, the rest as its writer left it.

    None where the editions are not the last thing in it.
    """
    tops = re.findall(r"^[^\s#].*$", text, flags=re.MULTILINE)
    if not tops or tops[-1] != "editions:" or not re.search(r"^editions:\n  - ", text, flags=re.MULTILINE):
        return None
    added = _yaml([_ordered(_kept(edition))])
    return text.rstrip("\n") + "\n" + "".join(f"  {line}" for line in added.splitlines(keepends=True))


def _yaml(content: Any) -> str:
    return str(yaml.dump(content, Dumper=_Writer, width=_WIDTH, allow_unicode=True, sort_keys=False))


def _kept(shape: Shape) -> dict[str, Any]:
    """The fields that say something: those that differ from what the shape assumes, as text."""
    kept = {}
    for field in msgspec.structs.fields(shape):
        value = getattr(shape, field.name)
        assumed = [] if field.default_factory is list else field.default
        if field.required or value != assumed:
            kept[field.name] = _plain(value)
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Shape):
        kept = _kept(value)
        is_long = any(isinstance(item, list) for item in kept.values())
        return _ordered(kept) if is_long else _Inline(kept)
    return str(value)


def _ordered(kept: Mapping[str, Any]) -> dict[str, Any]:
    order = EVIDENCE_FIELDS if "supports" in kept else ACCESS_FIELDS if "change" in kept else FIELDS
    return {name: kept[name] for name in sorted(kept, key=order.index)}
