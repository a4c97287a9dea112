"""That hardly anything of a pair is listed, which may be all there is to say of it; and what lists can know of that."""

from __future__ import annotations

from datetime import date

from comity.brief.basis import Basis, joined
from comity.brief.blocks import Sentence
from comity.brief.facts import Fact, agreements, channels, engagements, incidents, sources_of
from comity.brief.knowledge import coverage_basis, declared_years, is_complete, statements
from comity.brief.quarrels import disputes
from comity.brief.resting import rests_on
from comity.brief.subject import Subject
from comity.brief.wording import counted, day_text, listed

FEW = 2  # engagements in all the years looked back on, up to which hardly anything is listed
_DONE = ("exercise", "visit")  # kinds of which a list says that it tells what states do together
_PLURALS = {
    "exercise": "exercises",
    "agreement": "agreements of two states",
    "alliance": "alliances",
    "dispute": "disputes",
}
_STATED_AS = {"agreement": ("agreement", "alliance"), "dispute": ("dispute",)}


def little_sentence(subject: Subject) -> Sentence | None:
    """That nothing, or hardly anything, is listed that the two did together, and what else is not listed of them.

    None where more is, or where no list tells of the years before the day.
    """
    reach = date(subject.as_of.year - subject.reach + 1, 1, 1)
    starts = [known.start for kind in _DONE for _, known in statements(subject, kind) if known.start <= subject.as_of]
    done = engagements(subject, reach)
    if not starts or len(done) > FEW:
        return None
    since = max(reach, min(starts)).year
    missing = _missing(subject)
    kinds = ("exercise", *(kind for each in missing for kind in _STATED_AS.get(each, ())))
    text = f"{_done_text(done, since)}{_none_text(missing)}. {_known_text(subject, kinds)}"
    bases = [rests_on("Engagements of both.", done, count=len(done), since=since), _ends_basis(subject, kinds)]
    bases += [coverage_basis(subject, kind) for kind in kinds]
    cites = sorted({*sources_of(done), *(source for kind in kinds for source, _ in statements(subject, kind))})
    because = "what no list holds may still have happened after the years for which lists are complete, or beside them"
    return Sentence(
        text, tuple(cites), "moderate", because, "an engagement that these lists leave out", joined(tuple(bases))
    )


def _done_text(done: list[Fact], since: int) -> str:
    if not done:
        return f"No exercise, visit, dialogue or other engagement of both is listed since {since}"
    last = day_text(done[0]["start_date"], done[0]["start_precision"])
    if len(done) == 1:
        return f"Of what both did since {since} a single engagement is listed, of {last}"
    return f"Of what both did since {since} only {counted(len(done), 'engagement')} are listed, the last of {last}"


def _missing(subject: Subject) -> list[str]:
    """Of what else nothing at all is listed; where a list denies disputes of the day, that is told apart."""
    looked_at = {"agreement": agreements, "channel": channels, "dispute": disputes, "incident": incidents}
    told_apart = {"dispute"} if is_complete(subject, "dispute") else set()
    missing = [kind for kind, found in looked_at.items() if kind not in told_apart and not found(subject)]
    return missing if len(missing) > 1 else []  # where nearly all else is listed, that is told instead


def _none_text(missing: list[str]) -> str:
    words = {"agreement": "agreement in force", "channel": "channel", "dispute": "dispute", "incident": "incident"}
    *first, last = [f"no {words[kind]}" for kind in missing] or [""]
    return f"; between them {', '.join(first)}{' and ' if first else ''}{last} is listed" if last else ""


def _known_text(subject: Subject, kinds: tuple[str, ...]) -> str:
    """To which year lists hold themselves complete of what is not listed; unknown is not none."""
    by_year: dict[int, list[str]] = {}
    for kind, last in _ends(subject, kinds).items():
        by_year.setdefault(last, []).append(_PLURALS[kind])
    if not by_year:
        return "No list is complete of them: what is not listed may still have happened."
    day = subject.as_of.year
    told = [
        f"of {listed(plurals)} to {'the day of this brief' if last == day else last}"
        for last, plurals in sorted(by_year.items())
    ]
    later = "of all else" if set(by_year) == {day} else "later, and of all else"
    return f"Lists hold themselves complete {listed(told)}; {later}, what is not listed may still have happened."


def _ends(subject: Subject, kinds: tuple[str, ...]) -> dict[str, int]:
    """The last year for which a list holds itself complete of each kind, where there is one."""
    years = {kind: [year for year in declared_years(subject, kind) if year <= subject.as_of.year] for kind in kinds}
    return {kind: max(held) for kind, held in years.items() if held}


def _ends_basis(subject: Subject, kinds: tuple[str, ...]) -> Basis:
    return Basis("The last year for which a list is complete.", values=tuple(_ends(subject, kinds).items()))
