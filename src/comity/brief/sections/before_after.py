"""The network around a case before and after its turning points."""

from __future__ import annotations

from typing import Any

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Column, Row, Table
from comity.brief.keeping import kept
from comity.brief.knowledge import horizon
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.told_ties import Fate, fate, reaches
from comity.brief.turning import SPAN_YEARS, Turn, is_whole, turns
from comity.brief.wording import layer_words, years_text
from comity.vocab.states import state

LAYERS = ("defense", "alliance", "agreement", "exercise", "visit", "arms", "presence")
MOST_TURNS = 4
MOST_CODES = 8
FIRST_YEAR = 1980  # lists of most layers begin in that decade
Told = dict[str, Any]


@section("The network before and after", order=32, kinds=("case",))
def before_and_after(subject: Subject) -> list[Block]:
    """Partners of the first party among the states of the case, layer by layer, around some turning points."""
    chosen = _chosen(subject)
    if not chosen:
        return []
    name = f"case-layers-{subject.key}-{len(subject.partners)}-{'-'.join(str(turn.year) for turn in chosen)}"
    told: list[Told] = kept(subject, name, lambda: [row for turn in chosen for row in _around(subject, turn)])
    return [_table(subject, told)] if told else []


def _chosen(subject: Subject) -> list[Turn]:
    """Turning points spread over the years that lists tell of, whose later years are over."""
    known = [turn for turn in turns(subject) if turn.before_years[0] >= FIRST_YEAR and is_whole(subject, turn)]
    if len(known) <= MOST_TURNS:
        return known
    step = (len(known) - 1) / (MOST_TURNS - 1)
    return [known[round(place * step)] for place in range(MOST_TURNS)]


def _around(subject: Subject, turn: Turn) -> list[Told]:
    """Two networks of all states: the partners of the first party in each, and where it stands."""
    before, after = (_positions(subject, years) for years in (turn.before_years, turn.after_years))
    return [
        {"year": turn.year, "layer": layer, "before": before[layer], "after": after[layer]}
        for layer in LAYERS
        if before[layer]["partners"] or after[layer]["partners"]
    ]


def _positions(subject: Subject, years: tuple[int, int]) -> dict[str, Told]:
    import numpy as np

    from comity.network import network

    made = network(subject.store, years, LAYERS)
    around = _around_it(subject, made.states)
    lead = made.states.index(subject.states[0]) if subject.states[0] in made.states else None
    found: dict[str, Told] = {}
    for name in LAYERS:
        tied = made.layers[name].tied
        partners = [] if lead is None else [made.states[row] for row in np.flatnonzero(tied[lead])]
        degrees = tied.sum(axis=1)
        rank = 1 + int((degrees > degrees[lead]).sum()) if lead is not None and partners else None
        near = sorted(code for code in partners if code in around)
        silent = () if lead is None else np.flatnonzero(np.isnan(made.layers[name].weights[lead])).tolist()
        found[name] = {
            "partners": near,
            "all": len(partners),
            "rank": rank,
            "sources": list(made.layers[name].sources),
            "unknown": sorted({made.states[row] for row in silent} & around),
        }
    return found


def _around_it(subject: Subject, everybody: tuple[str, ...]) -> set[str]:
    """The states of the case; of a case of two states all others, for what came to hang on the pair is the question."""
    return set(subject.partners if len(subject.partners) > 1 else everybody) - set(subject.states)


def _table(subject: Subject, told: list[Told]) -> Table:
    lead = state(subject.states[0]).name
    rows = tuple(_row(subject, each) for each in told)
    cites = tuple(sorted({key for row in rows for key in row.refs}))
    years = sorted({each["year"] for each in told})
    queries = tuple(
        Query(f"comity network {first}:{last} --layers {','.join(LAYERS)} --states {subject.states[0]}")
        for year in years
        for first, last in ((year - 5, year - 1), (year, year + 4))
    )
    shown = tuple({"turn": each["year"], **each, "spans": _spans(each["year"])} for each in told)
    return Table(
        title=f"Partners of {lead} known to be tied with it, before and after",
        columns=(
            *(Column("Layer"), Column("Before", "number"), Column("After", "number")),
            *(Column("Place before", "number"), Column("After", "number"), Column("What changed", "words")),
        ),
        rows=rows,
        note=f"Five years before and five from the turning point on. {_who(subject)} counted; “place” is by "
        "partners among all states, 1 the most. + is new, − is known to be gone. Of those not listed the lists "
        "say nothing more; of those not known a list ended, or was not checked since: then ≥ is the least that a "
        "number can be, and there is no place. Lists grow fuller over time.",
        null_means="no tie is listed, or no place",
        cites=cites,
        as_of=horizon(subject, cites),
        short_rows=24,
        basis=Basis("Ties known in two networks, each of five years.", queries, shown,
                    tuple((f"counts {n}", counts) for n, counts in enumerate(_counts(subject, told)))),
    )  # fmt: skip


def _row(subject: Subject, each: Told) -> Row:
    before, after = set(each["before"]["partners"]), set(each["after"]["partners"])
    became = _became(subject, each)
    sources = {*each["before"]["sources"], *each["after"]["sources"]} & set(subject.abouts)
    return Row(
        cells=(
            layer_words(each["layer"]),
            len(before) or None,
            _after(len(after), became),
            each["before"]["rank"],
            each["after"]["rank"] if became.is_known else None,
            _changed(sorted(after - before), became),
        ),
        refs=tuple(sorted(sources)) or tuple(sorted(subject.abouts))[:1],
        group=_spans(each["year"]),
    )


def _who(subject: Subject) -> str:
    return "Only states of the case are" if len(subject.partners) > 1 else "All states are"


def _spans(year: int) -> str:
    return f"{year}: {years_text((year - 5, year - 1))} and {years_text((year, year + 4))}"


def _became(subject: Subject, each: Told) -> Fate:
    """What became of the partners of the years before that are none of the years after."""
    lost = set(each["before"]["partners"]) - set(each["after"]["partners"])
    unknown = set(each["after"]["unknown"])
    years = (each["year"], each["year"] + SPAN_YEARS - 1)
    is_reached = reaches(subject, each["layer"], each["before"]["sources"], years)
    return fate({code: code not in unknown for code in lost}, each["layer"], is_reached)


def _after(count: int, became: Fate) -> str | int | None:
    if became.is_known:
        return count or None
    return f"≥ {count}" if count else "not known"


def _changed(made: list[str], became: Fate) -> str | None:
    parts = (("+ ", made), ("− ", became.gone), ("not listed: ", became.unlisted), ("not known: ", became.unknown))
    return "; ".join(f"{sign}{_codes(list(codes))}" for sign, codes in parts if codes) or None


def _codes(codes: list[str]) -> str:
    left = len(codes) - MOST_CODES
    return " ".join(codes[:MOST_CODES]) + (f" and {left} more" if left > 0 else "")


def _counts(subject: Subject, told: list[Told]) -> list[dict[str, Any]]:
    """The counts that are printed, and what became of whom, for whoever traces them."""
    found: list[dict[str, Any]] = []
    for each in told:
        before, after = set(each["before"]["partners"]), set(each["after"]["partners"])
        became = _became(subject, each)
        groups = {"made": after - before, "gone": became.gone, "unlisted": became.unlisted, "unknown": became.unknown}
        more = {f"{name}_more": max(len(codes) - MOST_CODES, 0) for name, codes in groups.items()}
        found.append({"before": len(before), "after": len(after), **more})
    return found
