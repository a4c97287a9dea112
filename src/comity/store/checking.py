"""Checks on what is in the store: each is a question, one file in `checks/`, whose answer should have no rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from comity.store.reading import Store


@dataclass(frozen=True)
class Checked:
    """What one check found: how many rows that should not exist, and the first of them."""

    name: str
    means: str
    row_count: int
    first: str | None


def run_checks(store: Store) -> Iterator[Checked]:
    """Every check on one open store; a row count of zero is a pass.

    First every part is read and compared with its hash; StoreError names the first that is damaged.
    """
    store.verify_parts()
    folder = files("comity.store") / "checks"
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        text = path.read_text(encoding="utf-8")
        found = store.ask(text)
        first = None
        if found.num_rows:
            first = ", ".join(f"{name} {value}" for name, value in found.slice(0, 1).to_pylist()[0].items())
        means = text.splitlines()[0].removeprefix("-- ")
        yield Checked(path.name.removesuffix(".sql"), means, found.num_rows, first)
