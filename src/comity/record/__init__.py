"""The register: records of military diplomacy written by the project, each with its evidence, and a user's own."""

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
from comity.vocab.register import OWN_SOURCE, SOURCE

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
