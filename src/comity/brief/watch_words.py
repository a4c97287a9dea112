"""How a watch list words chances, changes and what they rest on."""

from __future__ import annotations

import math

from comity.forecast.explain import Driver
from comity.forecast.watch import Pair, Watch
from comity.vocab.states import state

EVENTS = {
    "mid": "a new militarized dispute",
    "force": "a new dispute in which force is used",
    "fatal": "a new dispute that costs a life",
    "crisis": "a new international crisis",
    "conflict": "a new armed conflict between two states",
    "internationalized": "a new armed conflict between two states, or of one's troops in the other's civil war",
}
GROUPS = {
    "history": "their own past",
    "neighborhood": "disputes around them",
    "inner_conflict": "conflict within the states",
    "structure": "where they lie",
    "capability": "power and size",
    "regime": "how they are ruled",
    "others": "wars and crises of the two with others",
    "alliance": "alliances",
    "network": "place among alliances",
    "votes": "votes in the UN",
    "trade": "trade",
    "organization": "shared organizations",
    "exercise": "exercises",
    "agreement": "defense agreements",
    "arms": "arms transfers",
    "visit": "visits",
    "presence": "forces abroad",
    "rivalry": "rivalries",
    "claims": "claims to territory",
    "ongoing": "a dispute over the turn of the year",
    "level": "what came of earlier lists",
}
_INPUTS = {
    "level": "what came of earlier lists",
    "since_met": "years since they last faced each other",
    "since_onset": "years since something new began",
    "met_last_year": "faced each other in the last year known",
    "onset_last_year": "something new began in the last year known",
    "met_in_decade": "faced each other within ten years",
    "past_onsets": "how often something began",
    "land_border": "land border",
    "near_by_sea": "near by sea",
    "closeness": "closeness of borders",
    "distance": "distance of capitals",
    "border_distance": "distance of borders",
    "majors": "major powers among them",
    "both_major": "both major powers",
    "years_together": "years as states side by side",
    "younger": "age of the younger state",
    "older": "age of the older state",
    "world": "disputes in the world",
    "common_opponents": "common opponents",
    "vote_gap": "distance in UN votes",
    "vote_agreement": "agreement in UN votes",
    "is_defense_ally": "defense pact",
    "has_alliance": "alliance",
    "troops": "troops of one in the other",
}
_STEMS = {
    "onset": "new disputes or conflicts",
    "force": "uses of force",
    "fatal": "deadly disputes",
    "met": "years of facing each other",
    "others_onset": "what they began with others",
    "others_force": "force they used on others",
    "opponents": "opponents",
    "is_contiguous_activity": "disputes of their neighbors",
    "is_contiguous_against": "neighbors of one against the other",
    "is_contiguous_among": "disputes among their neighbors",
    "has_alliance_activity": "disputes of their allies",
    "has_alliance_against": "allies of one against the other",
    "has_alliance_among": "disputes among their allies",
    "inner": "conflict within, last year",
    "inner_of_late": "conflict within, of late",
    "inner_near": "conflict within neighbors",
}
LISTS = {"gml_mid": "disputes by Gibler and others", "icb": "crises", "ucdp_acd": "armed conflicts"}
SCORES = {
    "average": "this list",
    "base_rate": "the same chance for all",
    "peace_years": "years of peace alone",
    "decayed_history": "own past alone",
}


def event(watch: Watch) -> str:
    """What a list warns of."""
    return EVENTS.get(watch.target, watch.means)


def one_in(chance: float) -> str:
    """A chance as `1 in N`, N rounded to two digits.

    >>> one_in(0.27), one_in(0.0398), one_in(0.00042), one_in(0.7)
    ('1 in 3.7', '1 in 25', '1 in 2,400', '1 in 1.4')
    """
    if chance <= 0:
        return "none"
    count = 1 / chance
    if count < 10:
        return f"1 in {count:.1f}"
    digits = math.floor(math.log10(count)) - 1
    return f"1 in {round(count / 10**digits) * 10**digits:,}"


def percent(chance: float) -> str:
    """A chance in percent, two digits where it is small.

    >>> percent(0.27), percent(0.0398), percent(0.00042), percent(0.00004)
    ('27 %', '4.0 %', '0.042 %', '<0.01 %')
    """
    share = chance * 100
    if share < 0.01:
        return "<0.01 %"
    return f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %" if share >= 0.995 else f"{share:.2g} %"


