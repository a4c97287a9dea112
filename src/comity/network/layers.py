"""The layers: each is one function that says from which measures of pairs its ties are made.

A layer is asked for each pair and year; `of` gives a measure's column, the two directions added where it has any.
It answers with a weight of each row: 0 no tie, NaN unknown. A docstring says what a tie means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.errors import UnknownWord
from comity.panel.measure import Column

Of = Callable[[str], Column]
Weigh = Callable[[Of], Column]
LEAST_TROOPS = 100  # fewer are attachés and guards, who stand nearly everywhere


@dataclass(frozen=True)
class LayerKind:
    """What is asked for by the name of a layer."""

    name: str
    weigh: Weigh
    sign: int
    is_counted: bool
    is_hindsight: bool
    means: str


KINDS: dict[str, LayerKind] = {}


def layer(*, sign: int = 1, is_counted: bool = False, is_hindsight: bool = False) -> Callable[[Weigh], Weigh]:
    """Make a function a layer: `sign` -1 divides; counted ties are added over a window, others hold or do not."""

    def made(weigh: Weigh) -> Weigh:
        means = " ".join((weigh.__doc__ or "").split())
        KINDS[weigh.__name__] = LayerKind(weigh.__name__, weigh, sign, is_counted, is_hindsight, means)
        return weigh

    return made


def layer_kind(name: str) -> LayerKind:
    """The layer of a name; UnknownWord names the layers there are."""
    if name not in KINDS:
        raise UnknownWord(f"{name!r} is no layer; layers are {', '.join(KINDS)}")
    return KINDS[name]


def known_best(*columns: Column) -> Column:
    """The highest of several lists of the same ties: one list that knows a tie decides; else 0 where one knows.

    >>> known_best(np.array([0.0, np.nan, np.nan]), np.array([np.nan, 1.0, np.nan])).tolist()
    [0.0, 1.0, nan]
    """
    best: Column = np.fmax.reduce(columns)
    return best


@layer()
def alliance(of: Of) -> Column:
    """Either state owes the other something under an alliance: to defend, join, stay neutral, not attack or consult."""
    return known_best(of("has_alliance"), np.minimum(of("alliance_count"), 1.0))


@layer()
def defense(of: Of) -> Column:
    """An alliance obliges one of the two states to defend the other."""
    return of("is_defense_ally")


@layer()
def offense(of: Of) -> Column:
    """An alliance obliges one of the two states to join the other's attack."""
    return of("is_offense_ally")


@layer()
def neutrality(of: Of) -> Column:
    """An alliance obliges one of the two states to stay neutral to the other."""
    return of("is_neutrality_ally")


@layer()
def nonaggression(of: Of) -> Column:
    """An alliance obliges one of the two states not to attack the other."""
    return of("is_nonaggression_ally")


@layer()
def consultation(of: Of) -> Column:
    """An alliance obliges one of the two states to consult the other."""
    return of("is_consultation_ally")


@layer()
def agreement(of: Of) -> Column:
    """A text on defense that is no alliance stands between the two, or was signed since a list of them begins."""
    return known_best(of("standing_agreement_count"), of("agreement_stock"))


@layer()
def information_sharing(of: Of) -> Column:
    """An agreement or a standing program to share or secure information names both states."""
    return known_best(of("standing_information_agreement_count"), of("information_sharing_programme_count"))


@layer()
def access(of: Of) -> Column:
    """An agreement on access, basing, logistics or the status of forces stands between the two states."""
    return of("standing_access_agreement_count")


@layer(is_counted=True)
def exercise(of: Of) -> Column:
    """Both states took part in a military exercise that began in the year; the weight counts them."""
    return of("exercise_count")


@layer(is_counted=True)
def operation(of: Of) -> Column:
    """Both states took part in an operation that began in the year; the weight counts them."""
    return of("operation_count")


@layer(is_counted=True)
def visit(of: Of) -> Column:
    """A leader, minister or chief of one state visited the other, either way; the weight counts the visits."""
    return of("visit_count")


@layer(is_counted=True)
def dialogue(of: Of) -> Column:
    """Both states took part in a dialogue on defense that began in the year; the weight counts them."""
    return of("dialogue_count")


@layer(is_counted=True)
def arms(of: Of) -> Column:
    """One state delivered major conventional arms to the other, either way; the weight counts the deals delivered."""
    return of("arms_delivery_count")


@layer(is_counted=True)
def training(of: Of) -> Column:
    """One state trained people of the other, or a standing program does; the weight counts courses and programs."""
    return known_best(of("training_course_count"), of("training_programme_count"))


@layer()
def presence(of: Of) -> Column:
    """Forces, a base or at least 100 troops of one state stand in the other, either way."""
    troops = of("troop_count")
    many = np.where(np.isnan(troops), np.nan, troops >= LEAST_TROOPS)
    return known_best(of("has_forces_abroad"), of("has_base"), many)


@layer(is_counted=True)
def peacekeeping(of: Of) -> Column:
    """Troops of both states served in the same peace mission; the weight counts the missions."""
    return of("shared_mission_count")


@layer()
def organisation(of: Of) -> Column:
    """Both states are members of an intergovernmental organization; the weight counts these."""
    return of("shared_organisation_count")


@layer()
def channel(of: Of) -> Column:
    """A line, mechanism or code for a crisis is open to both states; the weight counts them."""
    return of("channel_count")


@layer(sign=-1)
def dispute(of: Of) -> Column:
    """A militarized dispute between the two states was under way (Gibler, Miller and Little)."""
    return of("dispute_ongoing")


@layer(sign=-1, is_counted=True)
def incident(of: Of) -> Column:
    """One state acted against the other in a listed incident that began in the year; the weight counts them."""
    return of("incident_count")


@layer(sign=-1, is_hindsight=True)
def rivalry(of: Of) -> Column:
    """The two states were strategic rivals, as historians see it afterwards."""
    return of("is_strategic_rivalry")
