"""The tables of an outlook: the pair, or the likeliest pairs, on lists that were made ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Column, Note, Row, Table
from comity.brief.subject import Subject
from comity.brief.watch_words import changed, driver_words, event, hits_words, names, one_in, percent, span
from comity.brief.wording import sentence_start
from comity.forecast.watch import Pair, Watch, by_state

MOST = 10
_HIT_LIST = 20  # of earlier lists, so many first pairs are looked at
_REASONS = 2
_READ = "A chance says what pairs in a like position came to; it says nothing of the effect of any act."


def of_pair(subject: Subject, lists: Sequence[Watch]) -> list[Block]:
    """The chance of the pair on each list, with why; or that it stands on none."""
    found = [(watch, _pair_of(watch, subject.states)) for watch in lists]
    rows = [(watch, place, pair) for watch, (place, pair) in found if pair is not None]
    blocks: list[Block] = []
    blocks += [_missing(subject, watch) for watch, (_, pair) in found if pair is None][:1]
    if not rows:
        return blocks
    cites = _cites(subject, [watch for watch, _, _ in rows])
    table = Table(
        title="How likely it is, and by which list",
        columns=(
            *(Column("For", "date"), Column("What", "words"), Column("Chance", "number")),
            *(Column("", "number"), Column("Range", "number"), Column("Place", "number"), Column("Change")),
        ),
        rows=tuple(
            Row(
                cells=(
                    str(watch.year),
                    sentence_start(event(watch)),
                    one_in(pair.chance),
                    percent(pair.chance),
                    span(pair.low, pair.high) if pair.low < pair.high else None,
                    f"{place:,} of {len(watch.pairs):,}",
                    changed(pair.chance, pair.before),
                ),
                refs=_cites(subject, [watch]),
                details=(watch.standing(), _reasons(pair)),
            )
            for watch, place, pair in rows
        ),
        note=f"{hits_words(rows[0][0], _HIT_LIST)} {_READ}",
        null_means="the range was not drawn",
        cites=cites,
        as_of=_as_of([watch for watch, _, _ in rows]),
        basis=_basis(rows),
    )
    return [table, *blocks]


def _missing(subject: Subject, watch: Watch) -> Note:
    cites = _cites(subject, [watch])
    text = (
        f"The two are not among the {len(watch.pairs):,} politically relevant pairs of the list for {watch.year} "
        "(neighbors, or one of them a major power), so it gives them no chance; `comity watch --all` does."
    )
    return Note(text=text, cites=cites, as_of=_as_of([watch]), basis=_basis([(watch, 0, None)]))


def likeliest(subject: Subject, watch: Watch) -> list[Block]:
    """The likeliest pairs of a list that the subject is about; of a state also the chance of any of its pairs."""
    inner, circle = set(subject.states), set(subject.circle)
    ranked = [
        (place, pair)
        for place, pair in enumerate(watch.pairs, start=1)
        if inner & set(pair.states) and (subject.kind == "state" or set(pair.states) <= circle)
    ]
    if not ranked:
        return []
    rows = tuple(_row(subject, watch, place, pair) for place, pair in ranked[:MOST])
    any_of_them = ""
    values: dict[str, Any] = {"shown": len(rows), "ranked": len(ranked)}
    if subject.kind == "state":
        risk = next(each for each in by_state(watch.pairs) if each.state == subject.states[0])
        any_of_them = f" Any of its {risk.pairs:,} pairs, were they independent: {percent(risk.chance)}."
        values |= {"any": percent(risk.chance), "pairs": risk.pairs}
    is_any = any(pair.is_ongoing for _, pair in ranked[:MOST])
    ongoing = f" * already at it in {watch.known_to}, the last year known." if is_any else ""
    return [
        Table(
            title=f"{sentence_start(event(watch))} in {watch.year}: the likeliest of {len(ranked):,} pairs",
            columns=(
                *(Column("Pair"), Column("Chance", "number"), Column("", "number"), Column("Range", "number")),
                *(Column("Place", "number"), Column("Change"), Column("Why", "words")),
            ),
            rows=rows,
            note=f"{watch.standing()}{any_of_them} {hits_words(watch, _HIT_LIST)} {_READ}{ongoing}",
            null_means="the range was not drawn",
            cites=_cites(subject, [watch]),
            as_of=_as_of([watch]),
            short_rows=6,
            basis=_basis([(watch, place, pair) for place, pair in ranked[:MOST]], **values),
        )
    ]


def _row(subject: Subject, watch: Watch, place: int, pair: Pair) -> Row:
    return Row(
        cells=(
            names(*pair.states) + (" *" if pair.is_ongoing else ""),
            one_in(pair.chance),
            percent(pair.chance),
            span(pair.low, pair.high) if pair.low < pair.high else None,
            str(place),
            changed(pair.chance, pair.before),
            _reasons(pair),
        ),
        refs=_cites(subject, [watch]),
    )


def _reasons(pair: Pair) -> str:
    return " · ".join(driver_words(each, is_group=True) for each in pair.groups[:_REASONS])


def _pair_of(watch: Watch, states: tuple[str, ...]) -> tuple[int, Pair | None]:
    for place, pair in enumerate(watch.pairs, start=1):
        if set(pair.states) == set(states):
            return place, pair
    return 0, None


def _cites(subject: Subject, lists: Sequence[Watch]) -> tuple[str, ...]:
    """The lists that are foretold; a list rests on every source it hears, which `comity watch` names."""
    named = tuple(dict.fromkeys(watch.source for watch in lists if watch.source in subject.abouts))
    return named or tuple(sorted(subject.abouts))[:1]


def _as_of(lists: Sequence[Watch]) -> str:
    return "; ".join(f"list for {watch.year}, known to {watch.known_to}" for watch in lists)


def _basis(rows: Sequence[tuple[Watch, int, Pair | None]], **values: Any) -> Basis:
    """The pairs as they stand on the lists, and every number of the words beside them."""
    shown = tuple(
        {
            "list": watch.year,
            "place": place,
            "pair": "–".join(pair.states),
            "chance": f"{percent(pair.chance)}, {one_in(pair.chance)}",
            "range": span(pair.low, pair.high),
            "change": changed(pair.chance, pair.before),
            "why": _reasons(pair),
        }
        for watch, place, pair in rows
        if pair is not None
    )
    lists = {id(watch): watch for watch, _, _ in rows}.values()
    told = [
        (f"list for {watch.year}", (len(watch.pairs), watch.known_to, watch.standing(), hits_words(watch, _HIT_LIST)))
        for watch in lists
    ]
    options = {"now": " --now", "list": ""}
    asked = tuple(Query(f"comity watch{options.get(watch.product, '')}") for watch in lists)
    how = "The mean of a logit and boosted trees in log odds, learned from earlier pair-years, with refits for a range."
    return Basis(how, asked, shown, (*told, *values.items()))
