"""A published benchmark of dispute outcomes, fitted anew: the page runs, and its numbers are near what is printed."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from comity.store import writing
from source_mirror import loaded

pytestmark = pytest.mark.mirror
PAGE = Path(__file__).parents[1] / "docs" / "how" / "replicate-capability-ratio.md"
PUBLISHED_CASES, PUBLISHED_REDUCTION = 1_482, 0.018
CASES_APART, REDUCTION_APART = 0.03, 0.002  # as the page says they were set before


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def ran(mirror, tmp_path_factory):
    """What the page's Python leaves behind and what it prints, on a store of the sources that the page names."""
    home = tmp_path_factory.mktemp("capability-ratio")
    with writing(home / "store") as load:
        for name in blocks("sh")[0].split()[2:]:
            load.replace(loaded(name))
    left, said = {}, io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("COMITY_HOME", str(home))
        (code,) = blocks("python")
        exec(compile(code, PAGE.name, "exec"), left)
    return left, said.getvalue()


def test_the_page_shows_what_its_code_prints(ran):
    (output,) = blocks("text")
    assert ran[1] == output


def test_cases_and_the_share_of_loss_are_near_the_published(ran):
    left = ran[0]
    assert len(left["y"]) == pytest.approx(PUBLISHED_CASES, rel=CASES_APART)
    mean = sum(left["found"]) / len(left["found"])
    assert mean == pytest.approx(PUBLISHED_REDUCTION, abs=REDUCTION_APART)
    assert 1 - left["whole"] / left["null"] == pytest.approx(PUBLISHED_REDUCTION, abs=0.0005)


def test_the_stronger_the_first_side_the_likelier_it_prevails(ran):
    left = ran[0]
    slope = left["fitted"](left["x"], left["y"])[2]
    assert slope > 0.5
    assert left["chances"](left["fitted"](left["x"], left["y"]), left["x"]).sum(axis=1) == pytest.approx(1)


def test_the_table_beside_print_is_that_of_the_fit(ran):
    left, text = ran[0], PAGE.read_text()
    mean = sum(left["found"]) / len(left["found"])
    assert f"| {PUBLISHED_CASES:,} | {len(left['y']):,} | {len(left['y']) - PUBLISHED_CASES:+} |" in text
    assert f"| {PUBLISHED_REDUCTION} | {mean:.3f} | {round(mean, 3) - PUBLISHED_REDUCTION:+.3f} |" in text
