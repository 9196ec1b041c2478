"""YAML with positions: every word and mapping knows the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dictionaries.errors import DictionaryError

# libyaml's composer is ten times as fast as the Python one; wheels of PyYAML bring it, a source build may not.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: file (relative to the dictionaries), line and column, both from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def short(self) -> str:
        """file:line, as events cite it."""
        return f"{self.file}:{self.line}"


class Word(str):
    """A scalar of the YAML with its place."""

    place: Place


class Mapping(dict[Any, Any]):
    """A mapping of the YAML with its place."""

    place: Place


class Sequence(list[Any]):
    """A sequence of the YAML with its place."""

    place: Place


def read_yaml(path: Path, root: Path, shown: str | None = None) -> Any:
    """Read one file into Mapping, Sequence, Word, and None for null; places name it as `shown`, or by its path below `root`.

    Scalars stay text ("010" is no number). Raises DictionaryError with file:line:column for text that is not UTF-8,
    YAML that does not parse, a key given twice, an alias or an explicit tag.
    """
    file = shown or path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DictionaryError(f"{file}:{line}:1: not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise DictionaryError(f"{file}:1:1: cannot be read ({error.strerror})") from None
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise DictionaryError(f"{file}:{at}: YAML does not parse: {problem}") from None
    return None if node is None else _construct(node, file, set(), 0)


def _construct(node: Any, file: str, seen: set[int], depth: int) -> Any:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        raise DictionaryError(f"{place}: YAML aliases are not read here; write the value out")
    if depth > _DEEPEST:
        raise DictionaryError(f"{place}: nested more than {_DEEPEST} deep")
    if not isinstance(node, yaml.ScalarNode):
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        mapping = Mapping()
        mapping.place = place
        for key_node, value_node in node.value:
            key = _construct(key_node, file, seen, depth + 1)
            if not isinstance(key, Word):
                raise DictionaryError(f"{place}: a key must be a word")
            if key in mapping:
                raise DictionaryError(f"{key.place}: the key {key!s} stands twice")
            mapping[key] = _construct(value_node, file, seen, depth + 1)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        sequence = Sequence(_construct(child, file, seen, depth + 1) for child in node.value)
        sequence.place = place
        return sequence
    if node.tag == "tag:yaml.org,2002:null" and not node.style:
        return None
    word = Word(node.value)
    word.place = place
    return word


def place_at(value: Any, path: tuple[int | str, ...], file: str) -> str:
    """file:line:column of the innermost thing on a path of keys and positions that has a place, as for what pydantic complains of; a step that is not there (the tag of a union) is passed over."""
    place = getattr(value, "place", f"{file}:1:1")
    for step in path:
        if isinstance(value, Mapping) and step in value:
            place = getattr(next(key for key in value if key == step), "place", place)
            value = value[step]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        place = getattr(value, "place", place)
    return str(place)
