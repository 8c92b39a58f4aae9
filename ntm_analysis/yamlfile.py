"""YAML files read with the line of every value, and typed by a schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ntm_analysis.language import messages, say
from ntm_analysis.limits import TEXT, YAML_NODES, YAML_TEXT, beyond, check_lines, check_size, limit
from ntm_analysis.limits.letters import words
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.yamlloader import Loader

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str, ...]
_MOST_PROBLEMS = 200
_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "slug",
    r"^[a-z][a-z0-9_]*$": "name",
    r"^\d{5}$": "five_digits",
    r"^\d+(\.\d+)?$": "code",
}
"""Patterns of our schemas and the message that says in words what they want."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A YAML file's content and where each value stands.

    Attributes
    ----------
    file : str
        The name to report.
    data : Any
        Mappings, lists and scalars; strings in NFC.
    lines : mapping of location to int
        The line, from 1, of the value at each path of keys and indices, all as text.
    """

    file: str
    data: Any
    lines: Mapping[Loc, int]

    def line(self, loc: Sequence[str | int]) -> int | None:
        """Return the line of the value at `loc`, or of the nearest thing around it."""
        path = tuple(str(part) for part in loc)
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.lines.get(())

    def problem(
        self, loc: Sequence[str | int], problem: str, wanted: str, found: str | None = None
    ) -> Problem:
        """Return a problem with the entry at `loc`, which holds `found` (by default, itself)."""
        value = self.data
        for part in loc:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
        return Problem(
            self.file,
            problem,
            wanted,
            row=self.line(loc),
            column=dotted(loc, self.data),
            value=found if isinstance(value, dict | list | None) else found or str(value),
        )


@dataclass(slots=True)
class _Walk:
    """What is found on the way through a tree of nodes: places, keys named twice, faults."""

    file: str
    lines: dict[Loc, int] = field(default_factory=dict)
    twice: list[tuple[Loc, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    above: set[int] = field(default_factory=set)
    count: int = 0

    def through(self, node: yaml.Node, loc: Loc) -> None:
        """Note what stands at and below a node."""
        row = node.start_mark.line + 1
        self.lines.setdefault(loc, row)
        if id(node) in self.above:
            said = say("limits.alias"), say("limits.alias_wanted")
            raise DataErrors([Problem(self.file, *said, row=row, column=_shown(loc))])
        # Counted as often as aliases repeat it: written out, a few of them would fill any memory.
        self.count += 1
        if self.count > limit(YAML_NODES):
            raise beyond(self.file, "nodes", "", limit(YAML_NODES))
        self.above.add(id(node))
        if isinstance(node, yaml.MappingNode):
            names: set[str] = set()
            for key, value in node.value:
                name = unicodedata.normalize("NFC", str(key.value))
                here = (*loc, name)
                self.letters(here, key)
                if name in names:
                    self.twice.append((here, key.start_mark.line + 1))
                names.add(name)
                self.lines[here] = key.start_mark.line + 1
                self.through(value, here)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self.through(value, (*loc, str(index)))
        else:
            self.letters(loc, node)
        self.above.discard(id(node))

    def letters(self, loc: Loc, node: yaml.Node) -> None:
        """Note a character that may not stand in a text."""
        wrong = words(node.value) if isinstance(node.value, str) else None
        if wrong:
            row = node.start_mark.line + 1
            self.problems.append(Problem(self.file, *wrong, row=row, column=_shown(loc)))


def _shown(loc: Loc) -> str:
    return dotted([int(part) if part.isdecimal() and len(part) < 4 else part for part in loc])


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_nfc(k): _nfc(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_nfc(v) for v in value]
    return value


def read_text(path: Path, file: str, most: int = TEXT) -> str:
    """Return a text file's content.

    Parameters
    ----------
    path : Path
    file : str
        Its name in error messages.
    most : int
        The bytes that it may have, unless `NTM_LIMIT` raises that.

    Raises
    ------
    DataErrors
        If the file is missing, too large, cannot be read or is not UTF-8.
    """
    try:
        if path.is_dir():  # Windows calls opening a folder a lack of permission
            raise IsADirectoryError
        check_size(path, file, most)
        text = path.read_text(encoding="utf-8-sig")
        check_lines(text, file)
        return text
    except FileNotFoundError:
        problem, wanted = say("file.missing"), say("file.missing_wanted")
    except IsADirectoryError:
        problem, wanted = say("file.folder"), say("file.missing_wanted")
    except UnicodeDecodeError:
        problem, wanted = say("file.encoding"), say("file.encoding_wanted")
    except PermissionError:
        problem, wanted = say("file.denied"), say("file.denied_wanted")
    except OSError as error:
        problem, wanted = say("file.unreadable", reason=error.strerror), say("file.missing_wanted")
    raise DataErrors([Problem(file, problem, wanted)])


def read_yaml(path: Path, file: str | None = None) -> YamlDocument:
    """Read a YAML file.

    Parameters
    ----------
    path : Path
        The file.
    file : str, optional
        Its name in error messages.

    Raises
    ------
    DataErrors
        If the file is missing, is not UTF-8, is not YAML, or names a key twice.
    """
    name = file or path.as_posix()
    text = read_text(path, name, YAML_TEXT)
    walk = _Walk(name)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            walk.through(node, ())
        data = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataErrors([_malformed(name, text, error)]) from None
    finally:
        loader.dispose()
    if walk.problems:
        raise DataErrors(walk.problems)
    if walk.twice:
        raise DataErrors(
            Problem(name, say("yaml.twice"), say("yaml.twice_wanted"), row=line, column=dotted(loc))
            for loc, line in walk.twice
        )
    return YamlDocument(name, _nfc(data), walk.lines)


def _malformed(name: str, text: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    row, column = (mark.line + 1, str(mark.column + 1)) if mark else (None, None)
    key, detail = "malformed", getattr(error, "problem", None) or str(error)
    if isinstance(error, yaml.reader.ReaderError):
        key, row = "character", text.count("\n", 0, error.position) + 1
    elif isinstance(error, RecursionError):
        key = "nested"
    elif row is not None and re.match(r" *\t", [*text.split("\n"), ""][row - 1]):
        key = "tab"
    problem, wanted = say(f"yaml.{key}", detail=detail), say(f"yaml.{key}_wanted")
    return Problem(name, problem, wanted, row=row, column=column)


def dotted(loc: Sequence[str | int], data: Any = None) -> str:
    """Return a path of keys and indices as people read it: `limbs[0].name`.

    Parameters
    ----------
    loc : sequence of str or int
    data : Any
        What the path leads through: a number that is a key there reads `appraisals.2024`.
    """
    text = ""
    for part in loc:
        if isinstance(part, int) and not isinstance(data, dict):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else str(part)
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            data = None
    return text


def _written(loc: Sequence[str | int], data: Any) -> tuple[str | int, ...]:
    """Return the path without the names that pydantic adds for the branches of a union."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        if isinstance(data, dict):
            missing = number == len(loc) - 1 and part != "[key]"
            inside, below = part in data or missing, data.get(part)
        else:
            inside = isinstance(data, list) and isinstance(part, int)
            below = data[part] if isinstance(data, list) and isinstance(part, int) else data
        if inside:
            path.append(part)
            data = below
    return tuple(path)


