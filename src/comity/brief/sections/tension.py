"""Disputes between the states, and incidents, with each side's account."""

from __future__ import annotations

from comity.brief.acts_shown import MOST_YEARS
from comity.brief.blocks import Block, Chart, Column, Note, Parties, Row, Table
from comity.brief.evidence import refs
from comity.brief.facts import Fact, Party, by_year, incidents, party_names, sources_of
from comity.brief.fighting import fought_table
from comity.brief.knowledge import absence, complete_years, horizon, latest, statements
from comity.brief.pair_frictions import sided
from comity.brief.quarrels import disputes, powers_within
from comity.brief.register_wars import KIND as WAR
from comity.brief.register_wars import days, single_acts
from comity.brief.registry import section
from comity.brief.resting import rests_on
from comity.brief.seams import chart_seams, seams_told
from comity.brief.sections.acts import counts_basis, counts_of, span_text
from comity.brief.subject import Subject
from comity.brief.wars_inside import inside_table
from comity.brief.wording import counted, day_text, listed, said, with_article
from comity.vocab.register import SOURCE as REGISTER

MOST_INCIDENTS = 16
FEWEST_CHARTED = 5
MOST_DISPUTES = 12
_HOSTILITY = {1: "no militarized action", 2: "threat of force", 3: "display of force", 4: "use of force", 5: "war"}


@section("Disputes and incidents", order=50, kinds=("pair", "region", "state", "organisation", "case"))
def disputes_and_incidents(subject: Subject) -> list[Block]:
    """Incidents by year and kind, the latest with both accounts, where they happened; then militarized disputes."""
    acts = incidents(subject)
    blocks: list[Block] = []
    if acts:
        blocks += [*_chart(subject, acts), _incident_table(subject, acts)]
    else:
        text, cites = absence(subject, "incident", "incident")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    if subject.kind in ("pair", "state", "region"):
        blocks += fought_table(subject)
    if subject.kind in ("state", "region"):
        blocks += inside_table(subject)
    fought = disputes(subject)
    if fought:
        blocks.append(_dispute_table(subject, fought))
    else:
        text, cites = absence(subject, "militarized dispute", "dispute")
        blocks.append(Note(text=text, cites=cites, as_of=horizon(subject, cites)))
    return blocks


def _chart(subject: Subject, acts: list[Fact]) -> list[Block]:
    """Incidents of late by year and kind; of a few the table says more."""
    last = _last_year(subject, acts)
    recent = _charted(subject, acts, last)
    if len(recent) < FEWEST_CHARTED:
        return []
    categories, counts = counts_of(recent, "incident_kind")
    years = (min(count.year for count in counts), last)
    found = chart_seams(subject, {"incident": recent}, years)
    chart = Chart(
        title=f"Incidents{_between_text(subject)} by year and kind, {span_text(subject, years)}",
        unit="incidents",
        years=years,
        categories=categories,
        counts=counts,
        complete=complete_years(subject, "incident") & frozenset(range(years[0], years[1] + 1)),
        description=f"Bars of incidents{_between_text(subject)} listed per year, "
        f"{counted(sum(count.count for count in counts), 'incident')} in all; wars are not among them. "
        f"A year without a bar is not a year without incidents.{_ends_text(subject, last)}{seams_told(found)}",
        seams=found,
        cites=sources_of(recent),
        as_of=latest(recent),
        basis=counts_basis(recent, counts),
    )
    return [chart]


def _charted(subject: Subject, acts: list[Fact], last: int) -> list[Fact]:
    """What the chart counts, as the judgements do: no wars, and of a pair what set the two against each other."""
    single = single_acts(acts)
    told = sided(subject, single) if subject.kind == "pair" else single
    return [fact for fact in told if fact.year > last - MOST_YEARS] or told


def _bars(recent: list[Fact]) -> int:
    """How many incidents the bars show; none where the table alone tells of a few."""
    return sum(by_year(recent, "incident_kind").values()) if len(recent) >= FEWEST_CHARTED else 0


def _fewer_text(recent: list[Fact]) -> str:
    """That the chart counts fewer than the lists hold, where two of them tell of one year; else nothing."""
    bars = _bars(recent)
    if bars in (0, len(recent)):
        return ""
    return f" The chart takes the longest list of each year and kind alone, and counts {bars:,} of {len(recent):,}."


def _between_text(subject: Subject) -> str:
    return " between the two" if subject.kind == "pair" else ""


