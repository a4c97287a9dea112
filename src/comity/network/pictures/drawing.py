"""A picture by its name, written as SVG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.errors import BadRequest
from comity.network.graph import Network
from comity.network.pictures.heat_map import draw_heat_map
from comity.network.pictures.node_link import draw_node_link
from comity.network.pictures.places import layout
from comity.network.pictures.streams import draw_streams
from comity.network.pictures.timeline import draw_timeline
from comity.record.whole_files import write_whole

PICTURES = {
    "network": "states and the lines between them, as one network over the years",
    "heatmap": "every pair a cell, ordered by bloc, as one network over the years",
    "blocs": "blocs year by year as streams",
    "timeline": "the ties of a pair, or of a state, year by year",
}
YEARLY = frozenset({"blocs", "timeline"})  # drawn from a network for each year
ENDINGS = (".svg", ".png")
_SCALE = 2.0  # a PNG has twice the pixels, so that it is sharp on any screen


def draw_picture(
    name: str, networks: Sequence[Network], states: Sequence[str] = (), around: Sequence[Network] = ()
) -> str:
    """A picture as SVG; BadRequest names the pictures there are.

    `states` are those a timeline is of. `around` are networks of other years, with which the states of a network find
    their places: pictures with the same `around` can be laid side by side.
    """
    if name not in PICTURES:
        raise BadRequest(f"{name!r} is no picture; pictures are {', '.join(PICTURES)}")
    if name == "blocs":
        return draw_streams(networks)
    if name == "timeline":
        return draw_timeline(networks, states)
    (network,) = networks
    if name == "heatmap":
        return draw_heat_map(network)
    # Networks that span these years decide alone: the picture of each of them then has the same places to the pixel.
    first, last = (
        min((each.years[0] for each in around), default=0),
        max((each.years[1] for each in around), default=0),
    )
    is_within = first <= network.years[0] and network.years[1] <= last
    return draw_node_link(network, layout(around if is_within else [network, *around]))


def write_picture(svg: str, path: Path) -> None:
    """Write a picture to a .svg or .png file, by its ending."""
    if path.suffix == ".svg":
        write_whole(path, svg)
    elif path.suffix == ".png":
        import vl_convert

        write_whole(path, vl_convert.svg_to_png(svg, scale=_SCALE))
    else:
        raise BadRequest(
            f"a picture is written as {', '.join(ENDINGS)}, not {path.suffix or 'a file without an ending'!r}"
        )
