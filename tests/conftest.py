"""What every test file shares: the option that writes golden files, the publishers' files, and stores made once."""

from __future__ import annotations

import os

# As the command does: threads of the matrix library that wait turn in circles, which counts as work of the processor.
# It is read once, when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from comity.cli import main
from comity.store import open_store, writing

NINE_SOURCES = (
    *("atop", "contiguity", "cow_states", "dcad", "gml_mid", "gw_states", "mme", "un_ideal_points", "us_leader_travel"),
)
# A machine that runs other work at the same time makes single examples slow without anything being wrong. Each run
# draws new examples, and one that fails is kept; what decides whether a change lands draws the same ones each time.
settings.register_profile("comity", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("COMITY_EXAMPLES", "comity"))
pytest.register_assert_rewrite("source_mirror")  # it asserts for several files of tests


def pytest_addoption(parser):
    parser.addoption("--golden", action="store_true", help="Write the golden files anew instead of comparing.")


def pytest_collection_modifyitems(items):
    if _mirror() is None:
        reason = "COMITY_MIRROR names no folder of publishers' files"
        for item in items:
            if "mirror" in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))


def _mirror() -> Path | None:
    named = os.environ.get("COMITY_MIRROR")
    return Path(named) if named and Path(named).is_dir() else None


@pytest.fixture(scope="session")
def golden(request):
    """Whether golden files are to be written anew."""
    return request.config.getoption("--golden")


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of publishers' real files, laid out SOURCE/FILE."""
    folder = _mirror()
    assert folder is not None, "a test that uses the publishers' files is marked `mirror`"
    return folder


@pytest.fixture(scope="session")
def mirror_store(mirror, tmp_path_factory):
    """The nine sources that panels are made of and the register in one store, open for its owner."""
    from source_mirror import loaded, register

    place = tmp_path_factory.mktemp("mirror") / "store"
    with writing(place) as load:
        load.replace(register())
        for name in NINE_SOURCES:
            load.replace(loaded(name))
    with open_store(place) as store:
        yield store


@pytest.fixture(scope="session")
def register_home(tmp_path_factory):
    """A home whose store holds the shipped register alone; tests read it and never write to it."""
    from source_mirror import register

    home = tmp_path_factory.mktemp("home")
    with writing(home / "store") as load:
        load.replace(register())
    return home


@pytest.fixture(scope="session")
def register_store(register_home):
    """The shipped register in a store, open for its owner."""
    with open_store(register_home / "store") as store:
        yield store


@pytest.fixture
def run(register_home, monkeypatch):
    """Run a command on the store of the register, or on another home; what it raises beyond an exit is a failure."""
    for name in ("COMITY_HOME", "COMITY_MIRROR"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments, home=register_home, before=()):
        done = CliRunner().invoke(main, ["--home", str(home), *before, *map(str, arguments)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return ran
