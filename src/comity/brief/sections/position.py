"""Network position: with how many others each is tied, what place that gives it, and what it stands between."""

from __future__ import annotations

from collections.abc import Mapping

from comity.brief.basis import Basis, Query
from comity.brief.blocks import Block, Cell, Column, Row, Table
from comity.brief.knowledge import horizon
from comity.brief.positions_kept import LAYERS, Told, place_of, positions
from comity.brief.registry import section
from comity.brief.subject import Subject
from comity.brief.wording import years_text
from comity.vocab.states import state

_LAYERS = {
    "defense": "Defense pact",
    "agreement": "Other texts",
    "exercise": "Exercises",
    "presence": "Forces abroad",
    "arms": "Arms",
}
_NOTE = (
    "A place is by partners among all states, 1 the most. What no list holds is not counted, so a place says who is "
    "listed together with whom."
)


@section("Network position", order=33, kinds=("pair", "state"))
def network_position(subject: Subject) -> list[Block]:
    """A state layer by layer, or two states side by side with the partners they share."""
    told = positions(subject)
    if told is None or not any(_is_in(subject, layer) for layer in told["layers"].values()):
        return []
    return [_of_pair(subject, told) if subject.kind == "pair" else _of_state(subject, told)]


def _is_in(subject: Subject, layer: Told) -> bool:
    return any(code in layer["partners"] for code in subject.states)


def _of_state(subject: Subject, told: Told) -> Table:
    code = subject.states[0]
    rows = tuple(
        Row(
            cells=(
                _LAYERS[name],
                len(layer["partners"][code]),
                layer["before"].get(code),
                _place({each: len(held) for each, held in layer["partners"].items()}, code),
                _place(layer["between"], code),
                f"{layer['constraint'][code]:.2f}",
                _bloc(layer, code),
            ),
            refs=_sources(subject, layer),
        )
        for name, layer in told["layers"].items()
        if code in layer["partners"]
    )
    return Table(
        title=f"Ties of {years_text(tuple(told['years']))} with all states",
        columns=(
            *(Column("Layer"), Column("Partners", "number"), Column(years_text(tuple(told["before_years"])), "number")),
            *(Column("Place", "number"), Column("Between", "number"), Column("Bound", "number")),
            Column("Bloc", "words"),
        ),
        rows=rows,
        note=f"{_NOTE} “Between” is the place by how many shortest paths between others run through the state "
        "(betweenness); “bound” is Burt’s constraint, 1 where all its partners hang together and it bridges nothing. "
        "A bloc is a group with more ties inside than one would expect (Leiden).",
        null_means="not a member of the state system then",
        cites=_all_sources(subject, told),
        as_of=horizon(subject, _all_sources(subject, told)),
        basis=_basis(subject, told),
    )


def _of_pair(subject: Subject, told: Told) -> Table:
    one, two = subject.states
    rows = []
    for name, layer in told["layers"].items():
        if not _is_in(subject, layer):
            continue
        counts = {each: len(held) for each, held in layer["partners"].items()}
        cells: list[Cell] = [_LAYERS[name]]
        for code in (one, two):
            cells += [counts.get(code), _place(counts, code)]
        shared = len(_shared(layer, one, two))
        rows.append(Row(cells=(*cells, shared, _together(layer, one, two)), refs=_sources(subject, layer)))
    return Table(
        title=f"Ties of {years_text(tuple(told['years']))} with all states, side by side",
        columns=(
            *(Column("Layer"), Column(state(one).name, "number"), Column("Place", "number")),
            *(Column(state(two).name, "number"), Column("Place", "number"), Column("Shared", "number")),
            Column("The two", "words"),
        ),
        rows=tuple(rows),
        note=f"Partners of each. {_NOTE} “Shared” counts the states tied with both.",
        null_means="no tie is listed",
        cites=_all_sources(subject, told),
        as_of=horizon(subject, _all_sources(subject, told)),
        basis=_basis(subject, told),
    )


def _place(held: Mapping[str, float], code: str) -> str | None:
    found = place_of(held, code)
    return None if found is None else f"{found} of {len(held)}"


def _shared(layer: Told, one: str, two: str) -> set[str]:
    return set(layer["partners"].get(one, ())) & set(layer["partners"].get(two, ()))


def _together(layer: Told, one: str, two: str) -> str:
    tied = "tied" if two in layer["partners"].get(one, ()) else "no tie listed"
    blocs = [{one, two} & set(bloc) for bloc in layer["blocs"]]
    if {one, two} in blocs:
        return f"{tied}, same bloc"
    return f"{tied}, different blocs" if sum(map(bool, blocs)) == 2 else tied


def _bloc(layer: Told, code: str) -> str:
    """The size of the state's bloc, and the members with most partners."""
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
    rows = []
    for name, layer in told["layers"].items():
        counts = {each: len(held) for each, held in layer["partners"].items()}
        for code in subject.states:
            if code in counts:
                rows.append(
                    {
                        "layer": name,
                        "state": code,
                        "partners": counts[code],
                        "before": layer["before"].get(code),
                        "place": _place(counts, code),
                        "between": _place(layer["between"], code),
                        "constraint": layer["constraint"][code],
                        "bloc": _bloc(layer, code),
                        **({"shared": len(_shared(layer, *subject.states))} if subject.kind == "pair" else {}),
                    }
                )
    first, last = told["years"]
    layers = ",".join(name for name in LAYERS if name in told["layers"])
    asked = Query(f"comity network {first}:{last} --layers {layers} --states {','.join(subject.states)}")
    how = "The network of all states over the years, a tie where any source lists one; blocs by Leiden over ten seeds."
    values = (("years", tuple(told["years"])), ("before", tuple(told["before_years"])))
    return Basis(how, (asked,), tuple(rows), values)
