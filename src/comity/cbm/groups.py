"""The groups in which people read a check: what binds first; what has stopped and what is unclear stand apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from comity.cbm.rows import Row

STOPPED = "What it would ask, were the regime not stopped"


@dataclass(frozen=True)
class Group:
    """Rows that are read alike.

    Attributes:
        key: a word for the group, for links and styles.
        title: its heading.
        lead: one sentence on how to read it.
        rows: the rows.
    """

    key: str
    title: str
    lead: str
    rows: tuple[Row, ...]


def _in_force(row: Row) -> bool:
    return row.triggered is True and not row.is_stopped and row.binding != "voluntary"


def _is_conduct(row: Row) -> bool:
    return row.held.rule.kind == "conduct"


def _is_aid(row: Row) -> bool:
    return _in_force(row) and not row.is_binding and not _is_conduct(row)


_GROUPS: tuple[tuple[str, str, str, Callable[[Row], bool]], ...] = (
    (
        "duties",
        "Duties",
        "In force for these states, and read in a text. A day marked as from memory is to be looked up.",
        lambda row: row.is_binding and not _is_conduct(row),
    ),
    (
        "conduct",
        "Rules of conduct",
        "How to behave while it goes on; nothing is due by a day.",
        lambda row: _in_force(row) and _is_conduct(row),
    ),
    (
        "aids",
        "Reading aids: numbers known from memory, or shown only",
        "No public text with the number was found. Look it up before you rely on it; its day enters no calendar.",
        _is_aid,
    ),
    (
        "courtesies",
        "Courtesies",
        "Asked of nobody; states do it so that others are not surprised.",
        lambda row: row.triggered is True and not row.is_stopped and row.binding == "voluntary",
    ),
    (
        "stopped",
        STOPPED,
        "Suspended, ended or replaced. Nothing is owed under it.",
        lambda row: row.triggered is True and row.is_stopped,
    ),
    (
        "untold",
        "Cannot tell",
        "What is missing could make it a duty. State it, or ask who knows.",
        lambda row: row.triggered is None,
    ),
    (
        "near",
        "Not triggered, but near",
        "Just under a line: a late change of size would cross it.",
        lambda row: row.triggered is False and row.flag is not None,
    ),
)
OTHERS = "Not triggered"


def groups(rows: Iterable[Row]) -> tuple[Group, ...]:
    """The rows in their groups, what binds first; groups without a row are left out."""
    held = tuple(rows)
    made = (
        Group(key, title, lead, tuple(row for row in held if belongs(row))) for key, title, lead, belongs in _GROUPS
    )
    return tuple(group for group in made if group.rows)


def others(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that do not hold and are near no line."""
    return tuple(row for row in rows if row.triggered is False and not row.flag)


def reasons(row: Row) -> Iterator[str]:
    """The reason with what bears on it: breaches, counts, margins, flags and what is missing.

    >>> from datetime import date
    >>> from comity.cbm import Activity, check
    >>> plan = {"type": "field_exercise", "host": "POL", "start": date(2027, 5, 3), "troops": 14200}
    >>> list(reasons(check([Activity.from_dict(plan)])[0].by_rule["vd11.vi.observation"]))
    ['troops 14200 >= 13000']
    """
    if row.triggered is not None or not row.missing:
        yield row.why
    if row.violations:
        yield f"breaks: {', '.join(row.violations)}"
    if row.counts is not None:
        yield f"number {row.counts} of those counted"
    if row.margin is not None:
        yield f"{row.margin:g} short of {row.margin_of}"
    if row.flag:
        yield row.flag.replace("_", " ")
    if row.missing:
        yield f"not given: {', '.join(row.missing)}"
