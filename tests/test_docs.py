"""What the pages say holds: their commands and examples run, their tables are complete, their links lead somewhere."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

import comity
from comity import errors
from comity.cli import main
from comity.panel import UNITS
from comity.panel.catalog import catalog
from comity.panel.measure import known_measures
from comity.record import record_problems
from comity.sources import source_names
from comity.vocab.tables import tables
from comity.vocab.words import vocabularies

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "records" / "README.md"])
GENERATED = tuple(DOCS / folder for folder in ("sources", "measures", "reference"))
# The words are one table that the code loads, and the changelog grows; every other page is read at one sitting.
WRITTEN = [
    page for page in PAGES if page.name not in ("words.md", "CHANGELOG.md") and not set(GENERATED) & set(page.parents)
]
RUN = (
    "README.md",
    "docs/start.md",
    "docs/index.md",
    "docs/how/make-a-panel.md",
    "docs/how/show-a-network.md",
    "docs/why/labels-at-the-door.md",
)
NEEDS_DATA = "# needs published data"
MIRROR = os.environ.get("COMITY_MIRROR")
SETUP = re.compile(r"\. \.venv/bin/activate")


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    """The script that writes the generated pages."""
    sys.path.insert(0, str(DOCS))
    yield importlib.import_module("generate")
    sys.path.remove(str(DOCS))


def fenced(text: str, language: str) -> list[str]:
    """The blocks of one language in a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def lines_of(page: str) -> list[str]:
    """Every line of shell a page shows."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [line for block in fenced(text, "sh") for line in block.splitlines() if line.strip()]


def run_lines(lines: list[str], home: Path, mirror: str | None) -> None:
    """Run commands one after the other, as a reader would; each must end well and leave the file it names."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    surroundings |= {"COMITY_HOME": str(home), **({"COMITY_MIRROR": mirror} if mirror else {})}
    for line in lines:
        words = shlex.split(line, comments=True)
        command = [sys.executable, "-m", "comity", *words[1:]]
        run = subprocess.run(command, cwd=home, env=surroundings, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{line}\n{run.stderr[-2000:]}"
        if "-o" in words:
            assert (home / words[words.index("-o") + 1]).stat().st_size > 0, line
        else:
            assert run.stdout.strip(), f"{line} says nothing"


def commands(page: str) -> list[str]:
    """The lines of a page that run comity; the store is made first where the page takes it for granted."""
    found = [line for line in lines_of(page) if line.startswith("comity ")]
    return found if "comity load" in found else ["comity load", *found]


@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_a_page_run_offline(page: str, tmp_path: Path) -> None:
    run_lines([line for line in commands(page) if NEEDS_DATA not in line], tmp_path, mirror=None)


@pytest.mark.mirror
@pytest.mark.skipif(MIRROR is None, reason="COMITY_MIRROR names no folder of published data")
@pytest.mark.parametrize("page", [page for page in RUN if any(NEEDS_DATA in line for line in lines_of(page))])
def test_the_commands_of_a_page_run_on_published_data(page: str, tmp_path: Path) -> None:
    run_lines(commands(page), tmp_path, mirror=MIRROR)


@pytest.mark.parametrize("line", ["comity no-such-command", "comity ask 'DELETE FROM core.agreement'"])
def test_a_command_that_fails_is_seen(line: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="comity"):
        run_lines([line], tmp_path, mirror=None)


@pytest.mark.parametrize("page", RUN)
def test_a_page_shows_no_line_that_is_not_run(page: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for line in lines_of(page):
        words = shlex.split(line, comments=True)
        known = words[0] == "comity" or (words[0] == "make" and set(words[1:]) <= targets) or SETUP.fullmatch(line)
        assert known, line


def test_the_readme_begins_with_the_two_commands() -> None:
    assert [line.split("#")[0].strip() for line in lines_of("README.md")[:2]] == ["make brief", "make test"]


@pytest.mark.parametrize(
    "page", ["README.md", "docs/start.md", "docs/how/make-a-panel.md", "docs/how/show-a-network.md"]
)
def test_the_python_of_a_page_runs(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = fenced((ROOT / page).read_text(), "python")
    assert blocks
    with comity.writing(tmp_path / "store") as load:
        load.replace(comity.load_register())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(tmp_path))
        patch.chdir(tmp_path)  # where a page writes files
        for block in blocks:
            exec(compile(block, page, "exec"), {})
    assert re.search("Philippines|PHL", capsys.readouterr().out)


def test_the_record_that_is_shown_is_a_good_one(tmp_path: Path) -> None:
    (example,) = fenced((DOCS / "how" / "add-a-record.md").read_text(), "yaml")
    shutil.copytree(ROOT / "records" / "region", tmp_path / "region")
    (tmp_path / "engagement").mkdir()
    (tmp_path / "engagement" / "example.yml").write_text(example)
    assert record_problems(tmp_path)[1] == []


def command_names() -> list[str]:
    """Every command of the command line."""
    return main.list_commands(click.Context(main))


def command_paths(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all under it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from command_paths(below, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(command_paths(main, "comity")))
def test_every_command_has_help_and_is_in_the_pages(path: str, command: click.Command) -> None:
    opening = inspect.cleandoc(command.help or "").split("\n\n")[0]
    assert opening.endswith("."), f"{path} says what it gives"
    options = [each for each in command.params if isinstance(each, click.Option)]
    # What may be chosen explains itself; every other option says what it means.
    assert [each.name for each in options if not each.help and not isinstance(each.type, click.Choice)] == []
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert f"\n## {path}\n\n```text\nUsage: {path} " in page


def test_the_readme_lists_exactly_the_commands() -> None:
    listed = re.findall(r"^\| `comity (\w+)` \|", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    assert sorted(listed) == command_names()


@pytest.mark.parametrize("name", source_names())
def test_every_source_has_its_page(name: str) -> None:
    assert (DOCS / "sources" / f"{name}.md").read_text().startswith(f"# {name}: ")
    assert f"[{name}]({name}.md)" in (DOCS / "sources" / "index.md").read_text()


@pytest.mark.parametrize("unit", UNITS)
def test_every_measure_is_on_its_page(unit: str) -> None:
    listed, index = ((DOCS / "measures" / f"{name}.md").read_text() for name in (unit, "index"))
    assert all(f"[{name}]({name}.md)" in index for name in (unit, *catalog()))
    for name, measure in known_measures(unit).items():
        assert f"](#{measure.topic})" in listed
        assert f"[{name}]({measure.topic}.md#{name})" in listed
        assert f"## {name}\n\n{measure.means}" in (DOCS / "measures" / f"{measure.topic}.md").read_text()
        assert measure.means.split("\n")[0].endswith((".", ":", ",")), f"{name} opens with a sentence"


def test_every_error_is_in_the_tree() -> None:
    text, drawn = (DOCS / "reference" / "errors.md").read_text(), errors.__doc__ or ""
    for name, found in inspect.getmembers(errors, inspect.isclass):
        assert f"- `{name}`: {found.__doc__}" in text
        assert f"* {name} " in drawn


def test_every_table_and_every_public_name_is_documented() -> None:
    for name in tables():
        assert (DOCS / "reference" / "tables" / f"{name}.md").is_file()
    text = (DOCS / "reference" / "python.md").read_text()
    rooms = [importlib.import_module(f"comity.{room.name}") for room in pkgutil.iter_modules(comity.__path__)]
    for module in (comity, *(room for room in rooms if hasattr(room, "__all__"))):
        section = text.split(f"## {module.__name__}\n")[1].split("\n## ")[0]
        for name in module.__all__:
            assert not isinstance(getattr(module, name), ModuleType), f"{module.__name__}.{name} hides behind a module"
            assert re.search(rf"^- `{name}\b", section, flags=re.MULTILINE), f"{module.__name__}.{name}"


def test_no_generated_page_is_stale(generate: ModuleType) -> None:
    assert generate.stale(DOCS, generate.pages()) == []


def test_a_stale_a_missing_and_a_leftover_page_are_named(generate: ModuleType, tmp_path: Path) -> None:
    made = {"sources/one.md": "# one\n", "sources/two.md": "# two\n", "measures/three.md": "# three\n"}
    generate.write(tmp_path, made)
    assert generate.stale(tmp_path, made) == []
    (tmp_path / "sources" / "one.md").write_text("# one, changed\n")
    (tmp_path / "sources" / "two.md").unlink()
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "gone.md").write_text("# gone\n")
    assert generate.stale(tmp_path, made) == ["reference/gone.md", "sources/one.md", "sources/two.md"]
    generate.write(tmp_path, made)
    assert generate.stale(tmp_path, made) == []


def broken_links(page: Path, text: str) -> list[str]:
    """Relative links of a page that lead to no file, or to no heading of it."""
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(f"{page.name}: {link}")
    return found


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings are linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_broken_link_is_seen() -> None:
    text = "[a](no-such.md) [b](words.md#no-such) [c](words.md#terms) [d](https://example.org) `[e](no.md)`"
    assert broken_links(DOCS / "index.md", text) == ["index.md: no-such.md", "index.md: words.md#no-such"]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_written_page_is_short_and_opens_with_one_sentence(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    title, opening = text.split("\n\n")[:2]
    assert title.startswith("# ")
    assert opening.rstrip().endswith(".")
    if page.name != "README.md":  # the README opens with two
        assert re.findall(r"\.\s+[A-Z]", opening) == []
    assert len(text.splitlines()) <= 200


def test_the_words_are_those_the_code_loads() -> None:
    shown: dict[str, dict[str, str]] = {}
    for part in (DOCS / "words.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, *lines = part.splitlines()
        rows = [line.strip("|").split("|", 1) for line in lines if line.startswith("|")]
        shown[heading.lower()] = {word.strip(): meaning.strip() for word, meaning in rows[2:]}
        assert len(shown[heading.lower()]) == len(rows) - 2 > 0, f"{heading}: a word stands there twice"
    assert vocabularies() == shown
    used = {column.words for table in tables().values() for column in table.columns if column.words}
    assert used <= shown.keys()


def test_the_changelog_begins_with_the_numbers_that_change() -> None:
    newest = (ROOT / "CHANGELOG.md").read_text().split("\n## ")[1]
    assert re.findall(r"^### (.+)$", newest, flags=re.MULTILINE)[0] == "Numbers that change"
