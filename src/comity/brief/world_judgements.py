"""Statements and numbers about the world."""

from __future__ import annotations

from collections.abc import Iterator

from comity.brief.basis import Basis, joined
from comity.brief.blocks import Figure, Sentence
from comity.brief.clashes import one_list
from comity.brief.facts import sources_of
from comity.brief.ledger_words import ledger_basis
from comity.brief.references import LEDGER
from comity.brief.register_wars import fighting_sentence
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.systemic import (
    Told,
    before,
    is_share,
    series_basis,
    series_text,
    systemic,
    told_value,
    value_in,
    when_known,
)
from comity.brief.tense import CONFLICT, YEARS, most_incidents, tense_pairs, told_of
from comity.brief.verdicts import entries
from comity.brief.wars import war_figures, wars_sentence
from comity.brief.wording import listed, pair_name

CHANGE_YEARS = 10
HARDLY = 0.05  # of the larger of two values: they are told as no difference
LATELY_YEARS = 5  # a series known to so many years before the day says something of it
MOST_SENTENCES = 6
_TOLD = ("dispute_onset_rate", "interstate_conflict_ongoing_rate", "is_defense_ally_share", "alliance_bloc_count")


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements, each only where the store bears it."""
    lately, long_ago = _changes(subject)
    wars = (fighting_sentence(subject), wars_sentence(subject))
    told = (*wars, _tense(subject), *lately, _blocs(subject), *long_ago, _evidence(subject))
    found = [each for each in told if each is not None]
    # What is known to help closes the list; of what changed the last is left out where there is no room.
    yield from [*found[: MOST_SENTENCES - 1], *found[MOST_SENTENCES - 1 :][-1:]]


def figures(subject: Subject) -> Iterator[Figure]:
    """The last known values of the series that a reader asks for first."""
    yield from war_figures(subject)
    for name in _TOLD:
        series = systemic(subject).get(name)
        if series is not None:
            basis = series_basis(subject, (series,))
            value = value_in(series, series["horizon"])
            value, unit = (value * 100, _percent(series["means"])) if is_share(series) else (value, series["means"])
            shown = int(value) if value == int(value) else round(value, 1 if is_share(series) else 2)
            yield Figure(shown, unit, when_known(subject, series), tuple(series["sources"]), basis)


def _percent(means: str) -> str:
    """What a share means, as the unit of a number in percent."""
    return means.replace("share of", "percent of", 1)


def _changes(subject: Subject) -> tuple[list[Sentence], list[Sentence]]:
    """What changed in the series told of, the latest known first: those known lately, and those known long ago."""
    held = [series for name in _TOLD[:3] if (series := systemic(subject).get(name)) is not None]
    lately: list[Sentence] = []
    long_ago: list[Sentence] = []
    for series in sorted(held, key=lambda each: -each["horizon"]):
        found = _change(subject, series)
        if found is not None:
            (lately if subject.as_of.year - series["horizon"] <= LATELY_YEARS else long_ago).append(found)
    return lately, long_ago


def _change(subject: Subject, series: Told) -> Sentence | None:
    """A series then and now; None where the two hardly differ, which is no judgement."""
    last, then = series["horizon"], before(series, CHANGE_YEARS)
    if then is None:
        return None
    values = [value_in(series, year) for year in (last, then)]
    now, earlier = (series_text(series, value) for value in values)
    if abs(values[0] - values[1]) < HARDLY * max(values) or now == earlier:
        return None
    known = {int(year): value for year, value in series["values"].items() if value is not None}
    high = max(known, key=lambda year: (known[year], year))
    text = (
        f"{series['means'][:1].upper()}{series['means'][1:]}: {now} in {last}, {earlier} in "
        f"{then}; the highest since 1946 was {series_text(series, known[high])} in {high}."
    )
    basis = series_basis(subject, (series,), since=1946)
    return Sentence(text, tuple(series["sources"]), *_how_sure(subject, last), f"data after {last}", basis)


def _how_sure(subject: Subject, last: int) -> tuple[str, str]:
    """How sure one may be of the day of the brief by a series that ends in a year: the older, the less."""
    known = "nearly all pairs of states are known in each year told of"
    if last >= subject.full_year:
        return "high", known
    sure = "moderate" if subject.as_of.year - last <= LATELY_YEARS else "low"
    return sure, f"{known}, and nothing is known after {last}"


def _blocs(subject: Subject) -> Sentence | None:
    blocs, modularity = (systemic(subject).get(name) for name in ("alliance_bloc_count", "alliance_modularity"))
    if blocs is None or modularity is None or (then := before(modularity, CHANGE_YEARS)) is None:
        return None
    last = modularity["horizon"]
    now, earlier = value_in(modularity, last), value_in(modularity, then)
    count = value_in(blocs, blocs["horizon"])
    text = f"Alliances fall into {count:.0f} blocs in {blocs['horizon']}, {_sharper(now, earlier, then)}."
    because = "blocs are found by a method that gives the same on each run, but other methods draw them otherwise"
    basis = series_basis(subject, (blocs, modularity))
    cites = tuple(sorted({*blocs["sources"], *modularity["sources"]}))
    return Sentence(text, cites, "moderate", because, "a treaty made or ended after the list", basis)


def _sharper(now: float, earlier: float, then: int) -> str:
    """How modularity compares with an earlier year, as far as the numbers told differ."""
    if told_value(now) == told_value(earlier):
        return f"as sharply as in {then} (modularity {told_value(now)} in both years)"
    word = "more" if now > earlier else "less"
    return f"{word} sharply than in {then} (modularity {told_value(now)}, then {told_value(earlier)})"


def _tense(subject: Subject) -> Sentence | None:
    rows, basis = tense_pairs(subject)
    if len(rows) < 2:
        return None
    named = listed([f"{pair_name(row['state_a'], row['state_b'])} ({told_of(row)})" for row in rows[:3]])
    first, last = subject.as_of.year - YEARS + 1, subject.as_of.year
    if len(rows) > 3 and rows[2]["level"] == rows[3]["level"] == CONFLICT:
        named += "; of pairs in armed conflict the latest are named"  # not all of them tell how far they went
    often, bases, cites = _most_often(subject)
    text = (
        f"What is listed for {first}–{last} went furthest between {named}{often}; where nobody lists, nothing is seen."
    )
    cites = tuple(sorted({*cites, *(source for row in rows[:3] for source in row["sources"])}))
    basis = joined((basis, *bases))
    because = "incidents are known only where a list names them, and lists watch some regions more than others"
    return Sentence(text, cites, "low", because, "a list that watches all regions alike", basis)


def _most_often(subject: Subject) -> tuple[str, tuple[Basis, ...], tuple[str, ...]]:
    """The pair with most incidents, however mild, and whether one list tells nearly all of them."""
    found = most_incidents(subject)
    if found is None:
        return "", (), ()
    pair, count, acts = found
    of_one, values = one_list(subject, acts, is_named=False)
    basis = rests_on("Incidents of the pair with most of them.", acts, most=count, **values)
    return f"; most in number are those of {pair_name(*pair)} ({count}){of_one}", (basis,), sources_of(acts)


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
