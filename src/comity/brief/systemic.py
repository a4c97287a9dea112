"""The series of the world as the room `assess` gives them, kept because they take long."""

from __future__ import annotations

from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.keeping import kept
from comity.brief.subject import Subject, once

FIRST_YEAR = 1946
CHARTED = ("exercise", "dialogue", "visit", "operation", "port_call", "peacekeeping")
Told = dict[str, Any]


@once
def systemic(subject: Subject) -> dict[str, Told]:
    """Every series that is known of some year, by name: what it means, its values by year as text, its sources."""
    last = subject.full_year
    found: list[Told] = kept(subject, f"world-{FIRST_YEAR}-{last}", lambda: _worked_out(subject, last))
    return {each["name"]: each for each in found}


def _worked_out(subject: Subject, last: int) -> list[Told]:
    from comity.assess.world import world

    told = world(subject.store, (FIRST_YEAR, last))
    return [each.to_dict() for each in told.series if each.horizon is not None and each.sources]


def value_in(series: Told, year: int) -> float:
    """The value of a series in a year that is known."""
    return float(series["values"][str(year)])


def before(series: Told, years: int) -> int | None:
    """The last known year at least so many years before the horizon; None where there is none."""
    held = [int(year) for year, value in series["values"].items() if value is not None]
    return max((year for year in held if year <= series["horizon"] - years), default=None)


def told_value(value: float) -> str:
    """A value with as many digits as help.

    >>> told_value(0.0903), told_value(2.149), told_value(204.0)
    ('0.09', '2.1', '204')
    """
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def is_share(series: Told) -> bool:
    """Whether a series is a share, which is told in percent."""
    return str(series["means"]).startswith("share of")


def series_text(series: Told, value: float) -> str:
    """A value of one series in its words.

    >>> series_text({"means": "share of pairs"}, 0.0903), series_text({"means": "new disputes"}, 0.0903)
    ('9.0%', '0.09')
    """
    if not is_share(series):
        return told_value(value)
    return f"{value * 100:.1f}%" if 0 < value < 0.0995 else f"{value:.0%}"


def when_known(subject: Subject, series: Told) -> str:
    """The last year of a series as a detail; that nothing later is known is said where the brief sees later years."""
    last = series["horizon"]
    return f"in {last}, the last year known" if last < subject.full_year else f"in {last}"


def _in_words(series: Told, value: float) -> dict[str, str]:
    """A share as it is told, for its percent stand in no other field."""
    return {"told": series_text(series, value)} if is_share(series) else {}


def series_basis(subject: Subject, series: tuple[Told, ...], **values: Any) -> Basis:
    """What words on series rest on: every year of each."""
    asked = Query(f"comity assess --world --years {FIRST_YEAR}:{subject.full_year} --json")
    rows = tuple(
        {"series": each["name"], "means": each["means"], "year": int(year), "value": value} | _in_words(each, value)
        for each in series
        for year, value in each["values"].items()
        if value is not None
    )
    return Basis("The value of each year in which nearly all pairs are known.", (asked,), rows, tuple(values.items()))


def listed_acts(subject: Subject) -> dict[str, Told]:
    """The series of what is merely listed, by the instruments of which lists are full enough to count."""
    held = systemic(subject)
    return {word: held[name] for word in CHARTED if (name := f"listed_{word}_count") in held}
