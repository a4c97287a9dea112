"""A brief as plain data, for programs."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from comity.brief.blocks import Block, Chart
from comity.brief.composing import Brief

NOT_DATA = "basis"  # `--explain` tells it; in every brief it would be most of the file


def brief_json(brief: Brief) -> dict[str, Any]:
    """The brief as dictionaries, lists, text, numbers and null; citations are the numbers of `references`."""
    return {
        "title": brief.title,
        "kind": brief.kind,
        "scope": brief.scope,
        "as_of": brief.as_of.isoformat(),
        "audience": brief.audience,
        "version": brief.version,
        "sections": [
            {
                "title": section.title,
                "anchor": section.anchor,
                "blocks": [_block(brief, block) for block in section.blocks],
            }
            for section in brief.sections
        ],
        "references": [asdict(reference) for reference in brief.references],
    }


def _block(brief: Brief, block: Block) -> dict[str, Any]:
    from comity.brief.charts import chart_spec

    made = {"kind": block.kind} | _numbered(brief, block)
    made |= {field.name: getattr(block, field.name) for field in fields(block) if field.name != NOT_DATA}
    plain = {name: _plain(brief, name, value) for name, value in made.items()}
    return plain | ({"vega_lite": chart_spec(block)} if isinstance(block, Chart) else {})


def _plain(brief: Brief, name: str, value: Any) -> Any:
    if name in ("cites", "refs"):
        return sorted({brief.numbers[key] for key in value})
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(brief, "", item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        held = {field.name: getattr(value, field.name) for field in fields(value) if field.name != NOT_DATA}
        return _numbered(brief, value) | {key: _plain(brief, key, inner) for key, inner in held.items()}
    return value


def _numbered(brief: Brief, part: Any) -> dict[str, Any]:
    """The number by which a program asks what a part rests on; parts that have none are without it."""
    number = brief.number_of(part)
    return {} if number is None else {"number": number}
