"""Questions on what is in the store: checks, reports of where sources differ, and how far the register agrees.

A question is one SQL file; its first line says what a row of the answer is. The answer to one of `checks/` should have
no rows; one of `reports/` lists what one source holds and another does not; one of `agreements/` lists what the
register says where a published dataset speaks too: record, state_a, state_b, year, and `is_matched`: whether it has it.
What our own list of states says is given to a question that names it: `$memberships`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from comity.errors import BadRequest
from comity.store.reading import Store
from comity.vocab.states import membership_rows

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Checked:
    """What one question found: how many rows there are, and the first of them."""

    name: str
    means: str
    row_count: int
    first: str | None


def run_checks(store: Store) -> Iterator[Checked]:
    """Every check on one open store; a row count of zero is a pass.

    First every part is read and compared with its hash; StoreError names the first that is damaged.
    """
    store.verify_parts()
    for name, text in _questions("checks").items():
        yield _checked(name, text, store.ask(text))


def run_reports(store: Store) -> Iterator[Checked]:
    """Every report on one open store: what one source holds and another does not, or holds otherwise."""
    for name, text in _questions("reports").items():
        yield _checked(name, text, store.ask(text))


@dataclass(frozen=True)
class Agreed:
    """How far the register and one dataset agree: what was compared, and each fact that the dataset does not have."""

    name: str
    means: str
    compared: int
    differences: tuple[dict[str, Any], ...]

    @property
    def share(self) -> float | None:
        """The part of what was compared that the dataset has too; None where the two do not both speak."""
        return 1 - len(self.differences) / self.compared if self.compared else None


def run_agreements(store: Store) -> Iterator[Agreed]:
    """Every comparison of the register with a dataset, on one open store."""
    for name, text in _questions("agreements").items():
        given = {"memberships": membership_rows()} if "$memberships" in text else None
        found = store.ask(text, given).to_pylist()
        differences = tuple(
            {key: value for key, value in row.items() if key != "is_matched"} for row in found if not row["is_matched"]
        )
        yield Agreed(name, _means(text), len(found), differences)


def report(store: Store, name: str) -> pa.Table:
    """All rows of one report; BadRequest names those there are."""
    known = _questions("reports")
    if name not in known:
        raise BadRequest(f"there is no report {name!r}; there are {', '.join(known)}")
    return store.ask(known[name])


def _questions(folder: str) -> dict[str, str]:
    found = sorted((files("comity.store") / folder).iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".sql"): path.read_text(encoding="utf-8") for path in found}


def _checked(name: str, text: str, found: pa.Table) -> Checked:
    first = None
    if found.num_rows:
        first = ", ".join(f"{column} {value}" for column, value in found.slice(0, 1).to_pylist()[0].items())
    return Checked(name, _means(text), found.num_rows, first)


def _means(text: str) -> str:
    return text.splitlines()[0].removeprefix("-- ")
