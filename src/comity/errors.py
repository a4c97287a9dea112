"""Every error comity raises on purpose. Each one is a single line that says what, where and what was promised.

* ComityError           anything comity refuses
  * UnknownWord         a code or name the vocabulary does not hold
    * AmbiguousWord     a name that means more than one state at that date
  * SourceError         a published file is absent, altered or not as its contract describes
    * FileMissing       the file is not in the cache or the mirror
    * ContractBroken    a file or the table read from it differs from the contract
  * RecordError         a record is not of its shape, or says what its evidence does not support
  * StoreError          the store cannot be opened, read or written
    * StoreBusy         another process is writing
    * StoreMissing      there is no store at that place
    * QueryRefused      the question is not one read-only SELECT, or asks for what the audience may not see
  * OutsideCoverage     a question about years or states no source covers
  * BadRequest          an argument is not one comity knows
"""


class ComityError(Exception):
    """Anything comity refuses on purpose; its text is one line fit to show a user."""


class UnknownWord(ComityError):
    """A code or name the vocabulary does not hold."""


class AmbiguousWord(UnknownWord):
    """A name that means more than one state at the date asked about."""


class SourceError(ComityError):
    """A published file is absent, altered or not as its contract describes."""


class FileMissing(SourceError):
    """A file a source needs is neither in the cache nor in the mirror."""


class ContractBroken(SourceError):
    """A published file, or the table read from it, differs from the source's contract."""


class RecordError(ComityError):
    """A record is not of its shape, or states what its evidence does not support."""


class StoreError(ComityError):
    """The store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""


class StoreMissing(StoreError):
    """There is no store at the place named."""


class QueryRefused(StoreError):
    """A question that is not one read-only SELECT, or reaches for what the audience may not see."""


class OutsideCoverage(ComityError):
    """A question about years or states that no loaded source covers."""


class BadRequest(ComityError):
    """An argument is not one comity knows."""
