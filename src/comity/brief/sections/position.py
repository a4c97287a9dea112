"""Network position: with how many others each is tied, what place that gives it, and what it stands between."""

from __future__ import annotations

from collections.abc import Mapping

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Cell, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.positions_kept import HALF, LAYERS, Told, place_of, positions
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import years_text
from comity.vocab.states import state

_LAYERS = {
    "defense": "Defense pact",
    "agreement": "Defense agreements",
    "exercise": "Exercises",
    "presence": "Forces abroad",
    "arms": "Arms",
}
_NOTE = (
    "A place is by partners among all states, 1 the most. What no list holds is not counted, so a place says who is "
    "listed together with whom; there is none where lists tell of less than half of the ties before. “Defense "
    "agreements” leave out alliances, and texts on peace and borders."
)
_UNLISTED = (
    "“Not listed since” counts the partners before that no list holds now, and none says are gone: lists end, or were "
    "not checked again. It is no fall."
)


@section("Network position", order=33, kinds=("pair", "state"))
def network_position(subject: Subject) -> list[Block]:
    """A state layer by layer, or two states side by side with the partners they share."""
    told = positions(subject)
    if told is None or not any(_is_shown(subject, layer) for layer in told["layers"].values()):
        return []
    return [_of_pair(subject, told) if subject.kind == "pair" else _of_state(subject, told)]


def _is_shown(subject: Subject, layer: Told) -> bool:
    """Whether a layer tells anything of the subject: partners now, or partners before that are listed no more."""
    own = [code for code in subject.states if code in layer["partners"]]
    return bool(own) or any(set(subject.states) - {code} <= set(held) for code, held in _untold(subject, layer).items())


def _untold(subject: Subject, layer: Told) -> dict[str, list[str]]:
    return {code: layer["untold"][code] for code in subject.states if code in layer["untold"]}


def _of_state(subject: Subject, told: Told) -> Table:
    code = subject.states[0]
    rows = tuple(
        Row(
            cells=(
                _LAYERS[name],
                *_counted(layer, code),
                _place(layer, _partners(layer), code),
                _place(layer, layer["between"], code),
                _bound(layer, code),
                _bloc(layer, code),
            ),
            refs=_sources(subject, layer),
        )
        for name, layer in told["layers"].items()
        if _is_shown(subject, layer)
    )
    return Table(
        title=f"Ties of {years_text(tuple(told['years']))} with all states",
        columns=(
            *(Column("Layer"), Column("Partners", "number"), Column(years_text(tuple(told["before_years"])), "number")),
            *(Column("Not listed since", "number"), Column("Place", "number"), Column("Between", "number")),
            *(Column("Bound", "number"), Column("Bloc", "words")),
        ),
        rows=rows,
        note=f"{_NOTE} {_UNLISTED} “Between” is the place by how many shortest paths between others run through the "
        "state (betweenness); “bound” is Burt’s constraint, 1 where all its partners hang together and it bridges "
        "nothing. A bloc is a group with more ties inside than one would expect (Leiden).",
        null_means="not known, or not a member of the state system then",
        cites=_all_sources(subject, told),
        as_of=horizon(subject, _all_sources(subject, told)),
        basis=_basis(subject, told),
    )


def _of_pair(subject: Subject, told: Told) -> Table:
    one, two = subject.states
    rows = []
    for name, layer in told["layers"].items():
        if not _is_shown(subject, layer):
            continue
        counts = _partners(layer)
        cells: list[Cell] = [_LAYERS[name]]
        for code in (one, two):
            cells += [counts.get(code), _place(layer, counts, code)]
        both = len(_shared(layer, one, two)) if one in counts and two in counts else None
        rows.append(Row(cells=(*cells, both, _together(told, layer, one, two)), refs=_sources(subject, layer)))
    return Table(
        title=f"Ties of {years_text(tuple(told['years']))} with all states, side by side",
        columns=(
            *(Column("Layer"), Column(state(one).name, "number"), Column("Place", "number")),
            *(Column(state(two).name, "number"), Column("Place", "number"), Column("Shared", "number")),
            Column("The two", "words"),
        ),
        rows=tuple(rows),
        note=f"Partners of each. {_NOTE} “Shared” counts the states tied with both.",
        null_means="no tie is listed, or no place",
        cites=_all_sources(subject, told),
        as_of=horizon(subject, _all_sources(subject, told)),
        basis=_basis(subject, told),
    )


