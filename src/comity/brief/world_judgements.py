"""Statements and numbers about the world."""

from __future__ import annotations

from collections.abc import Iterator

from comity.brief.blocks import Figure, Sentence
from comity.brief.ledger_words import ledger_basis
from comity.brief.references import LEDGER
from comity.brief.subject import Subject
from comity.brief.systemic import before, series_basis, systemic, told_value, value_in
from comity.brief.tense import tense_pairs
from comity.brief.verdicts import entries
from comity.brief.wording import listed

CHANGE_YEARS = 10
_TOLD = ("dispute_onset_rate", "interstate_conflict_ongoing_rate", "is_defense_ally_share", "alliance_bloc_count")


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements, each only where the store bears it."""
    for name in _TOLD[:3]:
        found = _change(subject, name)
        if found is not None:
            yield found
    for statement in (_blocs, _tense, _evidence):
        found = statement(subject)
        if found is not None:
            yield found


def figures(subject: Subject) -> Iterator[Figure]:
    """The last known values of the series that a reader asks for first."""
    for name in _TOLD:
        series = systemic(subject).get(name)
        if series is not None:
            basis = series_basis(subject, (series,))
            value = value_in(series, series["horizon"])
            detail = f"in {series['horizon']}, the last year known"
            shown = int(value) if value == int(value) else round(value, 2)
            yield Figure(shown, series["means"], detail, tuple(series["sources"]), basis)


def _change(subject: Subject, name: str) -> Sentence | None:
    series = systemic(subject).get(name)
    if series is None:
        return None
    last, then = series["horizon"], before(series, CHANGE_YEARS)
    if then is None:
        return None
    now, earlier = value_in(series, last), value_in(series, then)
    known = {int(year): value for year, value in series["values"].items() if value is not None}
    high = max(known, key=lambda year: (known[year], year))
    text = (
        f"{series['means'][:1].upper()}{series['means'][1:]}: {told_value(now)} in {last}, {told_value(earlier)} in "
        f"{then}; the highest since 1946 was {told_value(known[high])} in {high}."
    )
    because = "nearly all pairs of states are known in each year told of"
    basis = series_basis(subject, (series,), since=1946)
    return Sentence(text, tuple(series["sources"]), "high", because, f"data after {last}", basis)


def _blocs(subject: Subject) -> Sentence | None:
    blocs, modularity = (systemic(subject).get(name) for name in ("alliance_bloc_count", "alliance_modularity"))
    if blocs is None or modularity is None or (then := before(modularity, CHANGE_YEARS)) is None:
        return None
    last = modularity["horizon"]
    now, earlier = value_in(modularity, last), value_in(modularity, then)
    word = "more" if now > earlier else "less"
    text = (
        f"Alliances fall into {value_in(blocs, blocs['horizon']):.0f} blocs in {blocs['horizon']}, {word} sharply than "
        f"in {then} (modularity {told_value(now)}, then {told_value(earlier)})."
    )
    because = "blocs are found by a method that gives the same on each run, but other methods draw them otherwise"
    basis = series_basis(subject, (blocs, modularity))
    cites = tuple(sorted({*blocs["sources"], *modularity["sources"]}))
    return Sentence(text, cites, "moderate", because, "a treaty made or ended after the list", basis)


def _tense(subject: Subject) -> Sentence | None:
    rows, basis = tense_pairs(subject)
    if len(rows) < 2:
        return None
    named = listed([f"{row['name_a']} and {row['name_b']} ({row['incident_count']})" for row in rows[:3]])
    first, last = subject.as_of.year - 4, subject.as_of.year
    text = (
        f"Most incidents listed for {first}–{last} set {named} on opposite sides; where nobody lists, nothing is seen."
    )
    cites = tuple(sorted({source for row in rows[:3] for source in row["sources"]}))
    because = "incidents are known only where a list names them, and lists watch some regions more than others"
    return Sentence(text, cites, "low", because, "a list that watches all regions alike", basis)


def _evidence(subject: Subject) -> Sentence | None:
    """What is known to help: the verdicts of the ledger counted, and the supported ones named."""
    held = entries(subject)
    counts: dict[str, int] = {}
    for each in held:
        counts[each.word] = counts.get(each.word, 0) + 1
    supported = [each.number for each in held if each.word == "supported"]
    told = listed([f"{count} {word}" for word, count in sorted(counts.items())])
    which = f"supported are {listed(supported)}" if supported else "none is supported by its own estimates"
    text = f"Of {len(held)} claims on what military diplomacy changes, the ledger finds {told}; {which}."
    because = "each verdict follows a written rule from estimates that carry placebos and other specifications"
    changed = "more years of data, or sharper designs"
    return Sentence(text, (LEDGER,), "moderate", because, changed, ledger_basis(held))
