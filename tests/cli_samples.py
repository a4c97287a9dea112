"""How the tests use the command line: each command once as it is meant, and its JSON read as strictly as others do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from comity.sources import source_names
from comity.sources.contract import contract

SAMPLES = Path(__file__).parent / "sources"
# The sources of which there is a sample that may be fetched; a sample lies as a mirror does, SOURCE/FILE.
FETCHED = [name for name in source_names() if (SAMPLES / name).is_dir() and not contract(name).user_supplied]
PROGRAM = Path(sys.executable).with_name("comity")


def strict(text):
    """JSON as other programs read it: `NaN` and a name given twice are errors."""

    def once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    return json.loads(text, parse_constant=pytest.fail, object_pairs_hook=once)


# Each command once, as it is meant to be used.
USED = {
    "ask": ["ask", "SELECT engagement, start_date, domains, latitude FROM core.engagement ORDER BY ALL LIMIT 5"],
    "assess": ["assess", "PHL", "CHN"],
    "brief": ["brief", "PHL", "CHN"],
    "cbm": ["cbm", "calendar", "POL", "2027", "--as-of", "2027-01-01"],
    "cbm audit": ["cbm", "audit", "--since", "2021"],
    "cbm channels": ["cbm", "channels", "USA", "CHN"],
    "cbm check": ["cbm", "check", Path(__file__).parent / "cbm" / "printed.yml", "--as-of", "2027-01-01"],
    "cbm check of a record": ["cbm", "check", "anakonda/anakonda-2016", "--as-of", "2027-01-01"],
    "cbm draft": ["cbm", "draft", "anakonda/anakonda-2016"],
    "cbm rules": ["cbm", "rules"],
    "check": ["check"],
    "cite": ["cite"],
    "doctor": ["doctor"],
    "evidence": ["evidence"],
    "evidence C06": ["evidence", "C06"],
    "fetch": ["fetch", *FETCHED, "--from", SAMPLES],
    "load": ["load"],
    "network": ["network", "2018", "--layers", "alliance,exercise"],
    "panel": ["panel", "dyad_year", "--states", "PHL", "--years", "2020:2024", "--measures", "exercise_count"],
    "read": ["read", SAMPLES.parents[1] / "docs" / "limits.md"],
    "record": ["record", "check"],
    "record list": ["record", "list", "--kind", "channel", "--region", "south-china-sea"],
    "record show": ["record", "show", "second-thomas-shoal-2024-06-17"],
    "sources": ["sources"],
    "sources register": ["sources", "register"],
}
WRITES = ("fetch", "load")
NEEDS_DATA = ("backtest", "watch")  # they refuse a store without published lists; their own tests give them some
