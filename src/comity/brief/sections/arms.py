"""Arms and assistance: who delivered what to whom by volume, and what the United States gave in dollars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from comity.brief.arms_and_aid import Aid, Arms, Flow, aid_of, arms_of
from comity.brief.arms_column import volume
from comity.brief.blocks import Block, Column, Note, Parties, Row, Table
from comity.brief.knowledge import coverage_basis, horizon, statements, these_list
from comity.brief.registry import section
from comity.brief.resting import from_rows
from comity.brief.subject import Subject
from comity.brief.wording import counted, listed, party_name, with_article, years_text
from comity.vocab.register import SOURCE as REGISTER
from comity.vocab.states import state

KIND = "arms_transfer"
MOST_OF_STATE, MOST_OF_PAIR, MOST_OF_REGION, MOST_AIDED = 8, 3, 15, 15
_CHANGE = 1976  # the last fiscal year that ended in June
Grouped = list[tuple[str, Flow]]
_HOW = "Deliveries added by supplier and recipient; the kinds with most volume are named."


@section("Arms and assistance", order=36, kinds=("pair", "state", "region"))
def arms_and_assistance(subject: Subject) -> list[Block]:
    """Major arms delivered, in two spans of ten years; then assistance in dollars."""
    return [*_arms(subject), *_aid(subject)]


def _arms(subject: Subject) -> list[Block]:
    told = arms_of(subject)
    if told is None:
        text = "No list at hand tells of deliveries of major arms. Whether there were any is unknown."
        cites = tuple(sorted(subject.abouts)) or (REGISTER,)
        return [Note(text=text, cites=cites, as_of=horizon(subject, cites), basis=coverage_basis(subject, KIND))]
    shown, left = {"pair": _of_pair, "state": _of_state, "region": _of_region}[subject.kind](subject, told)
    none = [_none(subject, told)] if not any(_is_own(subject, flow) for _, flow in shown) else []
    return [*none, *([_arms_table(subject, told, shown, left)] if shown else [])]


def _is_own(subject: Subject, flow: Flow) -> bool:
    """Whether a flow is of what the brief is about: of a pair, between the two."""
    return subject.kind != "pair" or _codes(flow) == set(subject.states)


def _codes(flow: Flow) -> set[str]:
    return {code for kind, code in (flow.supplier, flow.recipient) if kind == "state"}


def _to(flows: Sequence[Flow], code: str) -> list[Flow]:
    return [flow for flow in flows if flow.recipient == ("state", code)]


def _of_state(subject: Subject, told: Arms) -> tuple[Grouped, int]:
    own = subject.states[0]
    name = with_article(own)
    shown: Grouped = []
    for group, flows in (
        (f"Delivered to {name}", _to(told.flows, own)),
        (f"Delivered by {name}", [flow for flow in told.flows if flow.supplier == ("state", own)]),
    ):
        shown += [(group, flow) for flow in flows[:MOST_OF_STATE]]
    return shown, len(told.flows) - len(shown)


def _of_pair(subject: Subject, told: Arms) -> tuple[Grouped, int]:
    both = set(subject.states)
    shown: Grouped = [("Between the two", flow) for flow in told.flows if _codes(flow) == both]
    left = 0
    for code in subject.states:
        others = [flow for flow in _to(told.flows, code) if _codes(flow) != both and flow.tiv]
        shown += [(f"To {with_article(code)} from others", flow) for flow in others[:MOST_OF_PAIR]]
        left += len(others[MOST_OF_PAIR:])
    return shown, left


def _of_region(subject: Subject, told: Arms) -> tuple[Grouped, int]:
    inner = set(subject.states)
    flows = [flow for flow in told.flows if flow.recipient[0] == "state" and flow.recipient[1] in inner and flow.tiv]
    return [("", flow) for flow in flows[:MOST_OF_REGION]], len(flows[MOST_OF_REGION:])


def _none(subject: Subject, told: Arms) -> Note:
    """That the lists name no delivery, and whether they hold themselves complete."""
    about = {"pair": "between the two", "state": "to or by this state", "region": "to states of the region"}
    is_whole = any(
        each in told.sources and known.completeness == "complete" for each, known in statements(subject, KIND)
    )
    before = None if subject.kind == "region" else told.span_before
    span = years_text(((before or told.span)[0], told.last))
    text = f"{these_list(subject, told.sources)} no delivery of major arms {about[subject.kind]} in {span}."
    text += " It holds itself complete of major arms, as far as public sources tell." if is_whole else ""
    basis = from_rows(_HOW, (), told.query, years=[*told.span, *(told.span_before or ())])
    return Note(text=text, cites=told.sources, as_of=horizon(subject, told.sources), basis=basis)


def _arms_table(subject: Subject, told: Arms, shown: Grouped, left: int) -> Table:
    late, before = years_text(told.span), told.span_before
    more = f" {counted(left, 'smaller flow')} not shown." if left else ""
    return Table(
        title=f"Major arms delivered, million TIV, to {told.last}{_is_end(subject, told)}",
        columns=(
            *(Column("Supplier"), Column("Recipient"), Column(late, "number")),
            *((Column(years_text(before), "number"),) if before else ()),
            *(Column("Years", "date"), Column("Mostly")),
        ),
        rows=tuple(_arms_row(subject, group, flow, before is not None) for group, flow in shown),
        note="TIV (trend-indicator value) measures the volume of arms and is no money. Small arms, most ammunition and "
        f"what was kept secret are in no list. “Years” are the first and last of {late}.{more}",
        null_means="no delivery listed",
        cites=told.sources,
        as_of=horizon(subject, told.sources),
        short_rows=12,
        basis=from_rows(_HOW, told.rows, told.query, last=told.last, left=left, spans=[*told.span, *(before or ())],
                        flows=[[flow.tiv, flow.tiv_before, *(flow.years or ())] for _, flow in shown]),
    )  # fmt: skip


def _is_end(subject: Subject, told: Arms) -> str:
    """Whether the list itself ends in the last year shown, or merely the brief."""
    ends = [known.end.year for source in told.sources for known in subject.abouts[source].coverage]
    return ", the last year told" if max(ends, default=0) == told.last else ""


def _arms_row(subject: Subject, group: str, flow: Flow, has_before: bool) -> Row:
    cells = (
        *(_party(subject, *party) for party in (flow.supplier, flow.recipient)),
        *(volume(each) for each in ((flow.tiv, flow.tiv_before) if has_before else (flow.tiv,))),
        years_text(flow.years) if flow.years else None,
        listed(flow.kinds) if flow.kinds else None,
    )
    return Row(cells, (flow.source,), group)


def _party(subject: Subject, kind: str, code: str) -> Parties:
    if kind == "group":
        return Parties(code.replace("-", " "), code.replace("-", " "))
    name = party_name(kind, code, subject.organisations)
    return Parties(name, code if kind == "state" else name)


def _aid(subject: Subject) -> list[Block]:
    told = aid_of(subject)
    if told is None:
        return []
    held: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in told.rows:
        if subject.kind == "state" or row["to_state"] in subject.states:
            held[row["from_state"], row["to_state"]][row["year"]] = row["million_dollars"]
    sums = {place: _sum(years, told.span) for place, years in held.items()}
    ordered = sorted(held, key=lambda place: (-sums[place], place))
    return [_aid_table(subject, told, {place: held[place] for place in ordered}, sums)] if ordered else []


def _sum(years: dict[int, float], span: tuple[int, int]) -> float:
    return sum(value for year, value in sorted(years.items()) if span[0] <= year <= span[1])


def _aid_table(
    subject: Subject, told: Aid, held: dict[tuple[str, str], dict[int, float]], sums: dict[tuple[str, str], float]
) -> Table:
    years = range(max(told.first, told.last_whole - 2), told.last + 1)
    heads = [f"{year}" if year <= told.last_whole else f"{year}, part" for year in years]
    cites = tuple(sorted({row["source"] for row in told.rows}))
    left = len(held) - MOST_AIDED
    rows = tuple(
        Row((_name(giver), _name(to), *map(volume, (*map(held[giver, to].get, years), sums[giver, to]))), cites)
        for giver, to in list(held)[:MOST_AIDED]
    )
    return Table(
        title=f"Assistance in million dollars obligated, by fiscal year to {told.last_whole}",
        columns=(
            *(Column("From"), Column("To"), *(Column(head, "number") for head in heads)),
            Column(years_text(told.span), "number"),
        ),
        rows=rows,
        note=_aid_note(told, left),
        null_means="none listed, which is not the same as none",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=8,
        basis=from_rows("Obligations added over the years.", told.rows, told.query, left=left, july_to=_CHANGE,
                        cells=[row.cells[2:] for row in rows], years=[*told.span, *years]),
    )  # fmt: skip


def _name(code: str) -> Parties:
    return Parties(state(code).name, code)


def _aid_note(told: Aid, left: int) -> str:
    text = (
        "What one list tells as obligated, economic and military assistance in one sum. What was taken back is "
        "subtracted, in the year in which it was. Dollars are those of each year, also where years are added; fiscal "
        "years run from October to September, to 1976 from July to June. What was given by region is not in it."
    )
    if told.span[0] <= _CHANGE <= told.span[1]:
        text += f" Nor is the quarter between, July to September {_CHANGE}."
    if told.last > told.last_whole:
        text += f" Of {told.last} the list, made before that year was over, tells a part."
    return text + (f" {counted(left, 'smaller recipient')} not shown." if left > 0 else "")
