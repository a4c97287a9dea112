"""Any text read sentence by sentence: the claim it makes, the evidence for it, and what cannot be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.evidence.reading.annotating import Annotated, Reading, annotate
    from comity.evidence.reading.documents import read_document

_HOMES = {
    "Annotated": "comity.evidence.reading.annotating",
    "Reading": "comity.evidence.reading.annotating",
    "annotate": "comity.evidence.reading.annotating",
    "read_document": "comity.evidence.reading.documents",
}
__all__ = ["Annotated", "Reading", "annotate", "read_document"]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
