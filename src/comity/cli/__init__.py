"""The command line: the library said aloud. One command a file; a file is imported only when its command is used."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
from pathlib import Path
from typing import Any

import click

from comity import __version__
from comity.errors import ComityError

_DOCSTRING = re.compile(r'^def command\(.*?"""(.*?)"""', re.DOTALL | re.MULTILINE)


def _docstring(name: str) -> str:
    """The docstring of a command, read from its file."""
    found = _DOCSTRING.search(Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
    return found[1] if found else ""


class Comity(click.Group):
    """Finds commands by the names of the files here, and turns a comity error into one line and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in order of name."""
        return sorted(module.name.rstrip("_") for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one file: the function named `command` in `cli/NAME.py`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, each with the first sentence of its docstring as it stands in its file.

        To import every command for a sentence would take a third of the time that help may take.
        """
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, click.Command(name, help=_docstring(name)).get_short_help_str(limit)) for name in names]
            )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command the user named."""
        try:
            return super().invoke(ctx)
        except ComityError as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except BrokenPipeError:
            raise  # the reader of the answer has gone; click ends quietly
        except OSError as error:
            told = error.strerror or str(error)
            raise click.ClickException(f"{error.filename}: {told}" if error.filename else told) from error


@click.command(cls=Comity, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="comity")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the answer and errors.")
@click.option(
    "--home",
    type=click.Path(file_okay=False),
    envvar="COMITY_HOME",
    help="Folder of the store and the cache.",
)
@click.option("--audience", default="owner", show_default=True, help="Who is looking: owner, public or nation:AAA.")
@click.pass_context
def main(ctx: click.Context, quiet: bool, home: str | None, audience: str) -> None:
    """Keep, show and assess who engages militarily with whom: a sourced record of military diplomacy.

    Begin with `comity load` (the shipped register) and `comity brief south-china-sea`.
    """
    from comity.cli._settings import Settings

    # The matrices here are small: more threads would cost time on every command and save none.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    ctx.obj = Settings(quiet=quiet, home_folder=home, audience=audience)
