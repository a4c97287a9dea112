"""The pictures of `comity network`: which networks each is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli._settings import Settings

if TYPE_CHECKING:
    from comity.network import Network

# Said here as well as in the room of networks, so that `--help` need not open it; a test compares the two.
PICTURES = ("network", "heatmap", "blocs", "timeline")
ENDINGS = (".svg", ".png")


@dataclass(frozen=True)
class Asked:
    """What a picture is of: years, layers, states, the state system, and the years whose pictures stand beside it."""

    years: tuple[int, int]
    layers: Sequence[str]
    states: Sequence[str]
    system: str
    beside: tuple[int, int] | None


def check_picture(out: Path | None, picture: str | None, beside: tuple[int, int] | None) -> None:
    """What can be refused before the work is: options of pictures without a picture to draw."""
    if (picture or beside) and (out is None or out.suffix not in ENDINGS):
        raise click.UsageError(
            f"{'--picture' if picture else '--beside'} goes with -o and a {' or '.join(ENDINGS)} file."
        )
    if beside and picture not in (None, "network"):
        raise click.UsageError(f"--beside places the states of a network, and a {picture} has no such places.")


def draw(settings: Settings, asked: Asked, picture: str, out: Path) -> str:
    """Draw a picture, write it, and say what was written."""
    from comity.network import USUAL, network, networks
    from comity.network.pictures import draw_picture, write_picture
    from comity.network.pictures.drawing import YEARLY
    from comity.vocab.states import find_state

    layers = list(asked.layers) or list(USUAL)
    named = tuple(dict.fromkeys(find_state(name, asked.years[1]) for name in asked.states))
    around: list[Network] = []
    with settings.open() as store:
        if picture in YEARLY:
            made = list(networks(store, asked.years, layers, asked.system))
        else:
            made = [network(store, asked.years, layers, asked.system)]
        if asked.beside is not None:
            around = list(networks(store, asked.beside, layers, asked.system))
    if named and picture != "timeline":
        # A state is named by a slip when no year has it; it may well be absent from some years.
        made = [each.among(_members(each, named) if len(made) > 1 else named) for each in made]
        around = [each.among(_members(each, named)) for each in around]
    write_picture(draw_picture(picture, made, named, around), out)
    return f"{out}: {picture} of {len({state for each in made for state in each.states})} states"


def _members(network: Network, named: Sequence[str]) -> list[str]:
    return [state for state in named if state in network.states]