def span(low: float, high: float) -> str:
    """A range of chances in percent.

    >>> span(0.0085, 0.055)
    '0.85–5.5 %'
    """
    return f"{percent(low)[:-2]}–{percent(high)}"


def names(one: str, other: str) -> str:
    """Two states by name."""
    return f"{state(one).name} – {state(other).name}"


def input_words(name: str) -> str:
    """An input of a forecast in words; one that has none of its own keeps its name.

    >>> input_words("since_met"), input_words("onset_8_fade")
    ('years since they last faced each other', 'new disputes or conflicts, fading by half in 8 years')
    """
    for source, what in LISTS.items():
        if name.startswith(f"{source}_"):
            return f"{what}: {input_words(name.removeprefix(f'{source}_'))}"
    if name in _INPUTS:
        return _INPUTS[name]
    stem, side = name, ""
    for ending, words in (("_low", ", the lower of the two"), ("_high", ", the higher of the two")):
        if name.endswith(ending):
            stem, side = name.removesuffix(ending), words
    parts = stem.removesuffix("_fade").rsplit("_", 1)
    if len(parts) == 2 and parts[1].isdigit() and parts[0] in _STEMS:
        return f"{_STEMS[parts[0]]}, fading by half in {parts[1]} {'year' if parts[1] == '1' else 'years'}{side}"
    return _STEMS.get(stem, stem.replace("_", " ")) + side


def driver_words(driver: Driver, *, is_group: bool = False) -> str:
    """What an input, or a group of them, does to the odds; both ways where the two models lead apart.

    >>> driver_words(Driver("since_met", "history", 0.0, 0.8, 0.4))
    'years since they last faced each other ×1.8'
    """
    name = group_words(driver.name) if is_group else input_words(driver.name)
    unknown = " (unknown)" if driver.value is None else ""
    if driver.agrees:
        return f"{name}{unknown} {times(driver.added)}"
    return f"{name}{unknown} {times(driver.logit)} or {times(driver.trees)}: the models disagree"


def group_words(name: str) -> str:
    """A group of inputs in words.

    >>> group_words("history"), group_words("history_icb")
    ('their own past', 'past crises')
    """
    source = name.removeprefix("history_")
    return f"past {LISTS.get(source, source)}" if source != name else GROUPS.get(name, name.replace("_", " "))


def times(added: float) -> str:
    """Added log odds as a factor of the odds.

    >>> times(0.6931), times(-1.0), times(3.2)
    ('×2.0', '×0.37', '×25')
    """
    factor = math.exp(added)
    return f"×{factor:.0f}" if factor >= 10 else f"×{factor:.1f}" if factor >= 1 else f"×{factor:.2f}"


def changed(chance: float, before: float | None) -> str:
    """The change since the list of the year before, as a factor; a pair that was not on it is new.

    >>> changed(0.04, 0.02), changed(0.01, 0.0103), changed(0.01, None)
    ('up ×2.0', 'as before', 'new')
    """
    if before is None:
        return "new"
    factor = chance / before
    if 1 / 1.1 < factor < 1.1:
        return "as before"
    return f"{'up' if factor > 1 else 'down'} {times(math.log(factor))}"


def change_words(watch: Watch, pair: Pair) -> str:
    """The change of a pair since the list before, with which list that is."""
    change = changed(pair.chance, pair.before)
    link = {"new": "not on", "as before": "as on"}.get(change, f"{change} since")
    return f"{link} the list for {watch.period_before}"


def hits_words(watch: Watch, count: int) -> str:
    """How many of the pairs that earlier lists put first the event came to, and what they missed."""
    if not watch.tried:
        return "No earlier list was made in the same way, so nothing is said of how good this one is."
    held = watch.hits(count)
    first, last = watch.tried[0].period, watch.tried[-1].period
    lists = (
        f"The {len(watch.tried)} lists made the same way for months from"
        if watch.month
        else "Lists made the same way for"
    )
    missed = held["onsets"] - held["hits"]
    ahead = f", looking {watch.reach} ahead as this one does" if watch.late else ""
    return (
        f"{lists} {first} to {last}{ahead}: of the {count} pairs that each put first, "
        f"{held['hits']} of {held['named']:,} had {event(watch)}. {held['onsets']} came in all, so {missed} were "
        f"missed; {sum(each.expected for each in watch.tried):.1f} were expected."
    )
