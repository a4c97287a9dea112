"""Lists of what happened in named cells, compiled without looking at the register, and what it was found to hold.

    python tests/recall_lists.py

`found` is what the register held when a list was first laid beside it: that is recall. `filled` is what was written
because of the list, which says nothing of what else is missing; so each cell has a second list, made by somebody else
after that, and a third. The cells that fell short in the third have a fourth, those that fell short in it a fifth, and
so on to the one cell that has a seventh.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "recall"
LATER = ("second", "third", "fourth", "fifth", "sixth", "seventh")
NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One list: what was looked for, and each thing with where the register has it."""

    name: str
    list_number: int
    question: str
    items: tuple[dict[str, Any], ...]

    @property
    def counted(self) -> tuple[dict[str, Any], ...]:
        """The things that turned out to belong to the cell."""
        return tuple(item for item in self.items if not item.get("dropped"))

    @property
    def found(self) -> int:
        """How many of them the register held before the list was used to fill it."""
        return sum(item["found"] not in (NONE, None) for item in self.counted)

    @property
    def recall(self) -> float:
        """The share of them that the register held."""
        return self.found / len(self.counted)

    def addresses(self) -> list[str]:
        """Every address in the register that the list names."""
        named = [item.get(field) for item in self.items for field in ("found", "filled")]
        return [address for address in named if address not in (None, NONE)]


def cells() -> list[Cell]:
    """The lists, the first ones, the second and so on to the seventh one, each by name."""
    found = []
    for number, folder in enumerate((FOLDER, *(FOLDER / name for name in LATER)), 1):
        for path in sorted(folder.glob("*.yml")):
            said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            if "items" in said:
                items = tuple(
                    {key: None if value in ("", "null") else value for key, value in item.items()}
                    for item in said["items"]
                )
                found.append(Cell(said["cell"], number, said["question"], items))
    return found


def main() -> None:
    """Print the recall of each list."""
    for cell in cells():
        print(f"{cell.list_number}  {cell.name:42}{cell.found:4} of {len(cell.counted):3}  {cell.recall:5.0%}")


if __name__ == "__main__":
    main()
