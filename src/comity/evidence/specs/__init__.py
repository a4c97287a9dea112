"""The specification of each claim that the loaded data can test, and the run that asks them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.evidence.specs.running import Run, refresh, rerun, run, write_estimates
    from comity.evidence.specs.study import Study, known_specs, spec, studies_of

_HOMES = {
    "Run": "comity.evidence.specs.running",
    "Study": "comity.evidence.specs.study",
    "known_specs": "comity.evidence.specs.study",
    "refresh": "comity.evidence.specs.running",
    "rerun": "comity.evidence.specs.running",
    "run": "comity.evidence.specs.running",
    "spec": "comity.evidence.specs.study",
    "studies_of": "comity.evidence.specs.study",
    "write_estimates": "comity.evidence.specs.running",
}
__all__ = ["Run", "Study", "known_specs", "refresh", "rerun", "run", "spec", "studies_of", "write_estimates"]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
