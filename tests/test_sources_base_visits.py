"""Visits of officers to a base of their own state are none to the state in which it lies."""

from __future__ import annotations

from typing import Any

import pytest

from comity.sources import troopdata


@pytest.mark.parametrize(("year", "kept"), [(2002, 0), (2016, 1)])
def test_a_visit_to_the_base_in_cuba_is_none_to_cuba(monkeypatch: pytest.MonkeyPatch, year: int, kept: int) -> None:
    class Visit:
        def needed(self, column: str) -> str:
            return {"Title": "PACOM", "State Visit": "CUB"}.get(column, str(year))

        def text(self, _column: str) -> None:
            return None

        def needed_integer(self, _column: str) -> int:
            return year

    class Visits:
        def __init__(self) -> None:
            self.reasons: list[str] = []

        def rows(self, _file: str) -> list[Visit]:
            return [Visit()]

        def leave_out(self, _row: Visit, reason: str) -> None:
            self.reasons.append(reason)

    raw: Any = Visits()
    monkeypatch.setattr(troopdata, "_host", lambda _: ("state", "CUB"))
    assert len(list(troopdata._visits(raw, is_counted=True))) == kept
    assert len(raw.reasons) == 1 - kept
