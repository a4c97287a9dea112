"""A map on a page: its panels and the entries of its key as pictures of their own, which a narrow screen sets anew.

On a narrow screen three maps side by side would have to be moved to be seen, and a key would be cut; there the panels
stand one below another, and the key runs over lines.
"""

from __future__ import annotations

import re

_WIDER = 1.1  # a reader may have letters that are wider than those a key is measured with
_PANEL = re.compile(r'<g transform="translate\([^"]*\)">(<svg .*?</svg>)</g>(?:<text [^>]*>(.*?)</text>)?', re.DOTALL)
_ENTRY = re.compile(r'<svg class="entry" [^>]*width="([^"]*)" height="([^"]*)"[^>]*>(.*?)</svg>', re.DOTALL)
_DEFINED = re.compile(r"<defs>.*?</defs>", re.DOTALL)


def page_map(drawn: str) -> str:
    """The parts of a drawn map as HTML; what is not a map of ours is left as it is.

    >>> page_map('<svg width="9"><g transform="translate(0 0)"><svg width="9"></svg></g></svg>')
    '<div class="panels across-1" tabindex="0"><div><svg width="9"></svg></div></div>'
    """
    panels = _PANEL.findall(drawn)
    if not panels:
        return drawn
    defined = _DEFINED.match(drawn, drawn.index(">") + 1)
    hidden = f'<svg class="defined" aria-hidden="true" width="0" height="0">{defined[0]}</svg>' if defined else ""
    told = [f"<div>{f'<p>{title}</p>' if title else ''}{panel}</div>" for panel, title in panels]
    entries = [
        f'<svg aria-hidden="true" style="width:{float(wide) * _WIDER:.0f}px;height:{high}px">{form}</svg>'
        for wide, high, form in _ENTRY.findall(drawn)
    ]
    key = f'<div class="key">{"".join(entries)}</div>' if entries else ""
    return f'{hidden}<div class="panels across-{len(panels)}" tabindex="0">{"".join(told)}</div>{key}'
