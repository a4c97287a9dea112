"""How a brief words dates, counts, parties and controlled words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from comity.vocab.states import state, territories
from comity.vocab.words import vocabularies

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NOT_KNOWN = "–"
# States whose name takes an article in a sentence.
_WITH_ARTICLE = frozenset(
    ("ARE", "BHS", "CAF", "COD", "COG", "COK", "COM", "DOM", "FSM", "GBR", "GMB", "MDV", "MHL", "NLD", "PAP", "PHL")
) | {"SLB", "UPC", "USA", "VAT"}
_LAYERS = {"defense": "Alliance with a duty to defend", "alliance": "Treaty with or without a duty to fight"}
_COMMAND = re.compile(r"`(comity [^`<>|]*)`")
# Control characters (Cc of Unicode), and marks that turn the direction of writing, by which text can be made to read as
# what it is not.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def day_text(day: date | None, precision: str | None = "day") -> str | None:
    """A date as exactly as it is known; None stays None.

    >>> day_text(date(2024, 6, 17)), day_text(date(2024, 6, 1), "month"), day_text(date(2024, 1, 1), "year")
    ('17 Jun 2024', 'Jun 2024', '2024')
    """
    if day is None:
        return None
    if precision == "year":
        return str(day.year)
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    text = month if precision == "month" else f"{day.day} {month}"
    return f"{text} (disputed)" if precision == "disputed" else text


def long_day(day: date) -> str:
    """A day written out.

    >>> long_day(date(2010, 12, 31))
    '31 December 2010'
    """
    return f"{day.day} {_LONG_MONTHS[day.month - 1]} {day.year}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "exercise"), counted(1200, "party", "parties")
    ('1 exercise', '1,200 parties')
    """
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def noun(count: int, singular: str, plural: str) -> str:
    """The form of a noun that goes with a count.

    >>> noun(1, "exercise listed", "exercises listed")
    'exercise listed'
    """
    return singular if count == 1 else plural


def years_text(years: tuple[int, int]) -> str:
    """A span of years.

    >>> years_text((2001, 2010)), years_text((2010, 2010))
    ('2001–2010', '2010')
    """
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def listed(names: Sequence[str]) -> str:
    """Names in a row, as one says them.

    >>> listed(["Brunei", "China", "Viet Nam"])
    'Brunei, China and Viet Nam'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def shortened(names: Sequence[str], limit: int = 4) -> str:
    """Names in the cell of a table, cut after the limit with the count of the rest.

    >>> shortened(["Brunei", "China", "Japan", "Laos"], 2), shortened(["Brunei", "China", "Japan"], 2)
    ('Brunei, China, 2 others', 'Brunei, China, Japan')
    """
    rest = len(names) - limit
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:limit])}, {rest} others"


def sentence_start(text: str) -> str:
    """The text with its first letter a capital, and the rest as it is.

    >>> sentence_start("the Philippines")
    'The Philippines'
    """
    return text[:1].upper() + text[1:]


def said(word: str) -> str:
    """A controlled word as one says it.

    >>> said("port_call")
    'port call'
    """
    return word.replace("_", " ")


def layer_words(word: str) -> str:
    """The name of a layer of ties or of a measure at the head of a row.

    Lists of alliances hold pacts of nonaggression and consultation too, which make no allies.

    >>> layer_words("alliance"), layer_words("arms")
    ('Treaty with or without a duty to fight', 'Arms')
    """
    return _LAYERS.get(word) or said(word).capitalize()


def word_order(vocabulary: str) -> dict[str, int]:
    """The place of each word in its table, for sorting."""
    return {word: place for place, word in enumerate(vocabularies()[vocabulary])}


def party_name(kind: str, code: str, organisations: dict[str, str]) -> str:
    """The short name of a party; an organisation that no source describes keeps its identifier."""
    if kind == "state":
        return state(code).name
    if kind == "territory":
        return territories()[code].name
    if kind == "organisation":
        return organisations.get(code, code)
    return "a party not named"


def plain(text: str) -> str:
    """Text without control characters, which could act on a terminal or hide words.

    >>> plain("red" + chr(27) + "[31m")
    'red�[31m'
    """
    return _ACTING.sub("�", text)


def with_commands(text: str) -> list[tuple[str, bool]]:
    """A text in parts, and whether each is a command that a reader types; commands stand between backticks.

    >>> with_commands("Work it out: `comity brief --prepare` does.")
    [('Work it out: ', False), ('comity brief --prepare', True), (' does.', False)]
    """
    parts = _COMMAND.split(text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def with_article(code: str) -> str:
    """The name of a state as it stands in a sentence.

    >>> with_article("PHL"), with_article("COD"), with_article("VNM")
    ('the Philippines', 'the Democratic Republic of the Congo', 'Vietnam')
    """
    name = state(code).name
    return f"the {name}" if code in _WITH_ARTICLE else name


def pair_name(one: str, two: str) -> str:
    """A pair in words.

    >>> pair_name("CHN", "PHL")
    'China and the Philippines'
    """
    return f"{with_article(one)} and {with_article(two)}"


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """The words without repeats, in their order.

    >>> unique(["b", "a", "b"])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(words))