def _partners(layer: Told) -> dict[str, int]:
    return {each: len(held) for each, held in layer["partners"].items()}


def _counted(layer: Told, code: str) -> tuple[Cell, Cell, Cell]:
    """The partners now, those before, and how many of those are listed no more without being known to be gone."""
    now, before = _partners(layer).get(code), layer["before"].get(code)
    return now, before, None if before is None else len(layer["untold"].get(code, ()))


def _is_thin(layer: Told) -> bool:
    return bool(layer["known_share"] < HALF)


def _place(layer: Told, held: Mapping[str, float], code: str) -> str | None:
    found = None if _is_thin(layer) else place_of(held, code)
    return None if found is None else f"{found} of {len(held)}"


def _bound(layer: Told, code: str) -> str | None:
    return f"{layer['constraint'][code]:.2f}" if code in layer["constraint"] and not _is_thin(layer) else None


def _shared(layer: Told, one: str, two: str) -> set[str]:
    return set(layer["partners"].get(one, ())) & set(layer["partners"].get(two, ()))


def _together(told: Told, layer: Told, one: str, two: str) -> str:
    """How the two are tied: now, or before and not listed since, or in no list."""
    if two in layer["partners"].get(one, ()):
        tied = "tied"
    elif two in layer["untold"].get(one, ()):
        tied = f"tied in {years_text(tuple(told['before_years']))}, not listed since"
    else:
        tied = "no tie listed"
    blocs = [{one, two} & set(bloc) for bloc in layer["blocs"]]
    if _is_thin(layer):
        return tied
    if {one, two} in blocs:
        return f"{tied}, same bloc"
    return f"{tied}, different blocs" if sum(map(bool, blocs)) == 2 else tied


def _bloc(layer: Told, code: str) -> str | None:
    """The size of the state's bloc, and the members with most partners."""
    if _is_thin(layer) or code not in layer["partners"]:
        return None
    own = next((bloc for bloc in layer["blocs"] if code in bloc), [code])
    others = sorted((each for each in own if each != code), key=lambda each: (-len(layer["partners"][each]), each))
    named = ", ".join(others[:4])
    return f"{len(own)} states: {named}" + (" …" if len(others) > 4 else "") if others else "by itself"


def _sources(subject: Subject, layer: Told) -> tuple[str, ...]:
    named = tuple(source for source in layer["sources"] if source in subject.abouts)
    return named or tuple(sorted(subject.abouts))[:1]


def _all_sources(subject: Subject, told: Told) -> tuple[str, ...]:
    return tuple(sorted({source for layer in told["layers"].values() for source in _sources(subject, layer)}))


def _basis(subject: Subject, told: Told) -> Basis:
    """Each layer of each of the states, with every number that is printed."""
    rows = [
        {
            "layer": name,
            "state": code,
            **dict(zip(("partners", "before", "untold"), _counted(layer, code), strict=True)),
            "known_share": layer["known_share"],
            "place": _place(layer, _partners(layer), code),
            "between": _place(layer, layer["between"], code),
            "constraint": _bound(layer, code),
            "bloc": _bloc(layer, code),
            **({"shared": len(_shared(layer, *subject.states))} if subject.kind == "pair" else {}),
        }
        for name, layer in told["layers"].items()
        for code in subject.states
        if code in layer["partners"] or code in layer["untold"]
    ]
    first, last = told["years"]
    layers = ",".join(name for name in LAYERS if name in told["layers"])
    asked = Query(f"comity network {first}:{last} --layers {layers} --states {','.join(subject.states)}")
    how = "The network of all states over the years, a tie where any source lists one; blocs by Leiden over ten seeds."
    values = (("years", tuple(told["years"])), ("before", tuple(told["before_years"])))
    return Basis(how, (asked,), tuple(rows), values)
