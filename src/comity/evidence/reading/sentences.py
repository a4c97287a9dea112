"""A text cut into sentences, without cutting after abbreviations, initials and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 2_000  # letters of one sentence that are looked at
_ABBREVIATIONS = """
adm al approx art brig capt cdr cf ch cmdr co col corp cpl dept dr e.g eds etc eq fig figs gen gov hon i.e inc jr ltd lt
maj messrs mr mrs ms mt no nos op p para pp pres prof pvt rep res rev sen sgt sr st u.k u.n u.s u.s.s.r viz vol vs
jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m d.c
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
# Where a sentence may end: a mark, closing quotes, white space, and something that may begin another.
END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?:\[\d{1,3}\]|\d{1,3})?(?=\s+[\"'“‘(\[]{0,3}[A-ZÀ-ÖØ-Þ0-9])")


def sentences(text: str) -> list[str]:
    r"""The sentences of a text, each on one line.

    >>> sentences("The U.S. and Gen. Smith met. They agreed!\n\nNew paragraph")
    ['The U.S. and Gen. Smith met.', 'They agreed!', 'New paragraph']
    """
    found = []
    for paragraph in re.split(r"\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*•#|>]|\d+[.)])\s)", text.replace("\u00ad", "")):
        line = " ".join(re.sub(r"(\w)-\n(\w)", r"\1\2", paragraph).split())
        found += [sentence for sentence in _cut(line) if re.search(r"\w", sentence)]
    return found


def _cut(line: str) -> Iterator[str]:
    begin = 0
    for end in END.finditer(line):
        if _is_end(line[begin : end.start()], end.group()):
            yield line[begin : end.end()].strip()
            begin = end.end()
    if line[begin:].strip():
        yield line[begin:].strip()


def _is_end(before: str, mark: str) -> bool:
    """Whether a mark after these words ends a sentence."""
    if not mark.startswith("."):
        return True
    last = before.rsplit(" ", 1)[-1].lstrip("\"'“‘([").lower()
    is_number = before.strip().isdigit()  # "2. Incidents" is one heading
    is_initial = re.fullmatch(r"[a-z](\.[a-z])*", last) is not None and last not in ("i", "a")
    return not (last in ABBREVIATIONS or is_initial or is_number)
