"""Fitted models as files: JSON with what they learned from, so that nothing runs when one is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from comity import __version__
from comity.errors import BadRequest
from comity.forecast.fitting import Average, Blend, Constant, Derived, Learning, Model, Specialist, frozen
from comity.forecast.forest import Forest
from comity.forecast.penalized import Penalized

FORMAT = 1


def fingerprint(rows: Learning) -> str:
    """A name for the rows that were learned from: inputs, their names, and outcomes, to the bit.

    >>> from comity.forecast.features import Features
    >>> held = Features(("a",), ("g",), np.zeros((1, 1), dtype=np.float32))
    >>> len(fingerprint(Learning(held, np.zeros(1), np.zeros(1, dtype=bool))))
    64
    """
    made = hashlib.sha256("\n".join(rows.features.names).encode())
    for values in (rows.features.x, rows.y, rows.is_quiet):
        made.update(np.ascontiguousarray(values).data)
    return made.hexdigest()


def save_model(path: Path, name: str, model: Model, rows: Learning) -> None:
    """Write a model with the fingerprint of its rows, its seed, the date of its settings and the versions it ran on."""
    import lightgbm

    held = {
        "format": FORMAT,
        "model": name,
        "kind": type(model).__name__,
        "fingerprint": fingerprint(rows),
        "seed": rows.seed,
        "rows": len(rows.y),
        "onsets": int(rows.y.sum()),
        "settings_chosen": str(frozen()["chosen"]),
        "versions": {"comity": __version__, "lightgbm": lightgbm.__version__, "numpy": np.__version__},
        "fit": model.to_dict(),
    }
    path.write_text(json.dumps(held), encoding="utf-8")


def load_model(path: Path) -> tuple[Model, dict[str, Any]]:
    """A model from its file, and what the file says of it. Raises BadRequest for a file that holds none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT:
            raise BadRequest(f"{path}: format is {held['format']}, and this version reads {FORMAT}")
        model = _KINDS[held["kind"]](held.pop("fit"))
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadRequest(f"{path}: no model of comity's ({error.__class__.__name__}: {error})") from error
    return model, held


def _average(held: dict[str, Any]) -> Average:
    return Average(Penalized.from_dict(held["logit"]), Forest.from_dict(held["trees"]))


_KINDS: dict[str, Callable[[dict[str, Any]], Model]] = {
    "Blend": lambda held: Blend(_average(held["usual"]), _average(held["quiet"]), Penalized.from_dict(held["active"])),
    "Constant": lambda held: Constant(float(held["odds"])),
    "Derived": lambda held: Derived(held["name"], Penalized.from_dict(held["logit"])),
    "Penalized": Penalized.from_dict,
    "Forest": Forest.from_dict,
    "Average": _average,
    "Specialist": lambda held: Specialist(_average(held["usual"]), _average(held["quiet"])),
}
