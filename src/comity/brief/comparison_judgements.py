"""Statements and numbers about two outside powers in a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from comity.brief.access_changes import changes
from comity.brief.blocks import Figure, Sentence
from comity.brief.facts import Fact, sources_of
from comity.brief.leading import leaders
from comity.brief.region_judgements import total
from comity.brief.resting import COUNTED_ONCE, from_rows, rests_on, stated
from comity.brief.sides import (
    ACCESS,
    ARMS_YEARS,
    acts_with,
    arms,
    arms_share,
    changes_in_window,
    changes_of,
    checked_year,
    deepest_text,
    forces_of,
    incidents_with,
    listed_sites_of,
    partners_of,
    running,
    texts_with,
)
from comity.brief.sites import last_edited
from comity.brief.subject import Subject
from comity.brief.wording import counted, listed, said, unique, with_article, years_text
from comity.vocab.states import state

MOST = 6
MOST_NAMED = 8  # states that a sentence names


def sentences(subject: Subject) -> Iterator[Sentence]:
    """Up to six statements, each only where the store bears it; who has forces there comes first."""
    told = (statement(subject) for statement in (_forces, _acts, _depth, _access, _dependence, _friction, _trend))
    yield from islice((found for found in told if found is not None), MOST)


def figures(subject: Subject) -> Iterator[Figure]:
    """Engagements and partners of each."""
    for power in subject.states:
        acts = acts_with(subject, power)
        if acts:
            count, partners = total(acts, "instrument"), partners_of(subject, power)
            basis = rests_on(COUNTED_ONCE, acts, count=count, partners=len(partners), years=list(subject.window))
            detail = f"engagements listed with {len(partners)} states, {years_text(subject.window)}"
            yield Figure(count, state(power).name, detail, sources_of(acts), basis)


def _each(subject: Subject) -> tuple[tuple[str, str], tuple[str, str]]:
    one, two = subject.states
    return (one, with_article(one)), (two, with_article(two))


def _forces(subject: Subject) -> Sentence | None:
    """In how many states forces or bases of each are listed as standing, in which, and when they were last checked."""
    facts = [fact for power in subject.states for fact in forces_of(subject, power)]
    if not facts:
        return None
    told, held = [], dict[str, dict[str, int | None]]()
    for power, name in _each(subject):
        found: dict[str, list[Fact]] = {}
        for fact in forces_of(subject, power):
            found.setdefault(fact["to_state"], []).append(fact)
        years = {code: checked_year(subject, places) for code, places in found.items()}
        named = [f"{with_article(code)}{f' ({year})' if year else ''}" for code, year in years.items()]
        left = len(named) - MOST_NAMED
        most = [*named[:MOST_NAMED], *([f"{left} more"] if left > 0 else [])]
        told.append(
            f"{name} are listed as standing in {f'{len(named)} of them: {listed(most)}' if named else 'none of them'}"
        )
        held[power] = years
    is_old = any(year for years in held.values() for year in years.values())
    checked = "; the year in brackets is that of the last check" if is_old else ""
    more = _more_states(subject)
    undated, counted_sites = _of_undated_list(subject, more)
    text = f"Forces or bases of {told[0]}; those of {told[1]}{checked}.{undated}"
    facts += counted_sites
    counts = {f"states {power}": len(years) for power, years in held.items()}
    left_out = {f"left {power}": max(0, len(years) - MOST_NAMED) for power, years in held.items()}
    how = "Places where forces of each stand in states of the region, the states with the most people first."
    basis = rests_on(how, facts, forces=held, **counts, **left_out, **more)
    return stated(subject, text, basis, facts, "presence")


def _more_states(subject: Subject) -> dict[str, int]:
    """In how many states only a list without days names places of each."""
    held = {}
    for power in subject.states:
        standing = {fact["to_state"] for fact in forces_of(subject, power)}
        held[f"listed {power}"] = len({fact["to_state"] for fact in listed_sites_of(subject, power)} - standing)
    return held


def _of_undated_list(subject: Subject, more: dict[str, int]) -> tuple[str, list[Fact]]:
    """What a list without days adds, as a sentence, with the places it names; nobody says that these stand."""
    facts = [fact for power in subject.states for fact in listed_sites_of(subject, power) if more[f"listed {power}"]]
    if not facts:
        return "", []
    told = [f"of {name} in {more[key]} more" for power, name in _each(subject) if more[key := f"listed {power}"]]
    edited = last_edited(facts)
    return (
        f" A list without days, last edited in {edited}, names sites {listed(told)}; whether they stand is not known.",
        facts,
    )


def _acts(subject: Subject) -> Sentence | None:
    """How much each is listed with states of the region, with how many, and with whom most."""
    told: list[str] = []
    facts: dict[int, Fact] = {}
    values: dict[str, object] = {}
    for power, name in _each(subject):
        acts = acts_with(subject, power)
        if not acts:
            continue
        facts |= {id(fact): fact for fact in acts}
        partners = partners_of(subject, power)
        count = total(acts, "instrument")
        top = [f"{with_article(code)} ({partners[code]})" for code in leaders(partners, 2)]
        most = f", most with {listed(top)}" if top else ""
        told.append(f"{name} {counted(count, 'engagement')} with {len(partners)} of them{most}")
        values |= {f"count {power}": count, f"partners {power}": dict(partners), f"states {power}": len(partners)}
    if len(told) < 2:
        return None
    around = len(subject.partners)
    text = f"For {years_text(subject.window)} and {around} states lists give {told[0]}, and {told[1]}."
    basis = rests_on(COUNTED_ONCE, facts.values(), **values, around=around, window=list(subject.window))
    return stated(subject, text, basis, list(facts.values()), "engagement")


def _trend(subject: Subject) -> Sentence | None:
    last = subject.full_year
    told: list[str] = []
    facts: dict[int, Fact] = {}
    values: dict[str, object] = {"years": [last - 9, last - 5, last - 4, last]}
    for power, name in _each(subject):
        acts = running(subject, acts_with(subject, power), last - 9, last)
        late = total(running(subject, acts, last - 4, last), "instrument")
        early = total(running(subject, acts, last - 9, last - 5), "instrument")
        facts |= {id(fact): fact for fact in acts}
        told.append(f"of {name} {early} and {late}")
        values |= {f"late {power}": late, f"early {power}": early}
    if not facts or subject.window[0] > last - 9:
        return None
    text = (
        f"In {years_text((last - 9, last - 5))} and {years_text((last - 4, last))} lists give {told[0]} engagements, "
        f"{told[1]}; the lists grow fuller, and not alike for both, so that the difference alone shows no trend."
    )
    return stated(subject, text, rests_on(COUNTED_ONCE, facts.values(), **values), list(facts.values()), "engagement")


def _depth(subject: Subject) -> Sentence | None:
    """With how many states each has a tie as deep as access or alliance, and when its text was last checked."""
    facts = [fact for power in subject.states for fact in texts_with(subject, power)]
    if not facts:
        return None
    told, deep = [], dict[str, dict[str, int | None]]()
    for power, name in _each(subject):
        found = {code: deepest_text(subject, power, code) for code in subject.partners}
        years = {code: checked_year(subject, texts) for code, (rung, texts) in found.items() if rung >= ACCESS}
        named = [f"{with_article(code)}{f' ({year})' if year else ''}" for code, year in years.items()]
        told.append(f"{name} has one with {listed(named) if named else 'none of them'}")
        deep[power] = years
    is_old = any(year for years in deep.values() for year in years.values())
    text = (
        "Of texts on alliance, access or visiting forces in force"
        f"{' when last checked, in the year in brackets' if is_old else ''}, {told[0]}; {told[1]}."
    )
    basis = rests_on("Texts in force of each with states of the region.", facts, deep=deep)
    return stated(subject, text, basis, facts, "agreement")


def _access(subject: Subject) -> Sentence | None:
    """Who refused, took away or gave back whose access, and when."""
    _, query = changes(subject)
    rows = changes_in_window(subject)
    if not rows:
        return None
    told: list[str] = []
    values: dict[str, object] = {"window": list(subject.window)}
    for power, name in _each(subject):
        taken, given = changes_of(subject, power), changes_of(subject, power, back=True)
        done, undone = changes_of(subject, power, by_it=True), changes_of(subject, power, by_it=True, back=True)
        parts = [
            *([f"{_who(subject, taken)} {_done(taken)} access of {name}"] if taken else []),
            *([f"{_who(subject, given)} gave {name} some back"] if given else []),
            *([f"{name} {_done(done)} that of {_whose(subject, done)}"] if done else []),
            *([f"{name} gave some back to {_whose(subject, undone)}"] if undone else []),
        ]
        told += parts or [f"none is of {name}"]
        values |= {f"changes {power}": len(taken) + len(given) + len(done) + len(undone)}
        values |= {f"years {power}": sorted({row["date"].year for row in (*taken, *given, *done, *undone)})}
    text = f"Of the changes of access listed for {years_text(subject.window)}, {'; '.join(told)}."
    basis = from_rows("Changes of access of each with states of the region.", rows, query, **values)
    because = "what is listed has evidence, and no list of such changes leaves nothing out"
    cites = tuple(sorted({row["source"] for row in rows}))
    return Sentence(text, cites, "moderate", because, "reports of changes that no list names", basis)


def _done(rows: Sequence[dict[str, Any]]) -> str:
    """What became of the access in some changes, each word once."""
    words = unique(said(row["change_kind"]) for row in rows)
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _who(subject: Subject, rows: Sequence[dict[str, Any]]) -> str:
    """The states of the region that did something, each with its years."""
    return _with_years(((row["by_party"], row["date"].year) for row in rows), subject)


def _whose(subject: Subject, rows: Sequence[dict[str, Any]]) -> str:
    """The states of the region to which something was done, each with its years."""
    return _with_years(((code, row["date"].year) for row in rows for code in row["of_parties"]), subject)


def _with_years(told: Iterable[tuple[str, int]], subject: Subject) -> str:
    years: dict[str, set[int]] = {}
    for code, year in told:
        if code in subject.partners:
            years.setdefault(code, set()).add(year)
    return listed([f"{with_article(code)} ({listed([str(year) for year in sorted(held)])})"
                   for code, held in years.items()])  # fmt: skip


def _dependence(subject: Subject) -> Sentence | None:
    """Who depends on whom for arms: the share of each in what was delivered, and where it is half or more."""
    rows, query = arms(subject)
    shares = {power: arms_share(subject, power) for power in subject.states}
    if any(share is None for share in shares.values()):
        return None
    told = []
    values: dict[str, object] = {"last": subject.full_year, "years": ARMS_YEARS}
    for power, name in _each(subject):
        half = [code for code in subject.partners if (arms_share(subject, power, code) or 0) >= 0.5]
        most = f", half or more for {listed([with_article(code) for code in half])}" if half else ""
        told.append(f"{shares[power]:.0%} came from {name}{most}")
        values[f"share {power}"] = shares[power]
    first = subject.full_year - ARMS_YEARS + 1
    span = years_text((first, subject.full_year))
    text = f"Of the major arms delivered to them in {span}, by TIV, {told[0]}; {told[1]}."
    basis = from_rows("Deliveries by supplier and recipient, added up.", rows, query, **values, first=first)
    cites = tuple(sorted({row["source"] for row in rows}))
    because = "the register of arms transfers holds itself complete for major arms"
    return Sentence(text, cites, "high", because, "deliveries not yet in that register", basis)


def _friction(subject: Subject) -> Sentence | None:
    told = []
    facts: list[Fact] = []
    values: dict[str, object] = {"window": list(subject.window)}
    for power, name in _each(subject):
        acts = incidents_with(subject, power)
        facts += acts
        told.append(f"{name} in {len(acts) or 'none'}")
        values[f"incidents {power}"] = len(acts)
    if not facts:
        return None
    text = (
        f"Of the incidents listed for {years_text(subject.window)}, a state of the region stood against {told[0]}, and "
        f"against {told[1]}."
    )
    unique = list({id(fact): fact for fact in facts}.values())
    how = "Incidents with one of the two on a side and a state of the region on the other."
    basis = rests_on(how, unique, **values)
    return stated(subject, text, basis, unique, "incident")
