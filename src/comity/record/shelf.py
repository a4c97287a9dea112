"""Where records are kept: the shipped register, a folder of records, or a user's own on top of the shipped ones.

Own records lie in COMITY_HOME/records. In the store they are a source of their own, `register_own`, and only their
owner sees them unless a record names another label. They may refer to what ships; they may not take its identifiers,
unless they lie in `overrides`: such a record stands in the place of the shipped one of its name for all who may see
it, and the editions of such a series stand in the place of the shipped editions of their names, beside the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from comity.errors import BadRequest
from comity.record.checking import problems
from comity.record.parties import slug
from comity.record.reading import Filed, readable, record_files, register_folder
from comity.record.register import about_register, core_rows, refuse, register_fingerprint
from comity.record.shape import Edition, Series
from comity.sources.about import About, Loaded
from comity.sources.fingerprint import file_hash, joined_hash
from comity.vocab.dates import dated
from comity.vocab.labels import may_see, read_audience
from comity.vocab.register import OVERRIDES, OWN_SOURCE


@dataclass(frozen=True)
class Shelf:
    """A folder of records, the label its records have when they name none, and the register they lie on top of."""

    folder: Path
    label: str = "public"
    beneath: Path | None = None

    def own(self) -> list[Filed]:
        """The records of the folder itself, those that can be read."""
        return self._own()[0]

    def shipped(self) -> list[Filed]:
        """The records that lie beneath, those that can be read; none when the folder is a register of its own."""
        return self._shipped()[0]

    def found(self) -> tuple[list[Filed], list[str]]:
        """Every record, beneath and in the folder, and everything wrong with them, one line each."""
        (shipped, unread), (own, wrong) = self._shipped(), self._own()
        # What an own series does not hold itself was checked with the shipped one.
        found = clashes(shipped, own) or problems(replaced(shipped, own))
        return overlaid(shipped, own), unread + wrong + found

    def read(self) -> list[Filed]:
        """Every record, beneath and in the folder; the first problem raises RecordError."""
        filed, wrong = self.found()
        refuse(wrong)
        return filed

    def seen(self, audience: str) -> list[Filed]:
        """The records that an audience may see; where it may not see what stands in a record's place, the record."""
        return overlaid(seen_by(audience, self.shipped()), seen_by(audience, self.own()))

    def new_problems(self, changed: Sequence[Filed], gone: Collection[str] = ()) -> list[str]:
        """What would be wrong with these records added, or put in place of those they are named like, others gone.

        What was wrong before and stays so is not told again.
        """
        shipped, own = self.shipped(), self.own()
        away = {item.identifier for item in changed} | set(gone)
        after = replaced(shipped, [*(item for item in own if item.identifier not in away), *changed])
        told = set(problems(replaced(shipped, own)))
        return clashes(shipped, [*changed]) or [problem for problem in problems(after) if problem not in told]

    def path(self, item: Filed) -> Path:
        """The file a record lies in."""
        path = self.folder / item.file
        return path if path.exists() or self.beneath is None else self.beneath / item.file

    def writable(self, item: Filed) -> Path:
        """The file of a record that may be changed; what ships with comity may not."""
        path = self.folder / item.file
        if not path.exists() or is_override(item):
            raise BadRequest(
                f"{item.identifier!r} ships with comity and is not changed here; in a checkout, say --folder records"
            )
        return path

    def _own(self) -> tuple[list[Filed], list[str]]:
        # A folder of own records need not be there; a register of its own must.
        return readable(self.folder, self.label) if self.folder.is_dir() or self.beneath is None else ([], [])

    def _shipped(self) -> tuple[list[Filed], list[str]]:
        return readable(self.beneath, "public") if self.beneath else ([], [])


def is_override(item: Filed) -> bool:
    """Whether an own record lies where those are that stand in the place of shipped ones."""
    return item.file.startswith(f"{OVERRIDES}/")


