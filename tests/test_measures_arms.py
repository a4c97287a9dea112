"""Arms between two states, and of one state with everybody, against plain loops."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.panel import panel
from comity.panel.measures.arms import (
    arms_delivery_count,
    arms_delivery_tiv,
    arms_export_tiv,
    arms_import_tiv,
    arms_order_count,
    arms_recipient_count,
    arms_supplier_count,
)
from comity.store import open_store
from comity.vocab.coverage import Coverage
from engagement_samples import told
from panel_samples import Sample
from strategies import write_sources

few = settings(max_examples=20)  # each makes a whole store
parties = st.sampled_from((("state", "FRA"), ("state", "IND"), ("state", "USA"), ("unknown", "unknown")))


@st.composite
def deliveries(draw):
    """Deals, each with a delivery in some years, or with none."""
    rows = []
    for number in range(draw(st.integers(0, 6))):
        (from_kind, giver), (to_kind, taker) = draw(st.lists(parties, min_size=2, max_size=2, unique=True))
        order_year = draw(st.integers(2000, 2001))
        # A weapon's name may hold a stroke of its own.
        deal = f"{taker}/{giver}/{order_year}/gun M/{number}/1"
        for year in draw(st.sets(st.integers(2000, 2002))) or {None}:
            rows.append(
                {
                    "delivery": f"{deal}/{year or 'undelivered'}",
                    "from_kind": from_kind,
                    "from_party": giver,
                    "from_state": giver if from_kind == "state" else None,
                    "to_kind": to_kind,
                    "to_party": taker,
                    "to_state": taker if to_kind == "state" else None,
                    "weapon": "gun",
                    "order_year": order_year,
                    "delivery_year": year,
                    "delivered_count": draw(st.integers(1, 9)) if year else 0,
                    "delivered_tiv": draw(st.integers(1, 40)) / 4 if year else 0.0,
                }
            )
    return rows


def sums(rows, value, *sides):
    """The sum of a value by party or parties and year; only states."""
    found = defaultdict(float)
    for row in rows:
        key = tuple(row[side] for side in sides)
        if row["delivery_year"] and None not in key:
            found[*key, row["delivery_year"], "alpha"] += row[value]
    return found


@few
@given(deliveries())
def test_deliveries_are_what_plain_loops_say(tmp_path_factory, rows):
    both = ("from_state", "to_state")
    arms, volume, orders, imported, exported, suppliers, recipients = told(
        tmp_path_factory,
        [Sample("alpha", (), {"arms_delivery": rows})],
        *(arms_delivery_count, arms_delivery_tiv, arms_order_count, arms_import_tiv, arms_export_tiv),
        *(arms_supplier_count, arms_recipient_count),
    )
    assert arms == sums(rows, "delivered_count", *both)
    assert volume == sums(rows, "delivered_tiv", *both)
    assert imported == sums(rows, "delivered_tiv", "to_state")
    assert exported == sums(rows, "delivered_tiv", "from_state")
    deals = {
        (row["from_state"], row["to_state"], row["order_year"], row["delivery"].rpartition("/")[0])
        for row in rows
        if row["from_state"] and row["to_state"]
    }
    assert sum(orders.values()) == len(deals)
    assert set(orders) == {(*deal[:3], "alpha") for deal in deals}
    # What pairs deliver is at most what the state delivers to everybody.
    assert all(value <= exported[giver, year, source] for (giver, _, year, source), value in volume.items())
    assert sum(suppliers.values()) == sum(recipients.values()) == len(arms)


def test_no_delivery_in_a_complete_register_is_a_volume_of_nothing(tmp_path):
    """The register of transfers is complete, so here absence is zero even of a number."""
    known = Coverage(kinds=("arms_transfer",), completeness="complete", start=date(2000, 1, 1), end=date(2000, 12, 31))
    write_sources(tmp_path / "store", Sample("alpha", (known,), {}).loaded())
    with open_store(tmp_path / "store") as store:
        made = panel(store, "directed_dyad_year", years=(2000, 2001), states=("FRA",)).add("arms_delivery_tiv")
        assert {(row["year"], row["arms_delivery_tiv"]) for row in made.to_arrow().to_pylist()} == {
            (2000, 0),
            (2001, None),
        }
