"""The command `comity cbm rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from comity.cli._settings import json_option, write_json, write_rows

if TYPE_CHECKING:
    from comity.cbm import InRegime, Regimes

RULES = ("rule", "article", "kind", "binding", "status", "as of", "known", "deadline")


@click.command("rules")
@click.argument("regime", required=False)
@json_option
def command(regime: str | None, as_json: bool) -> None:
    """List the regimes, or show the rules of one: what they ask, how they stand, how well they are known, and where.

    REGIME is the name of a regime's file, the first part of its rules' names, or one rule.

    \b
        comity cbm rules
        comity cbm rules vienna_document_2011
        comity cbm rules ind_pak.1991.naval --json
    """
    from comity.cbm import load_regimes

    regimes = load_regimes()
    if regime is None:
        _list(regimes, as_json)
        return
    rules = regimes.of(regime)
    if as_json:
        write_json([_whole(rule) for rule in rules])
        return
    for name in dict.fromkeys(rule.file for rule in rules):
        ours = [rule for rule in rules if rule.file == name]
        click.echo(f"\n{ours[0].regime.regime}{_dates(ours[0])}")
        write_rows(RULES, [_cells(rule) for rule in ours], as_json=False)
        for key, source in sorted(ours[0].regime.sources.items()):
            click.echo(f" {key}: {source.publisher}, {source.title} ({source.kind}). {source.url}")


def _list(regimes: Regimes, as_json: bool) -> None:
    rows = [
        (
            name,
            regime.regime,
            regime.binding,
            regime.standings[-1].status if regime.standings else "",
            len(regime.rules),
        )
        for name, regime in regimes.regimes.items()
    ]
    write_rows(("name", "regime", "binding", "status", "rules"), rows, as_json)


def _cells(held: InRegime) -> tuple[object, ...]:
    last = [one for one in held.standings if not one.parties][-1:]
    status, as_of = (last[0].status, last[0].as_of) if last else ("", "")
    rule = held.rule
    return rule.id, rule.article, rule.kind, held.binding, status, as_of, rule.ver, _deadline(held)


def _deadline(held: InRegime) -> str:
    found = held.rule.deadline
    if found is None:
        return ""
    if found.by is not None:
        years = {0: "each year", -1: "of the year before", 1: "of the year after"}
        return f"by {found.by} {years.get(found.year, f'{found.year:+} years')}"
    return found.none or f"{found.n} {found.unit}{'' if found.n == 1 else 's'} {found.edge} {found.anchor}"


def _dates(held: InRegime) -> str:
    effect = held.regime.effect
    return f" ({effect.from_ or ''} to {effect.to or 'now'})"


def _whole(held: InRegime) -> dict[str, Any]:
    """A rule with everything its regime says for it, as plain keys and values."""
    import msgspec

    said: dict[str, Any] = msgspec.to_builtins(held.rule)
    plain = {key: value for key, value in said.items() if value not in (None, [], ())}
    sources = {key: msgspec.to_builtins(source) for key, source in held.regime.sources.items()}
    own = {"regime": held.regime.regime, "file": held.file, "record": held.record, "channel": held.channel}
    own |= {"binding": held.binding, "obliged": held.obliged, "recipients": held.recipients}
    stands = [msgspec.to_builtins(one) for one in held.standings]
    return {"id": held.id, **own, **plain, "standings": stands, "sources": sources}
