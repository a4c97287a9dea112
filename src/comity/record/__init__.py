"""The register: records of military diplomacy written by the project, each with its evidence, and a user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened
from comity.vocab.register import OWN_SOURCE, SOURCE

if TYPE_CHECKING:
    from comity.record.reading import register_folder
    from comity.record.register import (
        CITATION,
        TERMS,
        about_register,
        load_register,
        read_register,
        record_problems,
        register_fingerprint,
    )
    from comity.record.shape import RECORD_KINDS
    from comity.record.shelf import Shelf, load_own_records, own_fingerprint, own_shelf, seen_by

_HOMES = {
    "CITATION": "comity.record.register",
    "RECORD_KINDS": "comity.record.shape",
    "Shelf": "comity.record.shelf",
    "TERMS": "comity.record.register",
    "about_register": "comity.record.register",
    "load_own_records": "comity.record.shelf",
    "load_register": "comity.record.register",
    "own_fingerprint": "comity.record.shelf",
    "own_shelf": "comity.record.shelf",
    "read_register": "comity.record.register",
    "record_problems": "comity.record.register",
    "register_fingerprint": "comity.record.register",
    "register_folder": "comity.record.reading",
    "seen_by": "comity.record.shelf",
}
__all__ = [
    "CITATION",
    "OWN_SOURCE",
    "RECORD_KINDS",
    "SOURCE",
    "TERMS",
    "Shelf",
    "about_register",
    "load_own_records",
    "load_register",
    "own_fingerprint",
    "own_shelf",
    "read_register",
    "record_problems",
    "register_fingerprint",
    "register_folder",
    "seen_by",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
