"""The words: states over time, instruments, domains, levels, labels and audiences, and the shape of `core`."""

from comity.vocab.coverage import Coverage
from comity.vocab.labels import Audience, Label, may_see, read_audience, read_label
from comity.vocab.states import code_of_state, find_state, members, state, state_from_code
from comity.vocab.tables import PROVENANCE, Column, Table, table
from comity.vocab.words import check_word, vocabularies

__all__ = [
    "PROVENANCE",
    "Audience",
    "Column",
    "Coverage",
    "Label",
    "Table",
    "check_word",
    "code_of_state",
    "find_state",
    "may_see",
    "members",
    "read_audience",
    "read_label",
    "state",
    "state_from_code",
    "table",
    "vocabularies",
]
