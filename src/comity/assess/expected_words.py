"""An expectation in words: what was seen beside what one would expect, and when a pair fell silent."""

from __future__ import annotations

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ABOUT = 1.4  # up to so many times, or one over it, an amount is about what one would expect
MOST_IN_WORDS = 10
CLOSE = 0.15  # so near to a whole number, a small ratio is that number of times


def amount_of(value: float, words: tuple[str, str]) -> str:
    """An amount with its noun.

    >>> amount_of(1.0, ("exercise", "exercises")), amount_of(2.25, ("exercise", "exercises"))
    ('1 exercise', '2.2 exercises')
    """
    number = f"{value:.0f}" if float(value).is_integer() else short(value)
    return f"{number} {words[0] if value == 1 else words[1]}"


def short(value: float) -> str:
    """A number in as many digits as a reader can use.

    >>> short(0.00321), short(0.4567), short(12.34)
    ('0.003', '0.46', '12')
    """
    for least, form in ((10, ".0f"), (1, ".1f"), (0.1, ".2f")):
        if value >= least:
            return f"{value:{form}}"
    return f"{value:.1g}"


def times_of(ratio: float) -> str:
    """By how many times something is more or less than one would expect.

    >>> times_of(3.1), times_of(1.1)
    ('three times what one would expect', 'about what one would expect')
    >>> times_of(1.5), times_of(64.2), times_of(0.5)
    ('1.5 times what one would expect', '64 times what one would expect', 'half of what one would expect')
    """
    if 1 / ABOUT <= ratio <= ABOUT:
        return "about what one would expect"
    if ratio == 0:
        return "less than one would expect"
    return f"{_more(ratio) if ratio > 1 else _less(ratio)} what one would expect"


def _more(ratio: float) -> str:
    whole = round(ratio)
    if ratio < 3 and abs(ratio - whole) > CLOSE:
        return f"{ratio:.1f} times"
    return "twice" if whole == 2 else f"{_NUMBERS[whole] if whole <= MOST_IN_WORDS else whole} times"


def _less(ratio: float) -> str:
    parts = {1: "somewhat less than", 2: "half of", 3: "a third of", 4: "a quarter of", 5: "a fifth of"}
    return parts.get(round(1 / ratio), "a small part of")


def chance_of(chance: float) -> str:
    """A chance as people say it.

    >>> chance_of(0.25), chance_of(0.0002), chance_of(1e-12)
    ('1 in 4', '1 in 5,000', 'less than 1 in a million')
    """
    if chance < 1e-6:
        return "less than 1 in a million"
    if chance > 0.67:
        return f"{chance:.0%}"
    odds = 1 / chance
    digits = max(0, len(str(int(odds))) - 2)
    return f"1 in {round(odds, -digits):,.0f}"
