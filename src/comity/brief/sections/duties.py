"""Duties and dates ahead: what the next twelve months ask of the states, and what would come round again."""

from __future__ import annotations

from datetime import date

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.duties_kept import AHEAD, Duty, duties_of
from comity.brief.evidence import refs
from comity.brief.facts import Fact, engagements, sources_of
from comity.brief.knowledge import horizon, latest
from comity.brief.recurring import SEVERAL, YEAR, Recurring, goes_on, often_text, recurring
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import day_text, said, sentence_start
from comity.network import COUNTED, DONE
from comity.record import SOURCE as REGISTER
from comity.vocab.states import state


@section("Duties and dates ahead", order=62, kinds=("pair", "state", "region"))
def duties_and_dates(subject: Subject) -> list[Block]:
    """Reports that a state owes by a fixed day of the coming year; then series whose next edition would fall due."""
    duties = [] if subject.kind == "region" else _duties(subject)
    return [*duties, *_series(subject)]


def _duties(subject: Subject) -> list[Block]:
    """What the regimes ask every year, whatever is planned; what a planned activity asks is for `comity cbm check`."""
    if REGISTER not in subject.abouts:
        return []
    found = [(code, duty) for code in subject.states for duty in duties_of(subject, code)]
    if not found:
        return []
    return [
        Table(
            title=f"What falls due from {day_text(subject.as_of)} to {day_text(subject.as_of + AHEAD)}",
            columns=(
                *(Column("Due", "date"), Column("Duty", "words"), Column("To", "words")),
                *(Column("Binding"), Column("Rule")),
            ),
            rows=tuple(
                Row(
                    cells=(day_text(duty.due), duty.title, duty.to, duty.binding_text, duty.rule),
                    refs=_refs(subject, duty),
                    group=state(code).name if len(subject.states) > 1 else "",
                )
                for code, duty in found
            ),
            note="Yearly duties with a fixed day, by the shipped rules. Days known from memory alone are left out; "
            "`comity cbm calendar` names them, and `comity cbm check` says what a planned activity adds.",
            null_means="the text names nobody",
            cites=(REGISTER,),
            as_of=f"rules as they stood on {day_text(subject.as_of)}",
            short_rows=8,
            basis=_duty_basis(subject, found),
        )
    ]


def _refs(subject: Subject, duty: Duty) -> tuple[str, ...]:
    """The evidence of the regime's record."""
    if duty.record is None:
        return (REGISTER,)
    return refs(subject, Fact("regime_status", REGISTER, duty.record, {}))


def _duty_basis(subject: Subject, found: list[tuple[str, Duty]]) -> Basis:
    years = range(subject.as_of.year, (subject.as_of + AHEAD).year + 1)
    asked = tuple(Query(f"comity cbm calendar {code} {year}") for code in subject.states for year in years)
    rows = tuple(
        {"state": code, "due": duty.due, "rule": duty.rule, "duty": duty.title, "to": duty.to} for code, duty in found
    )
    how = "Rules tied to no activity whose day falls within a year of the brief, for a state that is a party."
    return Basis(how, asked, rows, (("from", subject.as_of), ("to", subject.as_of + AHEAD)))


def _series(subject: Subject) -> list[Block]:
    """Series the subject takes part in, with when the next edition would be; those not listed for long stand apart."""
    until = subject.as_of + AHEAD
    found = recurring(_editions(subject), subject.as_of)
    lapsed = [each for each in found if each.is_lapsed(subject.as_of)]
    ahead = [each for each in found if each not in lapsed and _comes_by(each, subject.as_of, until)]
    return [*([_ahead(subject, ahead)] if ahead else []), *([_lapsed(subject, lapsed)] if lapsed else [])]


_COLUMNS = (
    *(Column("Series", "words"), Column("What"), Column("Editions", "number"), Column("Usually")),
    Column("Last", "date"),
)


