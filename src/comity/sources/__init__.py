"""Published datasets: `NAME.yml` promises, `NAME.py` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.sources.about import About, FileRead, Loaded
    from comity.sources.citing import bibtex_entry
    from comity.sources.contract import check_names, source_names
    from comity.sources.fetching import Fetched, fetch_source, mirror_folder
    from comity.sources.fingerprint import source_fingerprint
    from comity.sources.loading import load_source
    from comity.sources.manner import Manner, Patience

_HOMES = {
    "About": "comity.sources.about",
    "Fetched": "comity.sources.fetching",
    "FileRead": "comity.sources.about",
    "Loaded": "comity.sources.about",
    "Manner": "comity.sources.manner",
    "Patience": "comity.sources.manner",
    "bibtex_entry": "comity.sources.citing",
    "check_names": "comity.sources.contract",
    "fetch_source": "comity.sources.fetching",
    "load_source": "comity.sources.loading",
    "mirror_folder": "comity.sources.fetching",
    "source_fingerprint": "comity.sources.fingerprint",
    "source_names": "comity.sources.contract",
}
__all__ = [
    "About",
    "Fetched",
    "FileRead",
    "Loaded",
    "Manner",
    "Patience",
    "bibtex_entry",
    "check_names",
    "fetch_source",
    "load_source",
    "mirror_folder",
    "source_fingerprint",
    "source_names",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
