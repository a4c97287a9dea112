"""The store: generations of Parquet behind a manifest, opened for one audience and asked in SQL.

One generation is one manifest and the parts it names. Parts never change once written, and a load becomes
visible by one `os.replace` of the manifest, so a reader sees all of a load or nothing of it, whatever
happens.
"""

from comity.store.checking import Agreed, Checked, report, run_agreements, run_checks, run_reports
from comity.store.place import home
from comity.store.reading import Store, open_store
from comity.store.writing import Load, writing
from comity.vocab.arrow import core_schema, to_table

__all__ = [
    "Agreed",
    "Checked",
    "Load",
    "Store",
    "core_schema",
    "home",
    "open_store",
    "report",
    "run_agreements",
    "run_checks",
    "run_reports",
    "to_table",
    "writing",
]