def _ahead(subject: Subject, held: list[Recurring]) -> Table:
    lasts = [each.last for each in held]
    return Table(
        title="What would come round again within a year",
        columns=(*_COLUMNS, Column("Was due, not listed", "date"), Column("Next, at that gap", "date")),
        rows=tuple(_row(subject, each, (_missed(subject, each), _next(subject, each))) for each in held),
        note="Worked out from the editions that are listed, which may not be all; none of it is announced. Where "
        "names number the editions, a gap is divided among all that lie in it; a series whose gaps are not alike "
        "is left out. Editions and gaps are those of the series, also where others took part. An edition that was due "
        "and is not listed was not held, or no list holds it yet.",
        null_means="held several times a year, at no gap that tells a day",
        cites=sources_of(lasts),
        as_of=f"{horizon(subject, sources_of(lasts))}; {latest(lasts)}",
        short_rows=8,
        basis=_series_basis(subject, held),
    )


def _lapsed(subject: Subject, held: list[Recurring]) -> Table:
    """Series that may have ended: no next edition of them is told."""
    ordered = sorted(held, key=lambda each: (-each.last["start_date"].toordinal(), each.series))
    lasts = [each.last for each in ordered]
    return Table(
        title="Series that were due again and are no longer listed",
        columns=(*_COLUMNS, Column("Due since, not listed", "number")),
        rows=tuple(_row(subject, each, (len(each.missed(subject.as_of)) or None,)) for each in ordered),
        note="Two editions in a row or more, or of what is held several times a year all of two years, were not held "
        "or are not listed: whether the series goes on is not known, and no next edition is told.",
        null_means="held several times a year, so that how many are missing is not known",
        cites=sources_of(lasts),
        as_of=f"{horizon(subject, sources_of(lasts))}; {latest(lasts)}",
        short_rows=4,
        basis=_series_basis(subject, ordered),
    )


def _series_basis(subject: Subject, held: list[Recurring]) -> Basis:
    return rests_on(
        "Series of which the subject was in two editions or more, the last within three years, with all their "
        f"editions; a year of the usual gap is {YEAR} days.",
        [fact for each in held for fact in each.editions],
        series=[
            {"series": each.series, "editions": len(each.editions), "every": each.usual_years,
             "missed": len(each.missed(subject.as_of)), "next": each.next_after(subject.as_of)}
            for each in held
        ],
    )  # fmt: skip


def _missed(subject: Subject, each: Recurring) -> str | None:
    """The month in which an edition was due that is not listed; None of what is held several times a year."""
    if each.usual_years == SEVERAL:
        return None
    days = each.missed(subject.as_of)
    return day_text(days[0], "month") if days else "none"


def _next(subject: Subject, each: Recurring) -> str | None:
    return day_text(each.next_after(subject.as_of), "month")


def _editions(subject: Subject) -> list[Fact]:
    """Every edition of the series that the subject takes part in, the subject there or not."""
    own = engagements(subject, date(subject.as_of.year - subject.reach + 1, 1, 1))
    places = goes_on(own, subject.as_of)
    if not places:
        return []
    sql = f"""
        SELECT * FROM core.engagement
        WHERE list_contains($series, series) AND list_contains($sources, source) AND start_date <= $on
          AND list_contains($done, status) AND {COUNTED}
        ORDER BY source, engagement
    """  # noqa: S608 (a word of network; what is asked for travels as parameters)
    series, sources = (sorted({place[column] for place in places}) for column in (1, 0))
    rows, query = subject.asked(sql, on=subject.as_of, done=list(DONE), series=series, sources=sources)
    found = (Fact("engagement", row["source"], row["engagement"], row, (), query) for row in rows)
    return [fact for fact in found if (fact.source, fact["series"]) in places]


def _comes_by(each: Recurring, on: date, until: date) -> bool:
    """Whether an edition is to be looked for by a day: the next, or one of several a year."""
    day = each.next_after(on)
    return day is None or day <= until


def _row(subject: Subject, each: Recurring, more: tuple[str | int | None, ...]) -> Row:
    name = subject.series.get(each.series, each.series)
    return Row(
        cells=(
            name,
            sentence_start(said(each.last["instrument"])),
            len(each.editions),
            often_text(each.usual_years),
            day_text(each.last["start_date"], each.last["start_precision"]),
            *more,
        ),
        refs=refs(subject, each.last),
        verification=each.last.row.get("verification") or "",
    )
