"""The parts a brief is made of. A section returns blocks, never markup; the renderers draw them.

Every block says where it is from (`cites`) and how old that is (`as_of`). A block that cites nothing is refused.
A citation is the name of a source or the key of a piece of evidence; the brief gives each its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.brief.basis import Basis
from comity.errors import ComityError
from comity.network import Tie


@dataclass(frozen=True)
class Parties:
    """The parties to something, by name and, where room is short, by code."""

    names: str
    codes: str


Cell = str | int | float | Parties | None


@dataclass(frozen=True, kw_only=True)
class Block:
    """What every block says of itself."""

    cites: tuple[str, ...]
    as_of: str
    title: str = ""
    basis: Basis | None = field(default=None, repr=False, compare=False)

    @property
    def kind(self) -> str:
        """The name by which renderers tell blocks apart."""
        return type(self).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Note(Block):
    """A paragraph."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Caveat(Block):
    """A limit of what is shown, set apart so that it is not overlooked."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """One statement computed from the store: what it rests on, how sure it is and why, what would change it."""

    text: str
    cites: tuple[str, ...]
    confidence: str = ""
    because: str = ""
    changed_by: str = ""
    basis: Basis | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Judgements(Block):
    """A few statements, each with its own sources."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Figure:
    """One number with its unit; None is shown as not known, never as zero."""

    value: int | float | None
    unit: str
    detail: str
    cites: tuple[str, ...]
    basis: Basis | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class KeyFigures(Block):
    """Three to six numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table: its title, and what its cells are.

    That is `text`, `words` of a sentence, `date`, `number`, or the `explanation` of a row, which a narrow page leaves
    out.
    """

    title: str
    holds: str = "text"


@dataclass(frozen=True)
class Row:
    """One row: its cells, what it rests on, the group it stands in, and lines that belong under it."""

    cells: tuple[Cell, ...]
    refs: tuple[str, ...]
    group: str = ""
    verification: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table(Block):
    """Rows under columns; `null_means` says what an empty cell means."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    null_means: str = "not known"
    short_rows: int = 12  # how many rows a short rendering shows


@dataclass(frozen=True)
class Count:
    """How many things of one category fall in one year."""

    year: int
    category: str
    count: int


@dataclass(frozen=True)
class Seam:
    """The first year that other sources tell of than the year before it, and what changed in a few words."""

    year: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart(Block):
    """Counts per year by category; years in `complete` are those where nothing listed means nothing happened.

    It is said of the categories in `complete_of`, or of all where none is named.
    Counts on two sides of a seam are not of the same sources, so a fall or rise across it says nothing.
    """

    unit: str
    years: tuple[int, int]
    categories: tuple[str, ...]
    counts: tuple[Count, ...]
    complete: frozenset[int]
    description: str
    seams: tuple[Seam, ...] = ()
    complete_of: tuple[str, ...] = ()
    is_stock: bool = False  # what stands at the end of a year; such counts are not added over years

    def seams_at(self, year: int) -> tuple[str, ...]:
        """What changes at the beginning of a year."""
        return tuple(seam.label for seam in self.seams if seam.year == year)

    def total(self, year: int) -> int | None:
        """The count of a year; a year without a count is zero only where complete sources cover all of it."""
        found = [count.count for count in self.counts if count.year == year]
        is_whole = year in self.complete and (not self.complete_of or set(self.categories) <= set(self.complete_of))
        return sum(found) if found or is_whole else None

    def part(self, year: int, category: str) -> int | None:
        """The count of a category in a year; it is zero only where sources are complete of just that category."""
        held = [count.count for count in self.counts if (count.year, count.category) == (year, category)]
        return sum(held) if held or (year in self.complete and category in self.complete_of) else None


@dataclass(frozen=True)
class Node:
    """A state in the picture: its place, and whether it belongs to the subject or stands outside it."""

    state: str
    name: str
    x: float
    y: float
    is_inner: bool


@dataclass(frozen=True, kw_only=True)
class Network(Block):
    """States and the ties between them, layer by layer."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    layers: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Point:
    """A place on a map: what is marked there (`place`, `engagement` or `incident`), and how many of them."""

    name: str
    latitude: float
    longitude: float
    count: int = 0
    what: str = "place"


@dataclass(frozen=True)
class Shade:
    """How many things of a map's unit a state has; a state without a shade has none listed."""

    state: str
    count: int


@dataclass(frozen=True)
class Panel:
    """One map of a block: what it shows (a span of years), which states it shades, and what it marks."""

    title: str
    shades: tuple[Shade, ...]
    points: tuple[Point, ...]

    @property
    def darkest(self) -> list[Shade]:
        """The shades, those of most first."""
        return sorted(self.shades, key=lambda shade: (-shade.count, shade.state))


@dataclass(frozen=True, kw_only=True)
class Map(Block):
    """States shaded by a count, with points on them; several panels share their frame and their classes.

    The frame is west, south, east, north in degrees; east is above 180 where it lies beyond that meridian. `own` are
    states that the map is about and that it does not shade. `classes` are the least counts of the shades.
    """

    frame: tuple[float, float, float, float]
    panels: tuple[Panel, ...]
    classes: tuple[int, ...]
    unit: str
    named: tuple[str, ...]
    own: tuple[str, ...] = ()
    description: str


def citations(block: Block) -> Iterator[str]:
    """Everything a block cites, in the order a reader meets it."""
    if isinstance(block, Judgements):
        for sentence in block.sentences:
            yield from sentence.cites
    if isinstance(block, KeyFigures):
        for figure in block.figures:
            yield from figure.cites
    if isinstance(block, Table):
        for row in block.rows:
            yield from row.refs
    yield from block.cites


def check_cited(section: str, block: Block) -> None:
    """Refuse a block, or a statement, number or row in it, that does not say where it is from."""
    parts: list[tuple[str, tuple[str, ...]]] = [(block.kind, block.cites)]
    if isinstance(block, Judgements):
        parts += [(sentence.text, sentence.cites) for sentence in block.sentences]
    if isinstance(block, KeyFigures):
        parts += [(figure.unit, figure.cites) for figure in block.figures]
    if isinstance(block, Table):
        parts += [(f"row {row.cells[0]!r}", row.refs) for row in block.rows]
    for name, cites in parts:
        if not cites:
            raise ComityError(f"brief section {section!r}: {name} cites no source")
    if not block.as_of:
        raise ComityError(f"brief section {section!r}: {block.kind} does not say how old it is")
