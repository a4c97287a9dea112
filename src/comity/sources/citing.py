"""BibTeX entries, made from what a contract says of its source."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

_DATED = re.compile(r"(.+?) ([0-9]{4})\. ")
_BETWEEN_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?)+")
_INITIAL = re.compile(r"(?<![\w.])[^\W\d_]\.(?=[\s,-]|$)")  # not the U.S. of a body's name
_ENDS_IN_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.$")
_SENTENCE = re.compile(r"[^\W\d_]{2,}\. ")
# BibTeX counts braces even behind a backslash, so a brace is written by name.
_LATEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "#$%&_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


class Cited(Protocol):
    """What a citation is made from: a contract, or what is known of a loaded source."""

    @property
    def title(self) -> str:
        """The title of the dataset."""

    @property
    def version(self) -> str:
        """The release."""

    @property
    def publisher(self) -> str:
        """Who publishes it."""

    @property
    def url(self) -> str:
        """Where it is published."""

    @property
    def citation(self) -> str:
        """How its publisher wants it cited: `Authors. Year. Title. …` where authors and year are known."""

    @property
    def published(self) -> date | None:
        """The day of the release."""


def bibtex_entry(key: str, work: Cited) -> str:
    """The BibTeX entry of a source, its full citation in the note; what its contract says under `bibtex` goes first.

    >>> from comity.sources.contract import contract
    >>> print(bibtex_entry("dcad", contract("dcad")).splitlines()[1])
      author = {Kinne, B. J.},
    """
    authors, year = authors_and_year(work.citation)
    author = " and ".join(map(_author, authors)) or f"{{{escaped(work.publisher)}}}"
    year = year or (str(work.published.year) if work.published else "")
    fields = {
        "author": author,
        "title": f"{{{escaped(work.title)}}}",
        "year": year,
        "version": escaped(work.version),
        "howpublished": escaped(work.publisher) if escaped(work.publisher) not in author else "",
        "url": work.url.translate(_ADDRESS) if work.url.startswith("http") else "",
        "note": escaped(work.citation),
    }
    given = dict(getattr(work, "bibtex", {}))
    kind = given.pop("type", "misc")
    fields |= {name: value.translate(_ADDRESS) if name == "url" else escaped(value) for name, value in given.items()}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def authors_and_year(citation: str) -> tuple[tuple[str, ...], str]:
    """The authors and the year with which a citation begins; an author that is a body is one name.

    >>> authors_and_year("Leeds, B. A., J. M. Ritter and A. G. Long. 2002. Alliance Treaty Obligations.")
    (('Leeds, B. A.', 'J. M. Ritter', 'A. G. Long'), '2002')
    >>> authors_and_year("Correlates of War Project. 2017. State System Membership List, v2016.")
    (('Correlates of War Project',), '2017')
    >>> authors_and_year("Travels Abroad of the President.")
    ((), '')
    """
    found = _DATED.match(citation)
    if found is None or _SENTENCE.search(found[1]):
        return (), ""  # what stands before the year is more than its authors
    said = found[1].replace(", et al.", " and others")
    said = said if _ENDS_IN_INITIAL.search(said) else said.removesuffix(".")
    names: list[str] = []
    for name in _BETWEEN_NAMES.split(said):
        if names and _INITIALS.fullmatch(name):
            names[-1] += f", {name}"
        else:
            names.append(name)
    return (tuple(names) if all(map(_is_person, names)) else (said,)), found[2]


def _is_person(name: str) -> bool:
    """Whether a name has initials, as those of people have in citations; `others` are people."""
    return name == "others" or _INITIAL.search(name) is not None


def _author(name: str) -> str:
    """An author as BibTeX takes it; the name of a body stands in braces, so that it is not taken apart."""
    return escaped(name) if _is_person(name) else f"{{{escaped(name)}}}"


def escaped(text: str) -> str:
    r"""A text as LaTeX sets it, character for character.

    >>> print(escaped("R&D, 50% {a_b}"))
    R\&D, 50\% \textbraceleft{}a\_b\textbraceright{}
    """
    return text.translate(_LATEX)
