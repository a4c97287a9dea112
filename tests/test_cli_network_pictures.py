"""The command that draws networks: each picture, both formats, and what it refuses."""

from __future__ import annotations

import pytest
from lxml import etree

from comity.cli._network_pictures import ENDINGS as CLI_ENDINGS
from comity.cli._network_pictures import PICTURES as CLI_PICTURES
from comity.network.pictures import PICTURES
from comity.network.pictures.canvas import WIDTH
from comity.network.pictures.drawing import ENDINGS


def test_the_command_knows_the_pictures_there_are():
    assert tuple(PICTURES) == CLI_PICTURES
    assert CLI_ENDINGS == ENDINGS


@pytest.mark.parametrize("picture", PICTURES)
def test_the_command_draws(picture, tmp_path, run):
    out = tmp_path / "a.svg"
    asked = ["network", "2015:2017", "--layers", "alliance,exercise", "--states", "JPN,USA,AUS,PHL"]
    told = run(*asked, "--picture", picture, "-o", str(out))
    assert told.exit_code == 0, told.output
    assert etree.parse(out).getroot().get("width") == str(WIDTH)


def test_the_command_writes_png(tmp_path, run):
    out = tmp_path / "a.png"
    told = run("network", "2017", "--beside", "2015:2017", "-o", str(out))
    assert told.exit_code == 0, told.output
    assert out.read_bytes().startswith(b"\x89PNG")
    assert int.from_bytes(out.read_bytes()[16:20]) == 2 * WIDTH


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (["--picture", "blocs"], "--picture goes with -o"),
        (["--beside", "2010:2015", "-o", "a.csv"], "--beside goes with -o"),
        (["--beside", "2010:2015", "--picture", "heatmap", "-o", "a.svg"], "has no such places"),
    ],
)
def test_the_command_refuses_what_draws_nothing(asked, problem, run):
    told = run("network", "2017", *asked)
    assert told.exit_code == 2
    assert problem in told.output
