"""What `comity watch` was asked, and its answer: made or taken from what is kept, composed, logged and written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli._progress import Shown, shown
from comity.cli._settings import Settings, write_json

if TYPE_CHECKING:
    from comity.brief.watch_sheet import Sheet
    from comity.forecast.replay import Replayed
    from comity.forecast.watch import Pair
    from comity.forecast.watch_asking import Wish
    from comity.forecast.watch_keeping import Kept
    from comity.forecast.watch_what_if import WhatIf
    from comity.store import Store

FOLDER = "watch"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of one `comity watch`."""

    pair: tuple[str, ...]
    target: str | None
    source: str | None
    year: int | None
    horizon: int
    month: tuple[int, int] | None
    is_relevant: bool
    region: str | None
    top: int
    is_prevention: bool
    by_states: bool
    what_ifs: tuple[str, ...]
    replay: date | None
    is_now: bool
    is_logged: bool
    seed: int

    def wish(self) -> Wish:
        """The list that is wished for."""
        from comity.forecast.watch_asking import Wish

        return Wish(
            self.target, self.source, self.year, self.is_relevant, self.seed, horizon=self.horizon, month=self.month
        )


def today() -> date:
    """The day it is."""
    return datetime.now(UTC).date()


def answer(settings: Settings, asked: Asked, out: Path | None, as_json: bool) -> None:
    """Answer on standard output or in a file."""
    from comity.brief.watch_notes import chosen_words
    from comity.brief.watch_sheet import View, sheet
    from comity.forecast.log import NAME, log_list
    from comity.forecast.watch_asking import ends
    from comity.record.whole_files import write_whole

    asked.wish().check()
    with settings.open() as store:
        kept, replayed = made(settings, store, asked)
        watch = kept.watch if replayed is None else replayed.watch
        if asked.is_logged:
            log_list(settings.home / NAME, watch)
            settings.say(f"logged: {settings.home / NAME}")
        day = asked.replay or (date(watch.year, watch.month or 1, 1) if asked.year or asked.month else today())
        whole = len(watch.pairs) if asked.pair else asked.top
        held = sheet(store, watch, View(whole, asked.region, asked.is_prevention), min(day, today()), replayed)
        if asked.target is None and asked.source is None:
            held = replace(held, chosen=chosen_words(ends(store)))
        if asked.pair:
            _answer_pair(kept, held, asked, as_json)
            return
        text = written(held, store, asked, "json" if as_json else out.suffix[1:] if out else "text")
    if out is None:
        click.echo(text, nl=False)
        return
    write_whole(out, text)
    settings.say(f"written: {out}")


def made(settings: Settings, store: Store, asked: Asked) -> tuple[Kept, Replayed | None]:
    """The list that was asked for, and the replay where one was."""
    from comity.forecast.now import now_list
    from comity.forecast.replay import replay
    from comity.forecast.watch_asking import watch_list
    from comity.forecast.watch_keeping import Kept

    with shown(settings, "steps") as work:
        folder, told = settings.home / FOLDER, Told(work, f", as if on {asked.replay}" if asked.replay else "")
        if asked.replay is not None:
            replayed = replay(store, asked.wish(), asked.replay, folder, told.advance)
            return Kept(replayed.watch), replayed
        make = now_list if asked.is_now else watch_list
        return make(store, asked.wish(), today(), folder, told.advance), None


@dataclass
class Told:
    """The work of making a list, announced when it begins: one that is kept takes none."""

    work: Shown
    of_day: str
    is_announced: bool = False

    def advance(self, name: str, done: int, total: int | None) -> None:
        """How much of a thing is done; the first time also what is being made."""
        if not self.is_announced:
            self.is_announced = True
            self.work.say(f"making the list{self.of_day}; it is kept, so that it is made once for the same data")
        self.work.advance(name, done, total)


def written(held: Sheet, store: Store, asked: Asked, kind: str) -> str:
    """The list as text, HTML, CSV or JSON."""
    if kind == "html":
        from comity.brief.watch_page import watch_html

        return watch_html(held, store.abouts())
    if kind == "csv":
        return _csv(held)
    if kind == "json":
        import json

        said = held.to_dict()
        if asked.by_states:
            said["states"] = [vars(risk) for risk in held.states]
        return json.dumps(said, indent=2, ensure_ascii=False, default=str, allow_nan=False) + "\n"
    from comity.brief.watch_text import list_text

    return list_text(held, by_states=asked.by_states)


def _csv(held: Sheet) -> str:
    from comity.brief.watch_sheet import CSV_COLUMNS

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(held.csv_rows())
    return text.getvalue()


def _answer_pair(kept: Kept, held: Sheet, asked: Asked, as_json: bool) -> None:
    from comity.brief.watch_evidence import claims_about
    from comity.forecast.watch_what_if import read_change
    from comity.vocab.states import find_state

    one, other = (find_state(name, held.watch.year) for name in asked.pair)
    place = held.watch.place(one, other)
    pair: Pair = held.watch.pairs[place - 1]
    changes = [read_change(text) for text in asked.what_ifs]
    what: WhatIf | None = kept.what_if(one, other, changes) if changes else None
    claims = claims_about(dict.fromkeys(change.instrument for change in changes))
    if as_json:
        said: dict[str, Any] = {"standing": held.watch.standing(), "period": held.watch.period, **held.row(place, pair)}
        said["what_if"] = None if what is None else what.to_dict()
        said["evidence"] = {name: [each.to_dict() for each in made] for name, made in claims.items()}
        write_json(said)
        return
    from comity.brief.watch_text import pair_text

    click.echo(pair_text(held, pair, what, claims), nl=False)
