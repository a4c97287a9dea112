"""What the alliances between two states set up: institutions, contact, bases, command, aid.

ATOP codes the provisions of each phase of an alliance. A pair in a year has the deepest value among the phases of all
alliances to which both are party at the same time; null where they have none in force (`alliance_count` tells), and
where a phase is not coded that could be deeper. The codes are ordinal at best: do not average them.
"""

import numpy as np

from comity.panel.measure import Column, measure

_DEEPEST = """
    WITH phase AS (
        SELECT source, item AS agreement, part,
               max(content) FILTER (property = 'phase_start')::DATE AS start_date,
               max(content) FILTER (property = 'phase_end')::DATE AS end_date,
               max({value}) FILTER (property IN ({properties})) AS depth
        FROM core.property
        WHERE core_table = 'agreement' AND property IN ('phase_start', 'phase_end', {properties})
        GROUP BY ALL
    ), held AS (
        SELECT p.source, p.agreement, phase.part, p.party, phase.depth,
               greatest(p.start_date, phase.start_date) AS start_date,
               least(coalesce(p.end_date, p.known_until), coalesce(phase.end_date, p.known_until)) AS last_date
        FROM core.agreement_party p JOIN phase USING (source, agreement)
        WHERE p.party_kind = 'state' AND p.start_date IS NOT NULL AND phase.start_date IS NOT NULL
    ), joint AS (
        SELECT a.source, a.party AS state_a, b.party AS state_b, a.depth,
               year(greatest(a.start_date, b.start_date)) AS first_year,
               year(least(a.last_date, b.last_date)) AS last_year
        FROM held a JOIN held b USING (source, agreement, part)
        WHERE a.party < b.party AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
    ), listed AS (
        SELECT source, state_a, state_b, depth, unnest(range(first_year, last_year + 1)) AS year FROM joint
    )
    SELECT state_a, state_b, year, max(depth) AS value, source
    FROM listed
    GROUP BY source, state_a, state_b, year
    HAVING count(depth) = count(*) OR max(depth) = {deepest}
"""


def _deepest(deepest: int, *properties: str) -> str:
    """The deepest code of the properties, of which `deepest` is the highest there is."""
    named = ", ".join(f"'{name}'" for name in properties)
    return _DEEPEST.format(value="value", properties=named, deepest=deepest)


def _provided(name: str) -> str:
    """1 where a property has any code but 0, which says that the alliance does not provide for it."""
    return _DEEPEST.format(value="(value > 0)::INTEGER", properties=f"'{name}'", deepest=1)


@measure(unit="dyad_year", type="category", measured_in="0 low, 1 moderate, 2 high")
def alliance_military_institutionalization() -> str:
    """How far the alliances in force set up common military institutions: 0 low, 1 moderate, 2 high.

    The index of Leeds and Anac as ATOP publishes it (milinst). High are an integrated command, a common defense policy
    or provisions on bases; moderate are, for instance, military contact in peacetime, training, or stated
    contributions. Null where no alliance is in force or one that could be deeper is not coded.
    """
    return _deepest(2, "milinst")


@measure(unit="dyad_year", type="category", measured_in="0 low, 1 moderate, 2 high")
def alliance_formality() -> str:
    """How formal the alliances in force are: 0 low, 1 moderate, 2 high, the highest in a named organization.

    The index of Leeds and Anac as ATOP publishes it (formal). Null where no alliance is in force or one that could be
    more formal is not coded.
    """
    return _deepest(2, "formal")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 3")
def alliance_military_contact() -> str:
    """Contact between the militaries under the alliances in force: 0 none, 1 in war, 2 in peace, 3 a common policy.

    ATOP's milcon: official contact required only during hostilities, in peacetime too, or a common defense policy.
    Null where no alliance is in force or one that could be deeper is not coded.
    """
    return _deepest(3, "milcon")


@measure(unit="dyad_year", type="category", measured_in="class 0 to 3")
def alliance_organization_type() -> str:
    """The strongest organization the alliances in force create: 0 none, 1 meetings, 2 named, 3 a permanent one.

    ATOP's organ1 and organ2, the higher: 0 no organization, 1 regular meetings of officials, 2 a named organization, 3
    one that stands alone with a permanent staff. Null where no alliance is in force or one that could be stronger is
    not coded.
    """
    return _deepest(3, "organ1", "organ2")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_alliance_bases() -> str:
    """Whether an alliance in force provides for bases or the placing of troops (ATOP's base, any kind).

    Null where no alliance is in force or one that could provide for it is not coded.
    """
    return _provided("base")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_integrated_command() -> str:
    """Whether an alliance in force sets up an integrated military command (ATOP's intcom).

    Null where no alliance is in force or one that could provide for it is not coded.
    """
    return _provided("intcom")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_subordinated_forces() -> str:
    """Whether an alliance in force puts forces of one member under another's command (ATOP's subord, at any time).

    Null where no alliance is in force or one that could provide for it is not coded.
    """
    return _provided("subord")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_stated_contributions() -> str:
    """Whether an alliance in force states what its members contribute in forces, money or the like (ATOP's contrib).

    Null where no alliance is in force or one that could provide for it is not coded.
    """
    return _provided("contrib")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_alliance_military_aid() -> str:
    """Whether an alliance in force promises military aid, training or technology (ATOP's milaid, any kind).

    Null where no alliance is in force or one that could provide for it is not coded.
    """
    return _provided("milaid")


@measure(unit="dyad_year", type="flag", measured_in="0 or 1")
def has_wartime_alliance() -> str:
    """Whether an alliance in force was made in wartime (ATOP's wartime).

    Null where no alliance is in force.
    """
    return _provided("wartime")


@measure(
    unit="dyad_year",
    type="category",
    measured_in="depth 0 to 3",
    of=("alliance_count", "alliance_military_institutionalization"),
)
def alliance_depth(alliance_count: Column, alliance_military_institutionalization: Column) -> Column:
    """How deep the alliances in force go: 0 no alliance, 1 low, 2 moderate and 3 high military institutionalization.

    `alliance_military_institutionalization` with a step below it for pairs known to have no alliance, so that every
    pair has a value where alliances are covered. Ordered, but no scale.
    """
    return np.where(alliance_count == 0, 0.0, alliance_military_institutionalization + 1)
