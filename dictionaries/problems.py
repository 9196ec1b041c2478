"""Reading fields of YAML, a user's overlay over what ships: what is not as it should be is noted with its place, and reading goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dictionaries.errors import DictionaryError
from dictionaries.yaml_source import Mapping, Sequence, Word, read_yaml


class Problems(list[str]):
    """Sentences about what is wrong, each beginning with file:line:column.

    `overlay` is a user's folder: what a file of the same name holds there is laid over what the shipped one holds.
    """

    def __init__(self, overlay: Path | None = None) -> None:
        super().__init__()
        self.overlay = overlay

    def note(self, where: Any, message: str) -> None:
        """Note what is wrong with a Word, Mapping or Sequence."""
        place = getattr(where, "place", None)
        self.append(f"{place}: {message}" if place else message)

    def read_mapping(self, path: Path, root: Path) -> Mapping:
        """The mapping that a file holds; empty, and noted, when it cannot be read or holds something else."""
        shipped, own = (self._read(given, shown, Mapping, "mapping") for given, shown in self._files(path, root))
        laid: Mapping = self._lay_over(own, shipped, path.parent.name == "actors") if own else shipped
        return laid

    def read_sequence(self, path: Path, root: Path) -> Sequence:
        """The list that a file holds; empty, and noted, when it cannot be read or holds something else."""
        shipped, own = (self._read(given, shown, Sequence, "list") for given, shown in self._files(path, root))
        laid: Sequence = self._lay_over(own, shipped) if own else shipped
        return laid

    def _files(self, path: Path, root: Path) -> list[tuple[Path | None, str]]:
        """The shipped file and the overlay's of the same name (None where there is none), each as messages name it."""
        name = path.relative_to(root)
        own = self.overlay / name if self.overlay else None
        # A file that stands in the overlay alone is no missing file.
        shipped = None if own and own.is_file() and not path.is_file() else path
        return [(shipped, name.as_posix()), (own if own and own.is_file() else None, own.as_posix() if own else "")]

    def _read(self, path: Path | None, shown: str, kind: type[Any], called: str) -> Any:
        if path is None:
            return kind()
        try:
            value = read_yaml(path, path.parent, shown)
        except DictionaryError as error:
            self.append(str(error))
            return kind()
        if not isinstance(value, kind):
            self.append(f"{shown}:1:1: must be a {called}")
            return kind()
        return value

    def _lay_over(self, own: Any, shipped: Any, whole_rows: bool = False) -> Any:
        """The overlay's value over the shipped one: mappings key by key, lists joined with the overlay's words first, words replaced.

        First, because of two equal words the first counts. `whole_rows`: a row replaces the shipped row of its key.
        """
        laid: Mapping | Sequence
        if isinstance(own, Mapping) and isinstance(shipped, Mapping):
            laid = Mapping({key: value if whole_rows or key not in shipped else self._lay_over(value, shipped[key]) for key, value in own.items()})
            laid.update({key: value for key, value in shipped.items() if key not in own})
        elif isinstance(shipped, Sequence) and isinstance(own, Word | Sequence):
            laid = Sequence([*([own] if isinstance(own, Word) else own), *shipped])
        elif isinstance(shipped, Mapping | Sequence):
            if own is not None:
                self.note(own, f"expected a {'mapping' if isinstance(shipped, Mapping) else 'list'}, as the shipped dictionary has here")
            return shipped
        else:
            return own
        laid.place = own.place
        return laid

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
