"""The register: records of military diplomacy written by the project, each with its evidence."""

from comity.record.reading import register_folder
from comity.record.register import (
    CITATION,
    SOURCE,
    TERMS,
    about_register,
    load_register,
    read_register,
    record_problems,
    register_fingerprint,
)
from comity.record.shape import RECORD_KINDS

__all__ = [
    "CITATION",
    "RECORD_KINDS",
    "SOURCE",
    "TERMS",
    "about_register",
    "load_register",
    "read_register",
    "record_problems",
    "register_fingerprint",
    "register_folder",
]
