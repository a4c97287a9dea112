"""Which claim a sentence makes: patterns of words first, then likeness of words and of letters, all offline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from comity.evidence.claim import Claim, claims
from comity.evidence.reading.patterns import Pattern, claim_patterns, compiled, spans, word_groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# Set on the half `tuning` of tests/read/labelled.yml; docs/how/read-a-text.md says how well they do on the other.
LEAST = 0.5  # a sentence makes the claim that scores highest if it scores as much
ALIKE = 0.75  # likeness that counts without any pattern: nearly the claim's own words
MORE = 0.12  # a further claim is named if it is this close to the first
WORD_WEIGHT = 0.6  # of words; the rest is of letters
PART = 0.25  # what each part of a pattern beyond the second adds
WISHED = 0.2  # what a sentence that says what should be done lacks of one that says what is
REPORTED = 0.55  # what one lacks that tells what was agreed, planned, discussed or called important
MOST_CLAIMS = 3
LEAST_WORDS = 4  # what is shorter is a heading
_SMALL = """
a an the of to in on and or is are was were be been by for with from that this it its their our we at as not no
than more most between among those who which into has have had will can may
"""
SMALL_WORDS = frozenset(_SMALL.split())  # too common to tell texts apart


@dataclass(frozen=True)
class Match:
    """A claim that a sentence makes, how sure the match is (0 to 1), and whether the sentence denies the claim."""

    claim: str
    score: float
    denies: bool


def tokens(text: str) -> list[str]:
    """Words of a text in small letters, cut to stems of at most seven letters, without the smallest words.

    >>> tokens("Alliances deter attacks on their members.")
    ['allianc', 'deter', 'attack', 'member']
    """
    words = re.findall(r"[a-z]+", text.lower())
    return [re.sub(r"s$", "", word[:7]) for word in words if word not in SMALL_WORDS]


def letter_runs(text: str) -> list[str]:
    """Runs of four letters within each word, the ends of the word marked."""
    return [f" {word} "[at : at + 4] for word in tokens(text) for at in range(max(1, len(word) - 1))]


class Likeness:
    """Cosine likeness of texts to a fixed set of texts, with rare terms weighing more (TF-IDF)."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        import numpy as np

        self._place = {term: number for number, term in enumerate(sorted({term for text in texts for term in text}))}
        counts = np.zeros((len(texts), len(self._place)))
        for row, text in enumerate(texts):
            for term, count in Counter(text).items():
                counts[row, self._place[term]] = 1.0 + np.log(count)
        self._rarity = np.log((1.0 + len(texts)) / (1.0 + (counts > 0).sum(axis=0))) + 1.0
        self._rows = counts * self._rarity
        self._rows /= np.linalg.norm(self._rows, axis=1, keepdims=True)
        self._unseen = float(np.log(1.0 + len(texts)) + 1.0)

    def of(self, terms: Iterable[str]) -> Numbers:
        """Likeness of one text to each of the set, from 0 to 1; terms the set does not have lower it."""
        import numpy as np

        weights, unseen = np.zeros(len(self._place)), 0.0
        for term, count in Counter(terms).items():
            place = self._place.get(term)
            if place is None:
                unseen += (self._unseen * (1.0 + np.log(count))) ** 2
            else:
                weights[place] = (1.0 + np.log(count)) * self._rarity[place]
        size = float(np.sqrt(weights @ weights + unseen))
        alike: Numbers = self._rows @ weights / size if size else np.zeros(len(self._rows))
        return alike


class Matcher:
    """Finds the claims of sentences; made once, used for many."""

    def __init__(self) -> None:
        self._claims = claims()
        self._patterns = claim_patterns()

    @cached_property
    def _texts(self) -> list[str]:
        return [" ".join(_told(claim)) for claim in self._claims.values()]

    @cached_property
    def _by_word(self) -> Likeness:
        return Likeness([tokens(text) for text in self._texts])

    @cached_property
    def _by_letter(self) -> Likeness:
        return Likeness([letter_runs(text) for text in self._texts])

    def scores(self, sentence: str) -> dict[str, float]:
        """How far a sentence makes each claim, from 0 to 1."""
        alike = WORD_WEIGHT * self._by_word.of(tokens(sentence))
        alike = alike + (1 - WORD_WEIGHT) * self._by_letter.of(letter_runs(sentence))
        said = {}
        for likeness, number in zip(alike, self._claims, strict=True):
            found = max((self._weight(pattern, sentence) for pattern in self._patterns[number]), default=0.0)
            if found:
                said[number] = min(1.0, found + float(likeness) / 2)
            else:
                said[number] = LEAST * min(1.0, float(likeness) / ALIKE) if likeness < ALIKE else float(likeness) + 0.1
        return said

    def _weight(self, pattern: Sequence[re.Pattern[str]], sentence: str) -> float:
        found = len(spans(tuple(pattern), sentence))
        return min(1.0, LEAST + PART * max(0, found - 2)) if found else 0.0

    def match(self, sentence: str) -> tuple[Match, ...]:
        """The claims a sentence makes, the surest first; none where nothing is sure enough.

        >>> Matcher().match("Strong alliances deter attacks.")[0].claim
        'C06'
        >>> Matcher().match("The ship carries a crew of two hundred.")
        ()
        """
        if asks(sentence) or len(sentence.split()) < LEAST_WORDS:
            return ()
        sentence = plainly(sentence)
        off = max(WISHED if _WISHED.search(sentence) else 0.0, REPORTED if _REPORTED.search(sentence) else 0.0)
        said = {number: score - off for number, score in self.scores(sentence).items()}
        ranked = sorted(said.items(), key=lambda each: (-each[1], each[0]))
        best = ranked[0][1]
        if best < LEAST:
            return ()
        kept = [(number, score) for number, score in ranked if score >= max(LEAST, best - MORE)]
        return tuple(
            Match(number, round(score, 3), self._is_denied(number, sentence)) for number, score in kept[:MOST_CLAIMS]
        )

    def _is_denied(self, number: str, sentence: str) -> bool:
        """Whether a sentence denies a claim: of one that trouble grows, also by saying that it gets less."""
        negated = denies(sentence)
        if number in GROWING:
            return (negated or _NEVER.search(sentence) is not None) != _speaks_of(("reduce",), sentence)
        return negated and not _is_absence(sentence)


