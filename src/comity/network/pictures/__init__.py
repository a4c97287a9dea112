"""Pictures of networks as SVG and PNG: who is tied to whom, a heat map, blocs over time, and ties by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity import opened

if TYPE_CHECKING:
    from comity.network.pictures.drawing import PICTURES, draw_picture, write_picture
    from comity.network.pictures.heat_map import draw_heat_map
    from comity.network.pictures.node_link import draw_node_link
    from comity.network.pictures.places import Places, layout
    from comity.network.pictures.streams import draw_streams
    from comity.network.pictures.timeline import draw_timeline

_HOMES = {
    "PICTURES": "comity.network.pictures.drawing",
    "Places": "comity.network.pictures.places",
    "draw_heat_map": "comity.network.pictures.heat_map",
    "draw_node_link": "comity.network.pictures.node_link",
    "draw_picture": "comity.network.pictures.drawing",
    "draw_streams": "comity.network.pictures.streams",
    "draw_timeline": "comity.network.pictures.timeline",
    "layout": "comity.network.pictures.places",
    "write_picture": "comity.network.pictures.drawing",
}
__all__ = [
    "PICTURES",
    "Places",
    "draw_heat_map",
    "draw_node_link",
    "draw_picture",
    "draw_streams",
    "draw_timeline",
    "layout",
    "write_picture",
]


def __getattr__(name: str) -> Any:
    return opened(__name__, _HOMES, name)
