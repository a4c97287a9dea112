"""Arms that one state delivers to another, or is asked for."""

from comity.panel.measure import measure

# In one order, so that the same rows always make the same sum.
_VOLUME = "sum(delivered_tiv ORDER BY delivered_tiv)"

_DELIVERED = """
    SELECT from_state, to_state, delivery_year AS year, {value} AS value, source
    FROM core.arms_delivery
    WHERE delivery_year IS NOT NULL AND from_state IS NOT NULL AND to_state IS NOT NULL
    GROUP BY ALL
"""

_OF_ONE_STATE = """
    SELECT {side}_state AS state, delivery_year AS year, {value} AS value, source
    FROM core.arms_delivery
    WHERE delivery_year IS NOT NULL AND {side}_state IS NOT NULL
    GROUP BY ALL
"""


@measure(unit="dyad_year", type="count", measured_in="arms", kind="arms_transfer", is_directed=True)
def arms_delivery_count() -> str:
    """Number of major conventional arms the first state delivers to the second in the year, whatever their kind.

    A missile counts as much as a ship; `arms_delivery_tiv` weighs them. The years of a deal of several years share its
    arms evenly, so a value of one year is an estimate. Small arms and most ammunition are in no count.
    """
    return _DELIVERED.format(value="sum(delivered_count)::BIGINT")


@measure(unit="dyad_year", type="number", measured_in="million TIV", kind="arms_transfer", is_directed=True)
def arms_delivery_tiv() -> str:
    """Volume of the major conventional arms the first state delivers to the second in the year, in million TIV.

    Trend-indicator values measure military worth; they are neither prices nor money. A pair with no delivery listed has
    a volume of 0, because the register of transfers is complete for what it counts. The years of a deal share it
    evenly.
    """
    return _DELIVERED.format(value=_VOLUME)


@measure(unit="dyad_year", type="count", measured_in="deals", kind="arms_transfer", is_directed=True)
def arms_order_count() -> str:
    """Number of deals for major conventional arms that the second state orders from the first in the year.

    A deal is one kind of arms, whatever their number. States are named as they were at delivery, so a deal that a state
    made before it became another one, as West Germany did, stands under the later state and is not counted before it.
    """
    return r"""
        SELECT from_state, to_state, order_year AS year, source,
               count(DISTINCT regexp_replace(delivery, '/[^/]*$', '')) AS value
        FROM core.arms_delivery
        WHERE order_year IS NOT NULL AND from_state IS NOT NULL AND to_state IS NOT NULL
        GROUP BY ALL
    """


@measure(unit="state_year", type="number", measured_in="million TIV", kind="arms_transfer")
def arms_import_tiv() -> str:
    """Volume of the major conventional arms delivered to the state in the year, in million TIV.

    From everybody: states, organisations, armed groups and suppliers who are not known. See `arms_delivery_tiv`.
    """
    return _OF_ONE_STATE.format(side="to", value=_VOLUME)


@measure(unit="state_year", type="number", measured_in="million TIV", kind="arms_transfer")
def arms_export_tiv() -> str:
    """Volume of the major conventional arms the state delivered in the year, in million TIV.

    To everybody: states, organisations, armed groups and recipients who are not known. See `arms_delivery_tiv`.
    """
    return _OF_ONE_STATE.format(side="from", value=_VOLUME)


@measure(unit="state_year", type="count", measured_in="states", kind="arms_transfer")
def arms_supplier_count() -> str:
    """Number of states that delivered major conventional arms to the state in the year."""
    return _OF_ONE_STATE.format(side="to", value="count(DISTINCT from_state)")


@measure(unit="state_year", type="count", measured_in="states", kind="arms_transfer")
def arms_recipient_count() -> str:
    """Number of states to which the state delivered major conventional arms in the year."""
    return _OF_ONE_STATE.format(side="from", value="count(DISTINCT to_state)")
