"""Which subject the words of a user mean, and which subjects there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.brief.body_finding import bodies_sharing_a_word, body_named, known_bodies, refuse_before
from comity.brief.former import state_on, title_on
from comity.brief.keeping import kept_of_store
from comity.brief.subject import Subject
from comity.brief.systemic import FIRST_YEAR as SERIES_FROM
from comity.brief.topics import TOPICS
from comity.errors import BadRequest, UnknownWord
from comity.vocab.dates import check_year, last_day
from comity.vocab.states import is_name, state, states

if TYPE_CHECKING:
    from comity.store import Store

WORLD = "world"
NEAR = 3
_LATEST = """
    SELECT max(day) AS day FROM (
        SELECT greatest(start_date, end_date) AS day FROM core.engagement WHERE status IN ('completed', 'ongoing')
        UNION ALL SELECT greatest(start_date, end_date) FROM core.incident
        UNION ALL SELECT known_until FROM core.agreement
        UNION ALL SELECT known_until FROM core.channel
    ) WHERE day <= $today
"""
_CASES = "SELECT * FROM core.case_study ORDER BY case_study, source"
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """When a subject is looked at: the year asked for, the year since which changes are told, and today.

    `shelf` is the folder where results that take long are kept, if any is.
    """

    year: int | None
    since: int | None
    today: date
    shelf: Path | None = None

    def __post_init__(self) -> None:
        if self.year is not None:
            check_year(self.year, self.today.year, "--year")
        if self.since is not None and self.since <= self.today.year:
            check_year(self.since, self.today.year, "--since")

    def day(self, store: Store) -> date:
        """The day of the brief: the end of the year asked for, or the latest day the store knows."""
        if self.year is not None:
            return min(last_day(self.year), self.today)
        found = kept_of_store(store, self.shelf, f"latest-{self.today}", lambda: self._latest(store))
        return date.fromisoformat(found) if found is not None else self.today

    def _latest(self, store: Store) -> str | None:
        found = store.rows(_LATEST, {"today": self.today})[0]["day"]
        return None if found is None else str(found)


def read_subject(store: Store, words: tuple[str, ...], asked: Asked) -> Subject:
    """The subject a user's words mean.

    A region, a case, a topic, the world, one state, two states, or an organization; BadRequest names near ones.
    """
    as_of = asked.day(store)
    if asked.since is not None and not asked.since <= as_of.year:
        raise BadRequest(f"--since {asked.since} is after the day of the brief, {as_of}")
    given: Row = {"store": store, "as_of": as_of, "year": asked.year, "since": asked.since, "shelf": asked.shelf}
    for meant in (
        _place_or_case,
        _one_state,
        _pair_of_codes,
        _organisation,
        _name_of_no_state,
        _pair,
        _one_state_of_words,
    ):
        if found := meant(words, given):
            return found
    raise BadRequest(_two_states(words, given) or _advice(store, " ".join(words)))


def _place_or_case(words: tuple[str, ...], given: Row) -> Subject | None:
    """What the register names: the world, a region, a case, a topic."""
    wanted, store = _key(" ".join(words)), given["store"]
    if wanted == WORLD:
        if given["as_of"].year < SERIES_FROM:
            raise BadRequest(
                f"the world can be told from {SERIES_FROM} on, when its series begin; not of {given['year']}"
            )
        return Subject(kind="world", title="The world", states=(), key=WORLD, words=WORLD, **given)
    if found := _named(_regions(store), "region", wanted):
        return _region(found, given)
    if found := _named(store.rows(_CASES), "case_study", wanted):
        return _case(store, found, given)
    if wanted in TOPICS:
        return Subject(kind="topic", title=TOPICS[wanted].title, states=(), key=wanted, words=wanted, **given)
    return None


def _one_state(words: tuple[str, ...], given: Row) -> Subject | None:
    code = _maybe_state(words[0], given) if len(words) == 1 else None
    if code is None:
        return None
    title = title_on(words[0], code, given["as_of"])
    return Subject(kind="state", title=title, states=(code,), key=code, words=code, **given)


def _name_of_no_state(words: tuple[str, ...], given: Row) -> Subject | None:
    """Refuse a name that no one state bears on the day, by the states it names and when; None for any other words."""
    whole = " ".join(words)
    if is_name(whole) and not all(_maybe_state(word, given) for word in words):
        state_on(whole, given["as_of"])
    return None


def _one_state_of_words(words: tuple[str, ...], given: Row) -> Subject | None:
    return _one_state((" ".join(words),), given)


def read_comparison(store: Store, powers: tuple[str, str], place: str, asked: Asked) -> Subject:
    """Two outside powers side by side in a region, or among the members of an organization."""
    as_of = asked.day(store)
    one, two = (state_on(word, as_of) for word in powers)
    if one == two:
        raise BadRequest(f"{powers[0]} and {powers[1]} are the same state; a comparison needs two")
    title, inner, region = _place(store, place, as_of)
    others = tuple(code for code in inner if code not in (one, two))
    insiders = tuple(code for code in (one, two) if code in inner)
    return Subject(
        store=store,
        kind="comparison",
        title=f"{state(one).name} and {state(two).name} in {title}",
        states=(one, two),
        partners=others,
        insiders=insiders,
        region=region,
        as_of=as_of,
        year=asked.year,
        since=asked.since,
        shelf=asked.shelf,
        key=_key(place),
        words=f"--compare {one} {two} --in {_key(place)}",
    )


def known_subjects(store: Store) -> Iterator[tuple[str, str, str]]:
    """Every subject by kind, by what names it, and by its name; organizations and states last."""
    yield "world", WORLD, "The world"
    for row in _regions(store):
        yield "region", row["region"], row["name"]
    for row in store.rows(_CASES):
        yield "case", row["case_study"], row["name"]
    for key, topic in TOPICS.items():
        yield "topic", key, topic.title
    for row in known_bodies(store):
        yield "organisation", row["organisation"], row["name"]
    for code in sorted(states()):
        yield "state", code, state(code).name


def _place(store: Store, place: str, as_of: date) -> tuple[str, tuple[str, ...], str | None]:
    """Where powers are compared: its name, its states, and its identifier where it is a region."""
    rows = _regions(store)
    if found := _named(rows, "region", _key(place)):
        return found["name"], tuple(found["states"]), found["region"]
    if found := body_named(store, place):
        from comity.assess.membership import find_body, members_in, spells_of

        body = find_body(store, found["organisation"])
        return found["short_name"] or found["name"], members_in(spells_of(store, body), as_of.year), None
    near = difflib.get_close_matches(_key(place), [row["region"] for row in rows], n=NEAR, cutoff=0.5)
    raise BadRequest(
        f"{place!r} is no region or organization that is loaded; "
        f"{'nearest' if near else 'regions are'}: {', '.join(near or [row['region'] for row in rows]) or 'none'}"
    )


def _regions(store: Store) -> list[Row]:
    return store.rows("SELECT * FROM core.region ORDER BY region, source")


def _named(rows: list[Row], key: str, wanted: str) -> Row | None:
    return next((row for row in rows if wanted in (row[key], _key(row["name"]))), None)


def _region(row: Row, given: Row) -> Subject:
    frame = tuple(row[edge] for edge in ("west", "south", "east", "north"))
    return Subject(
        kind="region",
        title=row["name"],
        states=tuple(row["states"]),
        partners=tuple(row["partners"]),
        region=row["region"],
        frame=None if None in frame else frame,
        key=row["region"],
        words=row["region"],
        **given,
    )


def _case(store: Store, row: Row, given: Row) -> Subject:
    """A case is about its first party with the others; when these are of one region, with all states of it."""
    first, *others = row["parties"]
    place = next((region for region in _regions(store) if _holds(region, others)), None)
    around = [*others, *(place["states"] if place else ())]
    return Subject(
        kind="case",
        title=row["name"],
        states=(first,),
        partners=tuple(dict.fromkeys(code for code in around if code != first)),
        region=place["region"] if place else None,
        key=row["case_study"],
        words=row["case_study"],
        **given,
    )


def _holds(region: Row, parties: list[str]) -> bool:
    inside = set(parties) & set(region["states"])
    return len(inside) >= 3 and len(inside) * 4 >= len(parties) * 3


def _organisation(words: tuple[str, ...], given: Row) -> Subject | None:
    row = body_named(given["store"], " ".join(words))
    if row is None:
        return None
    refuse_before(given["store"], row, given["as_of"])
    key = row["organisation"]
    return Subject(kind="organisation", title=row["name"], states=(), key=key, words=key, **given)


def _pair_of_codes(words: tuple[str, ...], given: Row) -> Subject | None:
    """Two codes of states mean the two: no organization needs to be looked for."""
    return _pair(words, given) if are_two_codes(words) else None


def are_two_codes(words: tuple[str, ...]) -> bool:
    """Whether words are the codes of two states, which may be one state twice.

    >>> are_two_codes(("IRL", "ISL")), are_two_codes(("Ireland", "ISL"))
    (True, False)
    """
    return len(words) == 2 and set(words) <= set(states())


def _pair(words: tuple[str, ...], given: Row) -> Subject | None:
    if len(words) != 2 or (not all(_maybe_state(w, given) for w in words) and _one_state_of_words(words, given)):
        return None
    if not any(_maybe_state(w, given) for w in words) and bodies_sharing_a_word(given["store"], " ".join(words)):
        return None
    one, two = (state_on(word, given["as_of"]) for word in words)
    if one == two:
        raise BadRequest(f"{words[0]} and {words[1]} are the same state; a pair needs two")
    title = " and ".join(title_on(*each, given["as_of"]) for each in zip(words, (one, two), strict=True))
    return Subject(kind="pair", title=title, states=(one, two), words=f"{one} {two}", **given)


def _maybe_state(word: str, given: Row) -> str | None:
    """The code of a state; a word of two letters that no state has is left to organizations."""
    try:
        return state_on(word, given["as_of"])
    except UnknownWord:
        return None


def _key(text: str) -> str:
    return "-".join(text.lower().split())


def _two_states(words: tuple[str, ...], given: Row) -> str:
    """What to do where words name three states or more, or two of which one has a name of several words; or nothing."""
    if len(words) > 2 and all(_maybe_state(word, given) for word in words):
        return f"{' '.join(words)!r} are {len(words)} states: a brief is on one state or on two"
    for cut in range(1, len(words)):
        names = (" ".join(words[:cut]), " ".join(words[cut:]))
        if all(_maybe_state(name, given) for name in names):
            quoted = " ".join(f'"{name}"' if " " in name else name for name in names)
            return f"a name of several words stands in quotes: `comity brief {quoted}`"
    return ""


def _advice(store: Store, given: str) -> str:
    names: dict[str, str] = {}
    for kind, key, name in known_subjects(store):
        told = f"{name} ({key})" if kind in ("state", "organisation") else key  # three letters alone say little
        names |= {key.lower(): told, _key(name): told}
    near = [names[each] for each in difflib.get_close_matches(_key(given), names, n=NEAR, cutoff=0.6)]
    near = list(dict.fromkeys([*near, *bodies_sharing_a_word(store, given)]))[:NEAR]
    hint = f"nearest: {', '.join(near)}" if near else "`comity brief --list`"
    return f"{given!r} is no subject of a brief: give a state, two states, or another subject; {hint}"
