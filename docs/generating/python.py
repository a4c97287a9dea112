"""The page of public names, from signatures and docstrings."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from types import ModuleType
from typing import Any

import comity
from comity.session import Session
from generating.markdown import code, page

LONGEST_VALUE = 120


def python_page() -> str:
    """The public names of the package and of its rooms."""
    parts = ["## comity", bullets_of(comity), "`comity.open_store()` gives a session:", entry("Session", Session)]
    for module in rooms():
        parts += [f"## {module.__name__}", (module.__doc__ or "").strip().splitlines()[0], bullets_of(module)]
    return page("# Python", "These are the public names; everything else may change without notice.", *parts)


def rooms() -> list[ModuleType]:
    """Every room that has a list of public names, in order of name."""
    found = [importlib.import_module(f"comity.{room.name}") for room in pkgutil.iter_modules(comity.__path__)]
    return [module for module in found if hasattr(module, "__all__")]


def bullets_of(module: ModuleType) -> str:
    """The public names of a module, one line each, classes with their methods."""
    return "\n".join(entry(name, getattr(module, name)) for name in module.__all__)


def entry(name: str, value: Any) -> str:
    """One public name: its signature and the first line of what it means."""
    if not callable(value):
        is_shown = name != "__version__" and isinstance(value, str | tuple) and len(str(value)) < LONGEST_VALUE
        return f"- `{name}`" + (f": {code([value])}" if is_shown else "")
    lines = [f"- `{name}{signature(value)}`: {meaning(value)}"]
    if isinstance(value, type) and not issubclass(value, Exception):
        for method, held in vars(value).items():
            if not method.startswith("_") and inspect.isfunction(held):
                lines.append(f"  - `.{method}{signature(held)}`: {meaning(held)}")
    return "\n".join(lines)


def meaning(value: Any) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(value) or "").splitlines()[0]


class _Bare(str):
    """An annotation that shows as it is written."""

    __slots__ = ()
    __repr__ = str.__str__


def signature(value: Any) -> str:
    """The signature as it is written; none for an error."""
    if isinstance(value, type) and issubclass(value, Exception):
        return ""
    found = inspect.signature(value)
    parameters = [
        each.replace(annotation=_bare(each.annotation), default=_named(each.default))
        for name, each in found.parameters.items()
        if name != "self"
    ]
    kept = found.replace(parameters=parameters, return_annotation=_bare(found.return_annotation))
    return str(kept).removesuffix(" -> None")


def _named(default: Any) -> Any:
    """A default as it is; a function by its name, since its address changes from run to run."""
    return _Bare(default.__name__) if inspect.isfunction(default) else default


def _bare(annotation: Any) -> Any:
    if annotation is inspect.Signature.empty:
        return annotation
    if isinstance(annotation, str):
        return _Bare(annotation)
    return _Bare(re.sub(r"(?:\w+\.)+(\w+)", r"\1", inspect.formatannotation(annotation)))
