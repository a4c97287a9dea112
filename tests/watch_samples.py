"""An invented world for the tests of watch lists: that of the forecasts, with channels, regimes and a calendar."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.forecast import fitting
from comity.forecast.watch import Basis, Pair, Watch
from comity.forecast.watch_asking import Wish
from comity.vocab.tables import tables
from fact_samples import one_source, opened
from forecast_samples import SYSTEM, Dispute, world
from panel_samples import Sample

TODAY = date(2001, 3, 1)
WISH = Wish(is_relevant=False, system=SYSTEM, draws=1, earlier=2)


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small forests: what is tested here is not how good they are."""
    plain = {**fitting.frozen(), "bags": 1, "trees": 8}
    monkeypatch.setattr(fitting, "frozen", lambda: plain)


def _filled(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with what no column may lack: empty lists, and that they were seen."""
    plain = {"known_until": date(2001, 1, 1), "verification": "primary", "start_precision": "day"}
    columns = tables()[table].columns
    blank = {each.name: [] for each in columns if each.type == "texts"}
    blank |= {each.name: plain[each.name] for each in columns if each.name in plain and not each.nullable}
    return [blank | row for row in rows]


def register() -> Sample:
    """What stands between Austria and Belgium: a line, a regime, a visit to come and talks every year."""
    talks = [date(1998, 5, 1), date(1999, 5, 1), date(2000, 5, 1)]
    held: list[dict[str, Any]] = [
        {"engagement": f"talk-{day.year}", "series": "talks", "status": "completed", "start_date": day} for day in talks
    ]
    held.append({"engagement": "visit", "name": "A visit", "status": "planned", "start_date": date(2001, 9, 1)})
    two = [{"party_kind": "state", "party": state} for state in ("AUT", "BEL")]
    begun = {"start_date": date(1990, 1, 1)}
    line = {"channel": "line", "name": "Line of chiefs", "channel_kind": "military_line", "status": "active"}
    regime = {"regime": "notice", "name": "Notice of tests", "agreement": "notice", "status": "in_force"}
    incident = {"incident": "miss", "name": "Near miss", "incident_kind": "close_approach"}
    made: dict[str, list[dict[str, Any]]] = {
        "channel": [line | begun | {"last_used_date": date(2000, 6, 1)}],
        "channel_party": [each | {"channel": "line", "role": "user"} for each in two],
        "agreement": [{"agreement": "notice", "agreement_kind": "confidence_building", "status": "in_force"}],
        "agreement_party": [each | {"agreement": "notice", "role": "signatory"} for each in two],
        "regime_status": [regime | begun],
        "engagement": [{"instrument": "dialogue"} | each for each in held],
        "engagement_party": [
            party | {"engagement": each["engagement"], "role": "participant"} for each in held for party in two
        ],
        "series": [{"series": "talks", "name": "Staff talks", "instrument": "dialogue"}],
        "incident": [incident | {"start_date": date(2000, 8, 1)}],
        "incident_party": [
            each | {"incident": "miss", "role": role} for each, role in zip(two, ("actor", "affected"), strict=True)
        ],
        "region": [{"region": "alps", "name": "The Alps", "states": ["AUT", "CHE"], "partners": ["BEL"]}],
    }
    return one_source({table: _filled(table, rows) for table, rows in made.items()}, name="register")


@contextmanager
def stored(place: Path, held: list[Dispute], **given: Any):
    """A store of the world and of what stands between its states."""
    with opened(place, *world(held, **given), register()) as store:
        yield store


def listed(pairs: list[Pair], **given: Any) -> Watch:
    """A list of these pairs, and otherwise of plain numbers."""
    basis = Basis(
        (1960, 2000), 1000, 50, {"gml_mid": 2000}, {}, "f" * 64, {"comity": "0"}, "s" * 64, "2001-01-01", 0, 1
    )
    head = {"product": "list", "target": "mid", "means": "they meet", "source": "gml_mid", "list_name": "gml_mid"}
    head |= {
        "year": 2001,
        "made_on": TODAY,
        "is_relevant": False,
        "known_to": 2000,
        "ends": 2000,
        "late": 0,
        "unplaced": 0,
    }
    return Watch(**head | given, pairs=tuple(pairs), tried=(), scores={}, basis=basis)


def pair(one: str, other: str, chance: float, *, is_ongoing: bool = False) -> Pair:
    """A pair of a list."""
    return Pair(one, other, chance, chance / 2, min(chance * 2, 1.0), chance, is_ongoing, not is_ongoing)
