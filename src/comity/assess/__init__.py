"""Where a relationship stands: indices with their parts, and what limits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.assess.assessment import Assessment, assess
    from comity.assess.organisations import assess_organisation
    from comity.assess.sensitivity import standings
    from comity.assess.shape import Index, Part, index, index_kind, index_kinds, limit, limit_kinds
    from comity.assess.state_validity import check_states
    from comity.assess.states import assess_state
    from comity.assess.validity import Foretold, Verdict, check_validity
    from comity.assess.view import View, view_of_pairs, view_of_states

_HOMES = {
    "Assessment": "comity.assess.assessment",
    "Foretold": "comity.assess.validity",
    "Index": "comity.assess.shape",
    "Part": "comity.assess.shape",
    "Verdict": "comity.assess.validity",
    "View": "comity.assess.view",
    "assess": "comity.assess.assessment",
    "assess_organisation": "comity.assess.organisations",
    "assess_state": "comity.assess.states",
    "check_states": "comity.assess.state_validity",
    "index": "comity.assess.shape",
    "index_kind": "comity.assess.shape",
    "index_kinds": "comity.assess.shape",
    "limit": "comity.assess.shape",
    "limit_kinds": "comity.assess.shape",
    "standings": "comity.assess.sensitivity",
    "check_validity": "comity.assess.validity",
    "view_of_pairs": "comity.assess.view",
    "view_of_states": "comity.assess.view",
}
__all__ = [
    "Assessment",
    "Foretold",
    "Index",
    "Part",
    "Verdict",
    "View",
    "assess",
    "assess_organisation",
    "assess_state",
    "check_states",
    "check_validity",
    "index",
    "index_kind",
    "index_kinds",
    "limit",
    "limit_kinds",
    "standings",
    "view_of_pairs",
    "view_of_states",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
