"""What engagement is known to change: claims, designs, estimates and verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.evidence.curve import curve_summary, of_design, specification_curve, usual_choices, with_curve
    from comity.evidence.design import Design, find_design, known_designs
    from comity.evidence.estimate import Balance, Estimate, Placebo, Specification, specification_hash
    from comity.evidence.inference import errors_of
    from comity.evidence.pictures import draw_course, draw_curve
    from comity.evidence.power import Plan, minimum_detectable_effect, planned_effect
    from comity.evidence.sample import Question, Sample
    from comity.evidence.sensitivity import robustness_value

_HOMES = {
    "Balance": "comity.evidence.estimate",
    "Design": "comity.evidence.design",
    "Estimate": "comity.evidence.estimate",
    "Placebo": "comity.evidence.estimate",
    "Plan": "comity.evidence.power",
    "Question": "comity.evidence.sample",
    "Sample": "comity.evidence.sample",
    "Specification": "comity.evidence.estimate",
    "curve_summary": "comity.evidence.curve",
    "draw_course": "comity.evidence.pictures",
    "draw_curve": "comity.evidence.pictures",
    "errors_of": "comity.evidence.inference",
    "find_design": "comity.evidence.design",
    "known_designs": "comity.evidence.design",
    "minimum_detectable_effect": "comity.evidence.power",
    "of_design": "comity.evidence.curve",
    "planned_effect": "comity.evidence.power",
    "robustness_value": "comity.evidence.sensitivity",
    "specification_curve": "comity.evidence.curve",
    "specification_hash": "comity.evidence.estimate",
    "usual_choices": "comity.evidence.curve",
    "with_curve": "comity.evidence.curve",
}
__all__ = [
    "Balance",
    "Design",
    "Estimate",
    "Placebo",
    "Plan",
    "Question",
    "Sample",
    "Specification",
    "curve_summary",
    "draw_course",
    "draw_curve",
    "errors_of",
    "find_design",
    "known_designs",
    "minimum_detectable_effect",
    "of_design",
    "planned_effect",
    "robustness_value",
    "specification_curve",
    "specification_hash",
    "usual_choices",
    "with_curve",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
