"""A watch list as text of 80 columns: the table first, then how earlier lists did and what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from comity.brief.watch_around import Around, Line
from comity.brief.watch_evidence import Claimed
from comity.brief.watch_notes import driver_note, known_words, learned_words, level_words, range_words
from comity.brief.watch_sheet import Sheet
from comity.brief.watch_words import (
    SCORES,
    change_words,
    changed,
    driver_words,
    event,
    hits_words,
    input_words,
    names,
    one_in,
    percent,
    span,
)
from comity.brief.wording import counted, listed, long_day, plain, sentence_start
from comity.forecast.replay import Replayed
from comity.forecast.watch import Pair, Watch, period_words
from comity.forecast.watch_what_if import WhatIf
from comity.vocab.states import state

WIDTH = 80
MOST_LINES = 6
BETTER = "Log score and Brier: lower is better. AP, the average precision: higher is."
_WORDS = {"list": "Watch list", "replay": "Replay", "now": "Now"}


def list_text(sheet: Sheet, *, by_states: bool = False) -> str:
    """The list, or the chances by state, with everything that must be said of it."""
    lines = [*_head(sheet), ""]
    lines += _states(sheet) if by_states else _table(sheet)
    lines += ["", *_foot(sheet)]
    return "\n".join(lines) + "\n"


def _head(sheet: Sheet) -> Iterator[str]:
    watch = sheet.watch
    kind = "politically relevant pairs" if watch.is_relevant else "pairs of states"
    title = f"{_WORDS[watch.product]} for {watch.period}: {event(watch)}"
    yield from _wrapped(title + (f", as if on {long_day(sheet.replayed.day)}" if sheet.replayed else ""))
    where = f", {len(sheet.ranked):,} of them in {sheet.view.region}" if sheet.view.region else ""
    yield from _wrapped(f"{len(watch.pairs):,} {kind}{where}, from the list of {watch.source}.")
    yield from _wrapped(watch.standing())
    if sheet.replayed is not None:
        yield from _wrapped(sheet.replayed.doubt())
    if sheet.chosen:
        yield from _wrapped(sheet.chosen)
    if sheet.hidden is not None:
        yield from _wrapped(
            f"Prevention view: {counted(sheet.hidden, 'pair')} already at it in {watch.known_to}, the last year known, "
            f"{'is' if sheet.hidden == 1 else 'are'} hidden."
        )
    if watch.unplaced:
        yield from _wrapped(
            f"Of {counted(watch.unplaced, 'pair')} it is not known whether they are relevant; they are left out."
        )


def _row(rank: int, pair: Pair) -> str:
    who = _cut(names(*pair.states) + (" *" if pair.is_ongoing else ""), 27)
    low = span(pair.low, pair.high) if pair.low < pair.high else ""
    change = changed(pair.chance, pair.before)
    return f"{rank:>4}  {who:<27}{one_in(pair.chance):>12}{percent(pair.chance):>8}{low:>14}  {change}".rstrip()


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"{'#':>4}  {'pair':<27}{'chance':>12}{'':>8}{'range':>14}  change"
    for rank, pair in sheet.shown:
        yield _row(rank, pair)
        yield from _indented(" · ".join(driver_words(driver, is_group=True) for driver in pair.groups[:3]))
        yield from _indented(sheet.beside[pair.states].brief())
    if not sheet.shown:
        yield "  no pair"
    if any(pair.is_ongoing for _, pair in sheet.shown):
        yield f"* already at it in {sheet.watch.known_to}, the last year known; --prevention hides these."


def _states(sheet: Sheet) -> Iterator[str]:
    yield f"{'#':>4}  {'state':<30}{'any of its pairs':>18}{'':>8}  likeliest with"
    for rank, risk in enumerate(sheet.states[: sheet.view.top], start=1):
        who = f"{state(risk.likeliest).name} ({percent(risk.likeliest_chance)})"
        chance = f"{one_in(risk.chance):>18}{percent(risk.chance):>8}"
        yield f"{rank:>4}  {_cut(state(risk.state).name, 30):<30}{chance}  {_cut(who, 16)}".rstrip()
    yield from _wrapped(
        "The chance that at least one of a state's pairs comes to it, as if pairs were independent. They are not, for "
        "one conflict draws in others; so take the order rather than the figure."
    )


def _foot(sheet: Sheet) -> Iterator[str]:
    watch = sheet.watch
    if sheet.replayed is None:
        yield from _wrapped(hits_words(watch, min(sheet.view.top, len(watch.pairs))) + of_all(sheet))
        yield from _scores(watch)
    else:
        yield from _replayed(sheet.replayed, sheet.view.top)
    yield from _wrapped(range_words(watch))
    yield from _wrapped(driver_note())
    yield from _wrapped(level_words(watch))
    yield from _wrapped(f"Change is since the list for {watch.period_before}, made the same way.")
    beside = f"Channels, regimes and calendar as of {long_day(sheet.day)}"
    yield from _wrapped(f"{beside}, as far as they are listed; what is not listed may still be there.")
    yield from _wrapped(known_words(watch))
    basis = watch.basis
    yield from _wrapped(
        f"{learned_words(watch)}; settings of {basis.settings_chosen}, seed "
        f"{basis.seed}, data {basis.fingerprint[:12] or 'without fingerprint'}."
    )


def of_all(sheet: Sheet) -> str:
    """That the lists of earlier years are looked at whole, where only a part of this one is."""
    is_part = sheet.view.region is not None or sheet.hidden is not None
    return " That is of all pairs, not of those shown here alone." if is_part and sheet.watch.tried else ""


def _scores(watch: Watch) -> Iterator[str]:
    if not watch.scores:
        return
    yield f"  {'on those years':<32}{'log score':>11}{'Brier':>10}{'AP':>8}{'expected':>10}{'came':>6}"
    for name, made in watch.scores.items():
        ap = "–" if made["ap"] is None else f"{made['ap']:.3f}"
        numbers = (
            f"{made['log']:>11.5f}{made['brier']:>10.5f}{ap:>8}{made['expected_onsets']:>10.1f}{made['onsets']:>6}"
        )
        yield f"  {SCORES.get(name, name):<32}{numbers}"
    yield BETTER


def _replayed(held: Replayed, count: int) -> Iterator[str]:
    yield from _wrapped(
        "This is a replay: what could have been known on the day. Hindsight is the usual list, from the same sources "
        "as they stand now, up to the year before."
    )
    if held.came is not None:
        said = ", ".join(names(*pair) for pair in held.came[:MOST_LINES]) or "none"
        more = f" and {len(held.came) - MOST_LINES} more" if len(held.came) > MOST_LINES else ""
        yield from _wrapped(f"What came in {held.watch.period}: {len(held.came)} onsets ({said}{more}).")
        yield from _wrapped(
            f"Of the first {count} pairs it came to {held.hits(count)}; of hindsight's first {count}, to "
            f"{held.hits_of_hindsight(count)}."
        )
    if held.scores:
        first, last = held.years
        yield f"  {f'on {first} to {last}, {held.rows:,} pair-years':<40}{'log score':>11}{'Brier':>10}{'AP':>8}"
        for name, made in held.scores.items():
            ap = "–" if made["ap"] is None else f"{made['ap']:.3f}"
            yield f"  {name:<40}{made['log']:>11.5f}{made['brier']:>10.5f}{ap:>8}"
        yield BETTER
        better = held.better["log"]
        yield from _wrapped(
            f"Hindsight is better by {better['value']:.5f} in log score [{better['low']:.5f}, {better['high']:.5f}], "
            "the 95 % interval by pairs drawn again."
        )
    yield from _wrapped(held.assumptions())


def pair_text(sheet: Sheet, pair: Pair, what: WhatIf | None, claims: Mapping[str, Sequence[Claimed]]) -> str:
    """One pair in full: its chance and why, similar cases, what stands around it, and what-if."""
    watch, place = sheet.watch, sheet.watch.place(*pair.states)
    lines = [
        names(*pair.states),
        *_wrapped(f"{sentence_start(event(watch))} in {watch.period}. {watch.standing()}"),
        "",
    ]
    low = f", range {span(pair.low, pair.high)}" if pair.low < pair.high else ""
    lines += [f"  {one_in(pair.chance)} ({percent(pair.chance)}{low}); {change_words(watch, pair)}"]
    lines += [f"  place {place:,} of {len(watch.pairs):,}" + ("; already at it" if pair.is_ongoing else "")]
    lines += ["", "Why, by kind of input", *(f"  {driver_words(each, is_group=True)}" for each in pair.groups[:8])]
    lines += ["", "Why, by single input", *(f"  {driver_words(each)}" for each in pair.drivers)]
    lines += ["", f"Pairs that stood much like it before {watch.period}, and what came of them"]
    for each in pair.similar:
        came = "it came" if each.came else "it did not come"
        lines.append(f"  {names(*each.states)}, {period_words(each.year, each.month)}: {came}")
    lines += ["", *around_lines(sheet.beside.get(pair.states, Around()))]
    if what is not None:
        lines += ["", *what_if_lines(what, claims)]
    lines += ["", *_wrapped(driver_note()), *_wrapped(level_words(watch)), *_wrapped(range_words(watch))]
    lines += _wrapped(known_words(watch))
    return "\n".join(lines) + "\n"


def around_lines(held: Around) -> Iterator[str]:
    """What stands between two states, thing by thing."""
    titles = ("Channels", "Regimes of restraint", "Planned or recurring", "Incidents of two years", "Daily series")
    kinds: tuple[Sequence[Line], ...] = (held.channels, held.regimes, held.planned, held.incidents, held.activity)
    for title, lines in zip(titles, kinds, strict=True):
        yield title
        for line in lines[:MOST_LINES]:
            yield from _indented(f"{line.name}: {line.state}" if line.state else line.name, 2)
        if len(lines) > MOST_LINES:
            yield f"  and {len(lines) - MOST_LINES} more"
        if not lines:
            yield "  none listed"


def what_if_lines(what: WhatIf, claims: Mapping[str, Sequence[Claimed]]) -> Iterator[str]:
    """A what-if with its warning, and the ledger's own estimates beside it."""
    yield f"What if {' and '.join(what.changes)} in the last year known"
    yield f"  before  {one_in(what.before):>12} {percent(what.before):>8}"
    yield f"  after   {one_in(what.after):>12} {percent(what.after):>8}"
    if what.inputs:
        yield from _indented(f"What moved in it: {listed([input_words(name) for name in what.inputs])}.", 2)
    for name in what.unknown:
        yield from _indented(f"The forecast holds no input on {name}: no list reaches so far. It cannot say.", 2)
    for name, (total, most) in what.beyond.items():
        yield from _indented(
            f"{name}: {total:,.6g} in a year is more than any pair of this list has ({most:,.6g}). The models have "
            "seen nothing like it; what they say of it means little.",
            2,
        )
    yield from _wrapped(
        "A forecast is no effect. The models learned who disputes less often, not what an engagement does: pairs that "
        "get on hold more exercises and visits. What is known of effects stands in the ledger:"
    )
    for name, held in claims.items():
        for each in held:
            yield from _indented(f"{each.claim} {each.wording} Verdict: {each.verdict}. Estimate: {each.estimate}.", 2)
        if not held:
            yield from _indented(f"{name}: the ledger holds no claim about it and disputes.", 2)


def _wrapped(text: str) -> Iterator[str]:
    yield from textwrap.wrap(plain(text), WIDTH, break_on_hyphens=False)


def _indented(text: str, by: int = 6) -> Iterator[str]:
    space = " " * by
    yield from textwrap.wrap(
        plain(text), WIDTH, initial_indent=space, subsequent_indent=space + "  ", break_on_hyphens=False
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