TROUBLE = ("conflict", "attack", "escalation", "violence", "incidents", "accidents", "misreading", "terror")
GROWING = ("C40",)  # claims that trouble grows; all others say that it gets less, or that something good comes
LESSENING = ("reduce", "deter", "calm", "restrain", "stability", "keep_peace", "peace", "protect", "save")


def _is_absence(sentence: str) -> bool:
    """Whether a sentence says that trouble did not come, which denies no claim that it gets less."""
    return _speaks_of(TROUBLE, sentence) and not _speaks_of(LESSENING, sentence)


def _speaks_of(groups: tuple[str, ...], sentence: str) -> bool:
    return any(part.search(sentence) for part in _of_groups(groups))


@cache
def _of_groups(groups: tuple[str, ...]) -> Pattern:
    return compiled("|".join(f"<{group}>" for group in groups), word_groups())


def _told(claim: Claim) -> tuple[str, ...]:
    return (claim.wording, claim.wording, claim.treatment, claim.outcome, claim.topic)


_NEVER = re.compile(r"\b(never|in no way|by no means)\b", re.IGNORECASE)
_WISHED = re.compile(r"\b(must|should|ought to|needs? to|let us)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(agreed (to|on)|pledged|signed (an?|the|on|in|by)|discussed|re-?affirm(ed|s)?|reiterated|exchanged views"
    r"|welcomed|invited|held (talks|meetings?|a meeting)|focus(ed|es|ing)? on"
    r"|(importance|significance) of(?! .{3,80}\b(for|in)\b)"
    r"|commitment to|called for|(will|to) (conduct|hold|share|exchange|continue|explore|launch)"
    r"|(are|is|were|was) (planning|scheduled|due) to)\b",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.N. and U.S. as they stand in other texts
_LEADING = (
    "and|but|yet|so|rather|instead|indeed|also|still|however|moreover|furthermore|additionally|ultimately|in short"
    "|in turn|in fact|in this way|then|thus|therefore|hence|nor|as a result|at the same time|above all"
)
_POINTS_BACK = re.compile(
    rf"^[\"'“‘(]*((?:{_LEADING}),?\s+)?((\w+ ){{1,5}}that )?(it|its|they|their|this|these|those|such|both)\b",
    re.IGNORECASE,
)
SUBJECTS = ("milidip", "exercises", "alliances", "peacekeepers", "channels", "cbms", "aid", "arms", "agreements")
FURTHER = ("intelligence", "training", "visits", "dialogue", "organizations", "engagement")


def resolved(sentence: str, before: str) -> str:
    """A sentence that points back (it, they, this), with the thing the sentence before spoke of first put in front.

    >>> resolved("They deter attacks.", "Strong alliances have friends.")
    'alliance: They deter attacks.'
    """
    if not _POINTS_BACK.match(sentence):
        return sentence
    found = [
        (match.start(), match.group().lower())
        for group in (*SUBJECTS, *FURTHER)
        for part in compiled(f"<{group}>", word_groups())
        if (match := part.search(before)) is not None
    ]
    return f"{_whole(min(found)[1])}: {sentence}" if found else sentence


def plainly(sentence: str) -> str:
    """A sentence as the words are listed: initials without dots, and games that are no wars in one word.

    >>> plainly("The U.N. watched the war games.")
    'The UN watched the wargames.'
    """
    undotted = _DOTTED.sub(lambda held: held.group().replace(".", ""), sentence)
    return re.sub(r"\b([Ww])ar[- ](games?)\b", r"\1ar\2", undotted)


def _whole(stem: str) -> str:
    """A stem that is cut inside its word, as a word."""
    return {"allianc": "alliance", "dialog": "dialogue", "cooperat": "cooperation"}.get(stem, stem)


def asks(sentence: str) -> bool:
    """Whether a sentence asks rather than states."""
    return sentence.rstrip(" \"'”’)").endswith("?")


def denies(sentence: str) -> bool:
    """Whether a sentence seems to deny what it speaks of: a plain negation before the verb of effect.

    What has never been more, what is not cheap and what is not only so denies nothing.

    >>> denies("Exercises do not build trust."), denies("No state dares attack an ally.")
    (True, False)
    >>> denies("We have never seen more exercises, and each builds trust.")
    False
    """
    most = r"(?! (\w+ ){0,2}(more|so|such|as|better|greater|closer|stronger)\b)"
    negation = rf"(n't| not(?!( come)? (cheap|free|only|just)\b)| never{most}| little to| nothing to)\b"
    cue = rf"\b(do|does|did|has|have|will|can|could|is|are|was|were){negation}"
    weak = r"\b(fail(s|ed)? to|cannot|rarely (does|do)|hardly|no evidence|myth|contrary to|far from)\b"
    return re.search(rf"{cue}|{weak}", sentence.replace("’", "'"), re.IGNORECASE) is not None
