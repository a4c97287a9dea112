"""Published datasets: `NAME.yml` promises, `NAME.py` reads."""

from comity.sources.about import About, FileRead, Loaded
from comity.sources.citing import bibtex_entry
from comity.sources.contract import check_names, contract, source_names
from comity.sources.fetching import Fetched, fetch_source, mirror_folder
from comity.sources.fingerprint import source_fingerprint
from comity.sources.loading import load_source
from comity.sources.manner import Manner, Patience

__all__ = [
    "About",
    "Fetched",
    "FileRead",
    "Loaded",
    "Manner",
    "Patience",
    "bibtex_entry",
    "check_names",
    "contract",
    "fetch_source",
    "load_source",
    "mirror_folder",
    "source_fingerprint",
    "source_names",
]
