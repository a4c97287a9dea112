"""What the tests of confidence-building draw from: activities in plain keys, over every word there is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from comity.cbm import Activity, check, load_regimes
from comity.cbm.asking import Surroundings
from comity.cbm.conditions import ready
from comity.cbm.proofing import conditions, nodes
from comity.cbm.vocabulary import vocabulary

WORDS = vocabulary()
STATES = (
    "POL",
    "DEU",
    "RUS",
    "BLR",
    "IND",
    "PAK",
    "CHN",
    "KOR",
    "PRK",
    "GRC",
    "TUR",
    "USA",
    "PHL",
    "KAZ",
    "BRA",
    "ROU",
)
KINDS = sorted(WORDS.activities)
# The ladders, numbers around every threshold of every rule, and both ends of what one may be.
LEVELS = [rung for rungs in WORDS.levels.values() for rung in rungs]


def thresholds():
    """Every number a rule compares each measure with."""
    found = {name: {0.0, 1e6} for name, measure in WORDS.measures.items() if measure.type == "number"}
    for held in load_regimes().rules.values():
        for _, condition in conditions(held.rule):
            for _, node in nodes(condition):
                if node.measure in found and isinstance(node.value, str) and node.value.replace(".", "").isdigit():
                    found[node.measure] |= {float(node.value) + step for step in (-1, 0, 1)}
    return {name: sorted(one for one in values if one >= 0) for name, values in found.items()}


THRESHOLDS = thresholds()


def values_of(name):
    """Every value worth trying for a measure."""
    kind = WORDS.measures[name].type
    if kind == "number":
        return THRESHOLDS[name]
    if kind == "flag":
        return [True, False]
    if kind == "level":
        return LEVELS
    return sorted(WORDS.choices[name]) if kind == "choice" else list(STATES)


measures = st.sampled_from(sorted(WORDS.measures)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(values_of(name)))
)
days = st.dates(date(1970, 1, 1), date(2035, 12, 31))


@st.composite
def activities(draw):
    """An activity in plain keys: a kind, states, perhaps a zone, perhaps dates, some measures."""
    raw = {"type": draw(st.sampled_from(KINDS))}
    if draw(st.booleans()):
        raw["host"] = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=2, unique=True))
    raw["parties"] = draw(
        st.lists(st.sampled_from(STATES), min_size=0 if "host" in raw else 1, max_size=3, unique=True)
    )
    if draw(st.booleans()):
        raw["zone"] = draw(st.sampled_from(sorted(WORDS.zones) + ["outside_" + zone for zone in sorted(WORDS.zones)]))
    raw |= dict(draw(st.lists(measures, max_size=8)))
    if raw["type"] == "straits_transit":
        raw.setdefault("flag", draw(st.sampled_from(STATES)))  # one that is not given may follow from the parties
    if draw(st.integers(0, 4)):
        raw["start"] = draw(days)
        if "duration_hours" not in raw and draw(st.booleans()):
            raw["end"] = raw["start"] + timedelta(days=draw(st.integers(0, 60)))
    return raw


def asked(raw, **options):
    """The rows of one activity, by rule."""
    return check(Activity.from_dict(raw), **options)[0].by_rule


def compiled(rule):
    """The condition of a rule, ready to be asked."""
    return ready(rule.when, Surroundings(load_regimes().rules, rule.zone, rule.ver)) if rule.when else None


def comparisons(rule, seen=()):
    """Every comparison a rule's answer hangs on, those of rules it refers to too, with whether it is turned."""
    for field, condition in conditions(rule):
        if not field.startswith(("scope", "when", "exempt")):
            continue
        for place, node in nodes(condition, field):
            turned = ".not" in place or field.startswith("exempt")
            if node.ref and node.ref not in seen:
                inner = load_regimes().rules[node.ref].rule
                yield from ((one, turned or other) for one, other in comparisons(inner, (*seen, node.ref)))
            elif node.measure:
                yield node, turned
