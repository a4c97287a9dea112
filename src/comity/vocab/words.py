"""The controlled words: the tables of `docs/words.md`, loaded, never copied."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from comity.errors import UnknownWord


def words_page() -> Path:
    """Where `words.md` lies: inside the installed package, or in `docs/` of a checkout."""
    packaged = Path(str(files("comity.vocab"))) / "words.md"
    return packaged if packaged.exists() else Path(__file__).parents[3] / "docs" / "words.md"


@cache
def vocabularies() -> dict[str, dict[str, str]]:
    """Every table of the page: heading in lower case → word → meaning.

    >>> vocabularies()["precisions"]["day"]
    'the day is known'
    """
    tables: dict[str, dict[str, str]] = {}
    heading = ""
    for line in words_page().read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ").strip().lower()
            tables[heading] = {}
        elif heading and line.startswith("|") and not re.match(r"\|\s*-", line):
            word, meaning = (cell.strip() for cell in line.strip("|").split("|", 1))
            tables[heading][word] = meaning
    return {name: dict(list(rows.items())[1:]) for name, rows in tables.items()}


@cache
def words(vocabulary: str) -> frozenset[str]:
    """The allowed words of one table.

    >>> "exercise" in words("instruments")
    True
    """
    tables = vocabularies()
    if vocabulary not in tables:
        raise UnknownWord(f"words.md has no table {vocabulary!r}; it has {', '.join(tables)}")
    return frozenset(tables[vocabulary])


def check_word(vocabulary: str, word: str) -> str:
    """The word itself when the table holds it; otherwise an error that suggests the nearest one."""
    allowed = words(vocabulary)
    if word in allowed:
        return word
    near = difflib.get_close_matches(word, sorted(allowed), n=1)
    hint = f"; nearest is {near[0]!r}" if near else f"; allowed: {', '.join(sorted(allowed))}"
    raise UnknownWord(f"{word!r} is not one of the {vocabulary}{hint}")
