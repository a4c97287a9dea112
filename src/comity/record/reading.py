"""Reading records: YAML as plain text, then typed by its shape. What does not fit is refused with file and field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import yaml

from comity.errors import RecordError
from comity.record.applying import unfinished
from comity.record.shape import AnyRecord

DIFFERENCES = "differences.yml"  # beside the records: why some of them differ from a published dataset


@dataclass(frozen=True)
class Filed:
    """A record and the file it came from; the file's name is the record's identifier."""

    identifier: str
    file: str
    content: AnyRecord

    @property
    def kind(self) -> str:
        """The kind of thing the record is about, as its file states it."""
        return str(self.content.__struct_config__.tag)


class PlainLoader(yaml.CBaseLoader):
    """YAML read as text only, so that NO stays NO and 010 stays 010; a repeated key is an error.

    The library's own constructor asks of each of hundreds of thousands of texts what kind it is; here all are text.

    >>> yaml.load("{a: [NO, 010], b: ~}", Loader=PlainLoader)
    {'a': ['NO', '010'], 'b': '~'}
    """

    def resolve(self, *_node: Any) -> str:
        """No text has a kind of its own."""
        return "plain"

    def get_single_data(self) -> Any:
        """The document as dicts, lists and texts; None where there is none."""
        node = self.get_single_node()
        return None if node is None else _plain(node, {})


_UNDER_WAY = object()


def _plain(node: Any, made: dict[int, Any]) -> Any:
    """A node as plain data. `made` holds what was built already, for an alias stands for one and the same thing."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    held = made.get(id(node))
    if held is _UNDER_WAY:
        raise yaml.constructor.ConstructorError(problem="an alias holds itself", problem_mark=node.start_mark)
    if held is not None:
        return held
    made[id(node)] = _UNDER_WAY
    if isinstance(node, yaml.SequenceNode):
        made[id(node)] = [_plain(each, made) for each in node.value]
    else:
        made[id(node)] = _mapping(node, made)
    return made[id(node)]


def _mapping(node: Any, made: dict[int, Any]) -> dict[str, Any]:
    """The mapping, or an error that names the field given twice, or that is no text."""
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(problem="a field's name is no text", problem_mark=key.start_mark)
        if key.value in found:
            problem = f"the field {key.value!r} is given twice"
            raise yaml.constructor.ConstructorError(problem=problem, problem_mark=key.start_mark)
        found[key.value] = _plain(value, made)
    return found


def register_folder() -> Path:
    """Where the shipped register lies: inside the installed package, or `records/` of a checkout."""
    packaged = Path(str(files("comity.record"))) / "register"
    return packaged if packaged.exists() else Path(__file__).parents[3] / "records"


def record_files(folder: Path) -> list[Path]:
    """Every record file under a folder, sorted; a file that is not `.yml` is refused."""
    if not folder.is_dir():
        raise RecordError(f"{folder}: no such folder of records")
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    for path in found:
        if path.suffix not in (".yml", ".md"):
            raise RecordError(f"{path.relative_to(folder)}: a record file ends in .yml")
    return [path for path in found if path.suffix == ".yml" and path != folder / DIFFERENCES]


def read_record(path: Path, folder: Path, label: str = "public") -> Filed:
    """One record file, typed, with this label where it names none; RecordError names the file and the field."""
    name = path.relative_to(folder).as_posix()
    plain: Any = None
    try:
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (text only, no objects)
        if isinstance(plain, dict):
            plain.setdefault("label", label)
        content: AnyRecord = msgspec.convert(plain, type=AnyRecord, strict=False)
    except UnicodeDecodeError as error:
        raise RecordError(f"{name}: not UTF-8 at byte {error.start}") from error
    except yaml.YAMLError as error:
        raise RecordError(f"{name}: {_yaml_problem(error)}") from error
    except RecursionError as error:
        raise RecordError(f"{name}: lists or fields are nested too deeply") from error
    except msgspec.ValidationError as error:
        raise RecordError(f"{name}: {error}{_value_at(plain, str(error))}") from error
    return Filed(path.stem, name, content)


def readable(folder: Path, label: str = "public") -> tuple[list[Filed], list[str]]:
    """The records of a folder that can be read, and what is wrong with the files of the others, one line each.

    A change of the folder that was cut off while it was written is the first thing wrong with it.
    """
    filed, wrong = [], unfinished(folder)
    for path in record_files(folder):
        try:
            filed.append(read_record(path, folder, label))
        except RecordError as error:
            wrong.append(str(error))
    return filed, wrong


def _yaml_problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return where + " ".join(str(getattr(error, "problem", None) or error).split())


def _value_at(plain: Any, problem: str) -> str:
    """The value at the place that a problem with a record's shape names; the library names the place alone."""
    place = re.search(r"at `\$(.+)`$", problem)
    if place is None or "Invalid value" in problem:
        return ""
    for field, number in re.findall(r"\.(\w+)|\[(\d+)\]", place[1]):
        plain = plain[field] if field else plain[int(number)]
    return f" ({str(plain)[:40]!r})" if isinstance(plain, str) else ""
