"""Statements and numbers about a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.brief.blocks import Figure, Sentence
from comity.brief.facts import Fact, sources_of
from comity.brief.fields import acts_of, counted_of, foremost, texts_of, topic_fields, who_is_in
from comity.brief.knowledge import titles
from comity.brief.ledger_words import entries_on, ledger_basis
from comity.brief.references import LEDGER
from comity.brief.region_judgements import total
from comity.brief.resting import COUNTED_ONCE, rests_on, stated
from comity.brief.subject import Subject
from comity.brief.wording import counted, listed, sentence_start, with_article, years_text


def sentences(subject: Subject) -> Iterator[Sentence]:
    """One statement for each field, then what is known of its effect."""
    for field in topic_fields(subject):
        found = _field(subject, field.name)
        if found is not None:
            yield found
    evidence = _evidence(subject)
    if evidence is not None:
        yield evidence


def figures(subject: Subject) -> Iterator[Figure]:
    """Engagements of the window in each field."""
    for field in topic_fields(subject):
        held = [fact for fact in acts_of(subject, field.name) if fact.year >= subject.window[0]]
        if held:
            count = total(held, "instrument")
            basis = rests_on(COUNTED_ONCE, held, count=count, years=list(subject.window))
            detail = f"engagements listed, {years_text(subject.window)}"
            yield Figure(count, field.name, detail, sources_of(held), basis)


def _field(subject: Subject, name: str) -> Sentence | None:
    """What is listed of late against the years before, the texts, and who is in it most."""
    last = subject.full_year
    acts, texts = acts_of(subject, name), texts_of(subject, name)
    late = [fact for fact in acts if last - 4 <= fact.year <= last]
    early = [fact for fact in acts if last - 9 <= fact.year < last - 4]
    within = counted_of(subject, name)
    held = list({id(fact): fact for fact in (*late, *early, *within)}.values())
    if not held:
        return None
    now, before = total(late, "instrument"), total(early, "instrument")
    text = (
        f"{sentence_start(name)}: {counted(now, 'engagement')} listed in {years_text((last - 4, last))} and {before} "
        f"in {years_text((last - 9, last - 5))} ({titles(subject, sources_of(held))}), and "
        f"{counted(len(texts), 'text')} in force, declared or signed when last checked{_days(texts)}"
    )
    who = who_is_in(within)
    if top := foremost(who):
        named = listed([f"{with_article(code)} ({who[code]})" for code in top])
        text += f"; in most acts of {years_text(subject.window)} and texts {'are' if len(top) > 1 else 'is'} {named}"
    values = {"late": now, "early": before, "texts": len(texts), "who": dict(who), "window": list(subject.window)}
    values["checked"] = [fact["known_until"].year for fact in texts]
    basis = rests_on(COUNTED_ONCE, held, **values, years=[last - 9, last - 5, last - 4, last])
    return stated(
        subject, f"{text}. Attention to the field grows too, and with it the lists.", basis, held, "engagement"
    )


def _days(texts: Sequence[Fact]) -> str:
    """Between which years some texts were last checked, in brackets."""
    years = [fact["known_until"].year for fact in texts]
    return f" ({years_text((min(years), max(years)))})" if years else ""


def _evidence(subject: Subject) -> Sentence | None:
    entries = tuple(each for each in entries_on(subject, ()) if each.topic != "overall")
    if not entries:
        return None
    told = "; ".join(f"“{each.wording.rstrip('.')}” is {each.word} ({each.number})" for each in entries[:3])
    because = "the verdicts are on claims about all such ties, not on these fields alone"
    changed = "more years of data, or a design that rules out what stands in doubt"
    text = f"Of its effect the ledger says: {told}."
    return Sentence(text, (LEDGER,), "low", because, changed, ledger_basis(entries))
