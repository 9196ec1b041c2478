"""Reading fields of YAML: what is not as it should be is noted with its place, and reading goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dictionaries.errors import DictionaryError
from dictionaries.yaml_source import Mapping, Sequence, Word, read_yaml


class Problems(list[str]):
    """Sentences about what is wrong, each beginning with file:line:column."""

    def note(self, where: Any, message: str) -> None:
        """Note what is wrong with a Word, Mapping or Sequence."""
        place = getattr(where, "place", None)
        self.append(f"{place}: {message}" if place else message)

    def read_mapping(self, path: Path, root: Path) -> Mapping:
        """The mapping that a file holds; empty, and noted, when it cannot be read or holds something else."""
        try:
            value = read_yaml(path, root)
        except DictionaryError as error:
            self.append(str(error))
            return Mapping()
        if not isinstance(value, Mapping):
            self.append(f"{path.relative_to(root).as_posix()}:1:1: must be a mapping")
            return Mapping()
        return value

    def read_sequence(self, path: Path, root: Path) -> Sequence:
        """The list that a file holds; empty, and noted, when it cannot be read or holds something else."""
        try:
            value = read_yaml(path, root)
        except DictionaryError as error:
            self.append(str(error))
            return Sequence()
        if not isinstance(value, Sequence):
            self.append(f"{path.relative_to(root).as_posix()}:1:1: must be a list")
            return Sequence()
        return value

    def words(self, value: Any, where: Any = None) -> list[Word]:
        """A word or a list of words as a list; anything else is noted."""
        if value is None:
            return []
        if isinstance(value, Word):
            return [value]
        if isinstance(value, Sequence) and all(isinstance(child, Word) for child in value):
            return list(value)
        self.note(value if hasattr(value, "place") else where, "expected a word or a list of words (quote on, no, yes, off)")
        return []

    def mapping(self, value: Any, where: Any = None) -> Mapping:
        """A mapping, or an empty one where there is none; anything else is noted."""
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self.note(value if hasattr(value, "place") else where, "expected a mapping")
        return Mapping()

    def sequence(self, value: Any, where: Any = None) -> list[Any]:
        """A list, or an empty one where there is none; anything else is noted."""
        if isinstance(value, Sequence):
            return value
        if value is not None:
            self.note(value if hasattr(value, "place") else where, "expected a list")
        return []
