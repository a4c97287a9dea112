"""The register: records of military diplomacy written by the project, each with its evidence."""

from comity.record.reading import register_folder
from comity.record.register import CITATION, SOURCE, TERMS, load_register, read_register, record_problems
from comity.record.shape import RECORD_KINDS

__all__ = [
    "CITATION",
    "RECORD_KINDS",
    "SOURCE",
    "TERMS",
    "load_register",
    "read_register",
    "record_problems",
    "register_folder",
]