def _explain(error: Mapping[str, Any]) -> tuple[str, str]:
    kind = str(error["type"])
    context = error.get("ctx") or {}
    wanted = {k: f"{v:g}" if isinstance(v, float) else str(v) for k, v in context.items()}
    if "expected" in wanted:
        wanted["expected"] = wanted["expected"].replace(" or ", ", ").replace("'", "")
    if error.get("input") is None and kind.endswith(("_type", "_parsing")):
        kind = "string_too_short"
    if wanted.get("pattern") in _PATTERNS:
        kind = f"pattern_{_PATTERNS[wanted['pattern']]}"
    if kind == "value_error":
        return str(context.get("error", error["msg"])), say("schema.value_error_wanted")
    if f"schema.{kind}" not in messages("en"):
        return say("schema.other", detail=error["msg"]), say("schema.other_wanted")
    return say(f"schema.{kind}", **wanted), say(f"schema.{kind}_wanted", **wanted)


def parse(document: YamlDocument, model: type[Model]) -> Model:
    """Return the document as `model`.

    Raises
    ------
    DataErrors
        With one problem for each field that does not fit, each with its line.
    """
    data = document.data if document.data is not None else {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = []
        items = error.errors(include_url=False)
        for item in items[:_MOST_PROBLEMS]:
            if item["type"] == "too_short" and any(
                len(other["loc"]) > len(item["loc"])
                and other["loc"][: len(item["loc"])] == item["loc"]
                for other in items
            ):
                continue  # the list is not short: its faulty items were set aside
            problem, wanted = _explain(item)
            value = item.get("input")
            loc = _written(item["loc"], data)
            problems.append(
                Problem(
                    document.file,
                    problem,
                    wanted,
                    row=document.line(loc),
                    column=dotted(loc, data) or None,
                    value=None if isinstance(value, dict | list | None) else str(value),
                )
            )
        if len(items) > _MOST_PROBLEMS:
            problem = say("limits.more", count=len(items) - _MOST_PROBLEMS)
            problems.append(Problem(document.file, problem, say("limits.more_wanted")))
        raise DataErrors(problems) from None


def load(path: Path, model: type[Model], file: str | None = None) -> Model:
    """Read a YAML file and return it as `model`; see `read_yaml` and `parse` for errors."""
    return parse(read_yaml(path, file), model)
