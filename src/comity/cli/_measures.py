"""The measures as `comity panel --list` shows them: by topic, each with what it means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import click

from comity.cli._settings import Settings, write_json


def write_measures(settings: Settings, unit: str | None, search: str, as_json: bool) -> None:
    """Every measure that panels of a unit, or of any, can hold and that a search finds."""
    from comity.panel.catalog import catalog, entry, heading

    found = catalog(unit, search)
    entries = {topic: [entry(measure, unit) for measure in measures] for topic, measures in found.items()}
    if as_json:
        write_json([each for of_topic in entries.values() for each in of_topic])
        return
    for topic, of_topic in entries.items():
        click.echo("\n".join([f"{topic}: {heading(topic)}", "", *(line for each in of_topic for line in _lines(each))]))
        click.echo()
    count = sum(map(len, entries.values()))
    settings.say(f"measures: {count}, topics: {len(entries)}; --measures takes the names of both")


def _lines(said: dict[str, Any]) -> Iterator[str]:
    about = [said["unit"], said["type"]]
    about += [] if said["type"] == "flag" else [said["measured_in"]]
    about += ["directed"] if said["is_directed"] else []
    about += ["coded looking back"] if said["is_hindsight"] else []
    yield f"  {click.style(said['measure'], bold=True)} ({', '.join(about)})"
    yield textwrap.fill(said["means"], 100, initial_indent="      ", subsequent_indent="      ")
