"""Answers that a panel takes from the store, kept beside it: they are the same for every pair of states in a year.

An assessment asks some forty questions of all pairs and states, and then looks at one of them. So what the first one
asked serves those after it. An answer is found again by its question and its parameters, in the folder of the one
generation, audience and program that asked it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.brief.keeping import folder_of, make_folder
from comity.brief.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

    from comity.panel.facts import Facts
    from comity.sources.about import About
    from comity.vocab.coverage import Coverage

_MOST_NAMES = 2**15  # that a number of two bytes tells apart


@dataclass(frozen=True)
class KeptAnswers:
    """What a panel asks of a store, with a folder for the answers."""

    store: Facts
    folder: Path

    def ask(self, sql: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The answer to one SELECT: read where it was kept, otherwise asked, and kept."""
        asked = f"{sql} {sorted((parameters or {}).items())!r}"
        place = self.folder / f"{sha256(asked.encode()).hexdigest()[:40]}.arrow"
        found = _read(place)
        if found is None:
            found = self.store.ask(sql, parameters)
            _keep(place, found)
        return found

    def coverage(self, kind: str) -> list[tuple[str, Coverage]]:
        """What each source says it knows of a kind of fact."""
        return self.store.coverage(kind)

    def abouts(self) -> dict[str, About]:
        """What is known of each source."""
        return self.store.abouts()


def panel_store(subject: Subject) -> Facts:
    """The subject's store as a panel asks it; with a shelf, answers are kept there for the year most briefs look at.

    A year that a user asks for is looked at once or twice, and its answers would only fill the disk.
    """
    folder = folder_of(subject)
    return subject.store if folder is None or subject.year is not None else KeptAnswers(subject.store, folder)


def _read(place: Path) -> pa.Table | None:
    """A kept answer; None where there is none that is whole."""
    import pyarrow as pa

    if not place.is_file():
        return None
    with suppress(OSError, pa.ArrowInvalid), pa.OSFile(str(place)) as source:
        return pa.ipc.open_file(source).read_all()
    return None


def _keep(place: Path, answer: pa.Table) -> None:
    import pyarrow as pa

    # A folder that cannot be written costs time and changes no brief.
    with suppress(OSError):
        make_folder(place.parent)
        new = place.with_suffix(".new")
        packed = _packed(answer)
        with pa.OSFile(str(new), "wb") as sink, pa.ipc.new_file(sink, packed.schema) as file:
            file.write_table(packed)
        new.replace(place)


def _packed(answer: pa.Table) -> pa.Table:
    """An answer whose texts are numbers into a list of names: as small as if it were compressed, and read at once."""
    import pyarrow as pa

    columns = []
    for column in answer.combine_chunks().columns:
        held = column.combine_chunks()
        if pa.types.is_string(held.type) and not held.null_count:
            named = held.dictionary_encode()
            width = pa.int16() if len(named.dictionary) < _MOST_NAMES else pa.int32()
            held = pa.DictionaryArray.from_arrays(named.indices.cast(width), named.dictionary)
        columns.append(held)
    return pa.Table.from_arrays(columns, answer.column_names)