def _last_year(subject: Subject, acts: list[Fact]) -> int:
    """The year of the brief, or that in which the only lists of these incidents end: beyond it nothing can be seen."""
    sources = sources_of(acts)
    known = [stated.end.year for source, stated in statements(subject, "incident") if source in sources]
    if REGISTER in sources or not known:
        return subject.as_of.year
    return min(subject.as_of.year, max(*known, acts[0].year))


def _ends_text(subject: Subject, last: int) -> str:
    return f" The lists of them end in {last}." if last < subject.as_of.year else ""


def _incident_table(subject: Subject, acts: list[Fact]) -> Table:
    wars = [fact for fact in acts if fact["incident_kind"] == WAR]
    each = [*wars, *single_acts(acts)]
    shown = each[:MOST_INCIDENTS]
    left = len(each) - len(shown)
    all_charted = _charted(subject, acts, _last_year(subject, acts))
    return Table(
        title="The latest incidents, with the accounts given",
        columns=(
            Column("Date", "date"),
            Column("Incident"),
            Column("Kind"),
            Column("Actor"),
            Column("Affected"),
            Column("Injured", "number"),
            Column("Killed", "number"),
        ),
        rows=tuple(_incident_row(subject, fact, is_grouped=bool(wars)) for fact in shown),
        note="Actor and affected are as reported."
        + (f" {counted(left, 'earlier incident')} not listed here." if left else "")
        + _fewer_text(all_charted),
        null_means="not told, or no state",
        cites=sources_of(shown),
        as_of=latest(shown),
        short_rows=8,
        basis=rests_on(
            "Incidents, the latest first.", shown, left=left, charted=_bars(all_charted), listed=len(all_charted)
        ),
    )


def _incident_row(subject: Subject, fact: Fact, *, is_grouped: bool) -> Row:
    group = "Wars and days of fighting" if fact["incident_kind"] == WAR else "Other incidents"
    return Row(
        cells=(
            _when(subject, fact),
            fact["name"],
            said(fact["incident_kind"]),
            _in_role(subject, fact, "actor"),
            _in_role(subject, fact, "affected"),
            fact["injured_count"],
            fact["killed_count"],
        ),
        group=group if is_grouped else "",
        refs=refs(subject, fact),
        verification=fact["verification"],
        details=tuple(fact["accounts"]),
    )


def _when(subject: Subject, fact: Fact) -> str | None:
    """The day of an incident; of a war the first and the last, or that it goes on as far as is told."""
    began = day_text(fact["start_date"], fact["start_precision"])
    if fact["incident_kind"] != WAR:
        return began
    last = days(subject, fact).last
    ended = f" to {day_text(last, fact['end_precision'])}" if last else ", goes on"
    return began if last == fact["start_date"] else f"{began}{ended}"


def _in_role(subject: Subject, fact: Fact, role: str) -> Parties | None:
    return party_names(subject, (party for party in fact.parties if party.role == role), 3)


def _dispute_table(subject: Subject, fought: list[Fact]) -> Table:
    shown = fought[:MOST_DISPUTES]
    left = len(fought) - len(shown)
    return Table(
        title="Militarized disputes between members of the time"
        if subject.kind == "organisation"
        else "Militarized disputes with these states on opposite sides",
        columns=(
            Column("Began", "date"),
            Column("Ended", "date"),
            Column("One side"),
            Column("Other side"),
            Column("Highest act"),
        ),
        rows=tuple(
            Row(
                cells=(
                    day_text(fact["start_date"], fact["start_precision"]),
                    day_text(fact["end_date"], fact["end_precision"]),
                    party_names(subject, _side(fact, "a"), 3),
                    party_names(subject, _side(fact, "b"), 3),
                    _hostility(fact["hostility_level"]),
                ),
                refs=refs(subject, fact),
            )
            for fact in shown
        ),
        note=_disputes_note(subject, left),
        cites=sources_of(shown),
        as_of=horizon(subject, sources_of(shown)),
        short_rows=6,
        basis=rests_on("Disputes, the latest first, by the source that reaches furthest.", shown, left=left),
    )


def _disputes_note(subject: Subject, left: int) -> str:
    told = [f"{counted(left, 'earlier dispute')} not listed here."] if left else []
    if powers := sorted(powers_within(subject)):
        told.append(
            f"Disputes of {listed([with_article(code) for code in powers])} with none but states of elsewhere are left "
            "out: the list does not tell where they were."
        )
    return " ".join(told)


def _side(fact: Fact, side: str) -> list[Party]:
    return [party for party in fact.parties if party.role == side]


def _hostility(level: int | None) -> str | None:
    """The words of the Militarized Interstate Dispute scale."""
    return None if level is None else _HOSTILITY[level]
