"""The house keeps its layout: rooms import one way, files and functions stay small, the command line starts at once.

Every check is a function of text, so that it is also run on a planted violation: a check that cannot fail says nothing.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pace import Spent, spent

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
ROOMS = (
    *("errors", "vocab", "sources", "record", "store", "events", "panel", "network", "assess", "forecast", "evidence"),
    *("cbm", "plan", "crisis", "brief", "share", "web", "cli"),
)
ABOVE = frozenset({"__init__", "__main__", "session"})  # they gather the rooms, so no room may import them
MOST_LINES, MOST_FUNCTION_LINES, MOST_ARGUMENTS = 300, 40, 5
BANNED_NAMES = frozenset({"utils", "helpers", "common", "core", "models", "types"})
HEAVY = frozenset({"numpy", "duckdb", "pyarrow"})
START_SECONDS = 0.150

CODE = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def module_name(path: Path) -> str:
    """`src/comity/store/__init__.py` is `comity.store.__init__`; the ending tells a package from a module."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


def imported(text: str, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever the import stands; relative names made full."""
    package = module.split(".")[:-1]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            given = node.args[0] if node.args else None
            if isinstance(given, ast.Constant):
                yield node.lineno, str(given.value)


def import_problems(text: str, module: str) -> list[str]:
    """Imports of a room that lies below, or of what stands above all rooms."""
    here = module.split(".")[1]
    found = []
    for line, name in imported(text, module):
        parts = name.split(".")
        # `comity` itself holds two plain things before anything is imported: its version, and how names open late.
        if parts[0] != "comity" or here in ABOVE or parts[1:] in (["__version__"], ["opened"]):
            continue
        there = parts[1] if len(parts) > 1 else "__init__"
        if there not in ROOMS:
            found.append(f"{module}:{line}: a room may not import {name}")
        elif ROOMS.index(there) > ROOMS.index(here):
            found.append(f"{module}:{line}: {here} may not import {there}")
    return found


def size_problems(text: str, name: str) -> list[str]:
    """A file that is too long."""
    count = len(text.splitlines())
    return [f"{name}: {count} lines"] if count > MOST_LINES else []


def function_problems(text: str, module: str) -> list[str]:
    """Functions that are too long or take too much; a command has one argument for each option it offers."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        assert node.end_lineno is not None
        lines = node.end_lineno - node.lineno + 1
        if lines > MOST_FUNCTION_LINES:
            found.append(f"{module}:{node.lineno}: {node.name} has {lines} lines")
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        count = len([argument for argument in given if argument.arg not in ("self", "cls")])
        if count > MOST_ARGUMENTS and not module.startswith("comity.cli."):
            found.append(f"{module}:{node.lineno}: {node.name} has {count} arguments")
    return found


def name_problems(path: Path) -> list[str]:
    """Folders and modules with a name that says nothing."""
    return [f"{path}: {part}" for part in path.with_suffix("").parts if part in BANNED_NAMES]


def docstring_problems(text: str, module: str) -> list[str]:
    """A room that does not open by saying what it is for."""
    return [] if (ast.get_docstring(ast.parse(text)) or "").strip() else [f"{module}: opens without a docstring"]


def heavy_modules(report: str) -> frozenset[str]:
    """The heavy libraries named in what `python -X importtime` writes."""
    return HEAVY & set(re.findall(r"\|\s+(\w+)\s*$", report, flags=re.MULTILINE))


def cpu_seconds(*arguments: str) -> float:
    """User and system time of one run of Python, waited for and counted alone."""
    run = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def joined(problems: list[list[str]]) -> list[str]:
    """One list of many."""
    return [problem for found in problems for problem in found]


def test_rooms_import_only_from_rooms_above() -> None:
    assert joined([import_problems(path.read_text(), module_name(path)) for path in CODE]) == []


def test_every_module_lies_in_a_room_or_above_all() -> None:
    tops = {path.relative_to(SOURCE / "comity").parts[0].removesuffix(".py") for path in CODE}
    assert tops <= {*ROOMS, *ABOVE}


@pytest.mark.parametrize(
    "text",
    [
        "import comity.brief",
        "from comity.brief import compose",
        "from comity import brief",
        "from ..brief import compose",
        "from .. import brief",
        "def late():\n    from comity.brief import compose\n",
        "if TYPE_CHECKING:\n    from comity.brief import Brief\n",
        "import importlib\nimportlib.import_module('comity.brief')",
        "import comity",
        "from comity import open_store",
        "import comity.session",
        "from ..session import Session",
    ],
)
def test_a_planted_import_of_what_lies_below_or_above_is_seen(text: str) -> None:
    assert import_problems(text, "comity.store.reading")
    assert import_problems(text, "comity.store.__init__")


@pytest.mark.parametrize(
    "text",
    [
        "from comity import __version__",
        "from comity import opened",
        "from comity.vocab.labels import may_see",
        "from .place import home",
        "from . import place",
        "from ..errors import StoreError",
        "import numpy",
    ],
)
def test_an_import_of_the_same_room_or_one_above_is_allowed(text: str) -> None:
    assert import_problems(text, "comity.store.reading") == []


def test_what_stands_above_may_import_every_room() -> None:
    text = "from comity.store import Store\nfrom comity.cli import main"
    assert all(import_problems(text, f"comity.{name}") == [] for name in ABOVE)


def test_files_are_short() -> None:
    files = [*CODE, *TESTS]
    assert joined([size_problems(path.read_text(), str(path.relative_to(ROOT))) for path in files]) == []


def test_a_long_file_is_seen() -> None:
    assert size_problems("x = 1\n" * MOST_LINES, "short.py") == []
    assert size_problems("x = 1\n" * (MOST_LINES + 1), "long.py") == ["long.py: 301 lines"]


def test_functions_are_short_and_take_little() -> None:
    assert joined([function_problems(path.read_text(), module_name(path)) for path in CODE]) == []


def test_a_long_or_greedy_function_is_seen() -> None:
    body = "    x = 1\n" * (MOST_FUNCTION_LINES - 1)
    assert function_problems(f"def short():\n{body}", "comity.store.x") == []
    assert function_problems(f"def long():\n{body}    x = 1\n", "comity.store.x") == [
        "comity.store.x:1: long has 41 lines"
    ]
    within = "class Thing:\n    async def ask(self, a, b, c, *, d, e{more}): ...\n"
    assert function_problems(within.format(more=""), "comity.store.x") == []
    assert function_problems(within.format(more=", f"), "comity.store.x") == ["comity.store.x:2: ask has 6 arguments"]
    assert function_problems(within.format(more=", f"), "comity.cli.x") == []


def test_names_say_something() -> None:
    assert joined([name_problems(path.relative_to(ROOT)) for path in [*CODE, *TESTS]]) == []


def test_an_empty_name_is_seen() -> None:
    assert name_problems(Path("src/comity/store/utils.py"))
    assert name_problems(Path("src/comity/models/one.py"))
    assert name_problems(Path("src/comity/store/commonwealth.py")) == []


def test_every_room_says_what_it_is_for() -> None:
    doors = [path for path in CODE if path.name == "__init__.py"] + [SOURCE / "comity" / "errors.py"]
    assert joined([docstring_problems(path.read_text(), module_name(path)) for path in doors]) == []
    folders = {path.parent for path in CODE}
    assert folders <= {path.parent for path in doors}, "every folder of modules has an __init__"


def test_a_silent_room_is_seen() -> None:
    assert docstring_problems('"""The store."""\nimport os', "comity.store.__init__") == []
    assert docstring_problems("import os", "comity.store.__init__") == [
        "comity.store.__init__: opens without a docstring"
    ]


START = ("-c", "import sys; sys.argv[0] = 'comity'; from comity.cli import main; main()")
QUICK = [("--help",), ("--version",), ("no-such-command",), ("panel", "--help"), ("panel", "no_such_unit"), ("brief",)]


@pytest.mark.parametrize("arguments", QUICK, ids=" ".join)
def test_help_version_and_usage_errors_import_nothing_heavy(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", *START, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == (0 if arguments[-1] in ("--help", "--version") else 2), run.stderr[-500:]
    assert "comity.cli" in run.stderr, "the report of imports is there"
    assert heavy_modules(run.stderr) == frozenset()


def test_a_heavy_import_is_seen() -> None:
    command = [sys.executable, "-X", "importtime", "-c", "import numpy.linalg"]
    assert heavy_modules(subprocess.run(command, capture_output=True, text=True, check=True).stderr) == {"numpy"}


@pytest.mark.parametrize("arguments", QUICK, ids=" ".join)
def test_help_version_and_usage_errors_answer_at_once(arguments: tuple[str, ...]) -> None:
    with spent() as taken:
        quickest = min(cpu_seconds(*START, *arguments) for _ in range(5))
    Spent(quickest, taken.slowness).assert_at_most(START_SECONDS)


def test_a_slow_start_is_seen() -> None:
    busy = f"import time\nwhile time.process_time() < {START_SECONDS}: pass"
    assert cpu_seconds("-c", busy) >= START_SECONDS
