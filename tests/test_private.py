"""No file of the project names a machine's path or a package registry's address."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Written so that the patterns do not match themselves.
PRIVATE = re.compile(
    r"(?<![\w.:/-])/(?:wor[k]|hom[e]|roo[t]|User[s])/\w|[A-Z]:\\+User[s]|pypi\.or[g]|pythonhoste[d]|index-ur[l]|registr[y]=",
)


def test_no_machine_path_or_registry_address_is_in_a_file_of_ours() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    texts = {name: (ROOT / name).read_bytes().decode(errors="ignore") for name in names if (ROOT / name).is_file()}
    assert "README.md" in texts
    assert {name: match[0] for name, text in texts.items() if (match := PRIVATE.search(text))} == {}


@pytest.mark.parametrize("text", ["see /hom" + "e/me/x", "https://pypi.o" + "rg/simple", "--index-u" + "rl=x"])
def test_a_private_address_is_seen(text: str) -> None:
    assert PRIVATE.search(text)
    assert not PRIVATE.search("https://example.org/home/page and a registry of states")
