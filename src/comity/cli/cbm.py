"""The command `comity cbm`. One command a file: `_cbm_NAME.py` holds `comity cbm NAME`."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import click

_PREFIX = "_cbm_"


class Duties(click.Group):
    """Finds its commands by the names of the files beside this one, and imports a file only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in order of name."""
        found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
        return sorted(name.removeprefix(_PREFIX) for name in found if name.startswith(_PREFIX))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one file: the function named `command` in `_cbm_NAME.py`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"comity.cli.{_PREFIX}{cmd_name}")
        found: click.Command = module.command
        return found


@click.command(cls=Duties)
def command() -> None:
    """Confidence-building: the duties an activity brings about, and the rules they come from."""