def clashes(shipped: list[Filed], own: list[Filed]) -> list[str]:
    """Own records that take the identifier of a shipped one, or the place of one that is not there, one line each."""
    kinds = {item.identifier: item.kind for item in shipped}
    found = []
    for item in own:
        if not is_override(item):
            if item.identifier in kinds:
                found.append(f"{item.file}: {item.identifier!r} is the name of a shipped record")
        elif shipped and kinds.get(item.identifier) != item.kind:
            found.append(f"{item.file}: no {item.kind} {item.identifier!r} ships, so it stands in the place of none")
    return found


def replaced(shipped: list[Filed], own: list[Filed]) -> list[Filed]:
    """Own records, and those shipped ones in whose place none of them stands."""
    away = {item.identifier for item in own if is_override(item)}
    return [*(item for item in shipped if item.identifier not in away), *own]


def overlaid(shipped: list[Filed], own: list[Filed]) -> list[Filed]:
    """Shipped and own records as one list; a series in another's place also has the editions that it does not hold."""
    beneath = {item.identifier: item for item in shipped}
    filed = []
    for item in replaced(shipped, own):
        whole, content = beneath.get(item.identifier), item.content
        if is_override(item) and whole and isinstance(whole.content, Series) and isinstance(content, Series):
            content = msgspec.structs.replace(content, editions=_overlaid_editions(whole.content, content))
        filed.append(Filed(item.identifier, item.file, content))
    return filed


def _overlaid_editions(shipped: Series, own: Series) -> list[Edition]:
    """The editions of both in their order; one that is shipped keeps the label of the series it ships with."""
    editions = {
        slug(edition.name): msgspec.structs.replace(edition, label=edition.label or shipped.label)
        for edition in shipped.editions
    }
    return [*(editions | {slug(edition.name): edition for edition in own.editions}).values()]


def own_shelf(home: Path) -> Shelf:
    """A user's own records in a home folder, on top of the shipped register."""
    return Shelf(home / "records", "owner", register_folder())


def seen_by(audience: str, filed: list[Filed]) -> list[Filed]:
    """The records that an audience may see, without the editions it may not see."""
    read_audience(audience)
    seen = []
    for item in filed:
        content = item.content
        if not may_see(audience, content.label):
            continue
        if isinstance(content, Series):
            editions = [edition for edition in content.editions if may_see(audience, edition.label or content.label)]
            content = msgspec.structs.replace(content, editions=editions)
        seen.append(Filed(item.identifier, item.file, content))
    return seen


def load_own_records(shelf: Shelf) -> Loaded:
    """A user's own records as a source for the store; refused when one of them is wrong or takes a shipped name."""
    fingerprint = own_fingerprint(shelf)
    shelf.read()
    own = shelf.own()
    about = about_own(shelf, own, fingerprint)
    return Loaded(about, core_rows(own, OWN_SOURCE, about.version))


def about_own(shelf: Shelf, own: Sequence[Filed], fingerprint: str = "") -> About:
    """What is known of a user's own records as a source; their version follows from their files."""
    version = joined_hash(f"{item.file}\t{file_hash(shelf.folder / item.file)}" for item in own)[:12]
    return msgspec.structs.replace(
        about_register(own, fingerprint),
        source=OWN_SOURCE,
        title="Own records",
        version=version,
        publisher="The owner of this store",
        url="COMITY_HOME/records",
        citation=f"Own records of the owner of this store, version {version}.",
        terms="The owner's own; the label of each record says who may see it",
        is_reviewed=False,
        published=max((day for item in own if (day := _last_read(item))), default=None),
    )


def own_fingerprint(shelf: Shelf) -> str:
    """What the fingerprint of a user's own records would be now; they follow from the shipped ones too."""
    own = [f"{path.relative_to(shelf.folder).as_posix()}\t{file_hash(path)}" for path in record_files(shelf.folder)]
    return joined_hash([register_fingerprint(shelf.beneath), *own])


def _last_read(item: Filed) -> date | None:
    reads = [dated(piece.read).day for piece in item.content.evidence if piece.read]
    return max(reads, default=None)
