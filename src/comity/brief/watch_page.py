"""A watch list as one HTML page that needs nothing else: styles and picture inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from comity import __version__
from comity.brief import watch_notes as below
from comity.brief import watch_words as words
from comity.brief.watch_picture import NARROW, describe, draw_ladder
from comity.brief.watch_sheet import Sheet
from comity.brief.watch_text import of_all
from comity.brief.wording import counted, long_day, plain, sentence_start
from comity.forecast.watch import period_words
from comity.vocab.states import state

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from comity.sources.about import About

KINDS = {"list": "Watch list", "replay": "Replay of a day", "now": "Now"}
PARTS = (
    ("channels", "Channels"),
    ("regimes", "Regimes of restraint"),
    ("planned", "Planned or recurring"),
    ("incidents", "Incidents of two years"),
    ("activity", "Daily series"),
)
_CALLED: tuple[Callable[..., Any], ...] = (
    words.change_words,
    words.driver_words,
    words.names,
    words.one_in,
    words.percent,
    words.span,
    long_day,
    counted,
    period_words,
    sentence_start,
)


def watch_html(sheet: Sheet, abouts: dict[str, About]) -> str:
    """The page of a list; the same list gives the same bytes. `abouts` says how the sources it rests on are cited."""
    from markupsafe import Markup

    watch = sheet.watch
    used = [
        abouts[name]
        for name in sorted(abouts, key=lambda name: (-watch.basis.known.get(name, 0), name))
        if watch.basis.known.get(name, 0) >= watch.year - 1 - max(watch.basis.late.values(), default=0)
    ]
    return (
        _environment()
        .get_template("watch.html")
        .render(
            sheet=sheet,
            watch=watch,
            title=f"{words.event(watch)}, {watch.period}",
            kind=KINDS[watch.product],
            version=__version__,
            style=_style(),
            # Drawn by Vega, which escapes.
            picture=Markup(draw_ladder(sheet)),  # noqa: S704
            narrow=Markup(draw_ladder(sheet, NARROW)),  # noqa: S704
            described=describe(sheet),
            notes=notes(sheet),
            of_all=of_all(sheet),
            scores=[(words.SCORES.get(name, name), made) for name, made in watch.scores.items()],
            states=[
                (risk, state(risk.state).name, state(risk.likeliest).name) for risk in sheet.states[: sheet.view.top]
            ],
            parts=PARTS,
            used=used,
        )
    )


def notes(sheet: Sheet) -> Sequence[str]:
    """What must be said of a list, each a paragraph."""
    watch = sheet.watch
    said = [below.range_words(watch), below.driver_note(), below.level_words(watch)]
    said.append(
        f"Channels, regimes and calendar are as of {long_day(sheet.day)}, as far as they are listed; what is not "
        "listed may still be there."
    )
    if watch.unplaced:
        said.append(
            f"Of {counted(watch.unplaced, 'pair')} it is not known whether they are relevant; they are left out."
        )
    if sheet.replayed is not None:
        said.append(sheet.replayed.assumptions())
    return [text for text in (*said, f"{below.learned_words(watch)}.", below.known_words(watch)) if text]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("comity.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.globals |= {each.__name__: each for each in _CALLED} | {"hits_words": words.hits_words}
    return environment


def _style() -> Markup:
    from markupsafe import Markup

    folder = files("comity.brief") / "templates"
    text = "".join((folder / name).read_text(encoding="utf-8") for name in ("brief.css", "watch.css"))
    return Markup(text)  # noqa: S704 (our own files)
