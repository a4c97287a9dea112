"""The command `comity sources`."""

from __future__ import annotations

import click

from comity.cli._settings import Settings, json_option, write_json, write_rows


@click.command()
@click.argument("name", required=False)
@click.option("--unused", "only_unused", is_flag=True, help="What no measure, network or brief reads yet.")
@json_option
@click.pass_obj
def command(settings: Settings, name: str | None, only_unused: bool, as_json: bool) -> None:
    """Show what is loaded: coverage, version, rows, terms, citation and known errors.

    \b
        comity sources
        comity sources atop
        comity sources --unused
    """
    import msgspec

    from comity.errors import BadRequest

    with settings.open() as store:
        if only_unused:
            from comity.cli._unused import unused

            write_rows(("source", "table", "fact", "rows"), unused(store), as_json)
            return
        abouts, counts, withheld = store.abouts(), store.row_counts(), store.withheld()
    if withheld:
        settings.say(f"left out for this audience, by the terms of their publishers: {', '.join(withheld)}")
    if name is None:
        rows = []
        for source, about in abouts.items():
            spans = [f"{'/'.join(c.kinds)} {c.start.year}-{c.end.year} {c.completeness}" for c in about.coverage]
            total = sum(count for (_, of), count in counts.items() if of == source)
            rows.append((source, about.version, total, "; ".join(spans), about.redistribute, about.is_reviewed))
        write_rows(("source", "version", "rows", "coverage", "redistribute", "is_reviewed"), rows, as_json)
        return
    if name not in abouts:
        raise BadRequest(f"{name!r} is not loaded; loaded are {', '.join(abouts) or 'no sources'}")
    answer = msgspec.to_builtins(abouts[name])
    answer["rows"] = {table: count for (table, of), count in counts.items() if of == name}
    if as_json:
        write_json(answer)
        return
    answer["coverage"] = [f"{'/'.join(c.kinds)}: {c.completeness}, {c.start} to {c.end}" for c in abouts[name].coverage]
    answer["files"] = [f"{file.name} ({file.row_count} rows)" for file in abouts[name].files]
    lines = [(key, _lines(value)) for key, value in answer.items() if value not in ((), [], {}, None)]
    write_rows(("", name), lines, as_json=False)


def _lines(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {item}" for key, item in value.items())
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
