"""What must be said below a watch list: why this target, what the range and the reasons are, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from comity.brief.watch_words import event
from comity.forecast.watch import LEVEL, Watch

# What a list may be asked for by name, and the lists that each is taken from.
OTHERS = {
    "mid": ("disputes", ("gml_mid", "cow_mid")),
    "crisis": ("crises", ("icb",)),
    "conflict": ("armed conflicts", ("ucdp_acd", "ucdp_acd_troops")),
}


def chosen_words(ends: Mapping[str, int]) -> str:
    """Why a list is of the target it is of, where none was named: the last year of every list, and how to ask for it.

    >>> chosen_words({"ucdp_acd": 2022, "gml_mid": 2010})
    'No target was named, so it is what has the newest data. Others: `--target mid` for disputes (gml_mid to 2010).'
    """
    newest = max(ends.values(), default=0)
    others = []
    for option, (what, lists) in OTHERS.items():
        held = [f"{name} to {ends[name]}" for name in lists if name in ends]
        if held and not any(ends.get(name) == newest for name in lists):
            others.append(f"`--target {option}` for {what} ({', '.join(held)})")
    said = "No target was named, so it is what has the newest data."
    return f"{said} Others: {'; '.join(others)}." if others else said


def range_words(watch: Watch) -> str:
    """What the range beside a chance is, in words."""
    draws = watch.basis.draws
    if not draws:
        return "No range was asked for: the chance stands alone."
    return (
        f"The range is from the lowest to the highest of {draws + 1} fits: the list's own and {draws} with the pairs "
        "drawn anew, each with all its years (a bootstrap by pair). A draw knows fewer pairs, so that ranges lie "
        "rather below the chance. What all fits have wrong alike is not in it."
    )


def driver_note() -> str:
    """How drivers are to be read."""
    return (
        "×2 doubles the odds against a pair of average inputs. Each is the mean of what the logit adds, exactly, and "
        "of the trees' SHAP value; where the two lead apart, both are given. None of it is an effect of doing anything."
    )


def level_words(watch: Watch) -> str:
    """How the level of a list follows what came of earlier ones; nothing where it does not."""
    if not any(group.name == LEVEL for pair in watch.pairs for group in pair.groups):
        return ""
    return (
        "What came of earlier lists is a reason of its own: where less came than they foretold, in all or between "
        "two regions, this one foretells less, and the other way round."
    )


def learned_words(watch: Watch) -> str:
    """What a list was learned from."""
    basis = watch.basis
    rows = "pair-months, of those of peace one in twelve," if watch.month else "pair-years"
    return (
        f"Learned from {basis.rows:,} {rows} of {basis.learned[0]} to {basis.learned[1]}, {basis.onsets:,} of them "
        f"with {event(watch)}"
    )


def known_words(watch: Watch) -> str:
    """As of when each source that is loaded is heard, newest first, and which are told late."""
    by_year: dict[int, list[str]] = {}
    for source, year in watch.basis.known.items():
        if year and watch.year - 1 - year <= max(watch.basis.late.values(), default=0):
            by_year.setdefault(year, []).append(source)
    told = "; ".join(f"to {year}: {', '.join(sorted(by_year[year]))}" for year in sorted(by_year, reverse=True))
    return f"Each source is heard as far as it is known: {told}."
