"""The overlay that an import writes: what earlier imports wrote stays, equal words and rows are written once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from dictionaries.errors import DictionaryError

MARK = "# Written by `marsad dictionaries import`, which keeps the entries of this file but not comments."


class Draft:
    """The files of an overlay folder as plain lists and mappings, changed in memory and written by write()."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Any] = {}
        self._seen: dict[tuple[str, ...], set[str]] = {}

    def at(self, file: str, *path: str, kind: type[Any] = dict) -> Any:
        """The mapping (or list) at a path of a file, made where there is none."""
        steps: list[tuple[str, type[Any]]] = [(key, dict) for key in path]
        kinds = [kind if i == len(steps) else dict for i in range(len(steps) + 1)]
        if file not in self.files:
            self.files[file] = self._read(file, kinds[0])
        value = self.files[file]
        for (key, _), wanted in zip(steps, kinds[1:], strict=True):
            value = value.setdefault(key, wanted())
        return value

    def add(self, value: Any, file: str, *path: str) -> bool:
        """Append a word or a row to the list at a path; False where it stands there."""
        rows = self.at(file, *path, kind=list)
        place = (file, *path)
        if place not in self._seen:
            self._seen[place] = {json.dumps(row, sort_keys=True) for row in rows}
        mark = json.dumps(value, sort_keys=True)
        if mark in self._seen[place]:
            return False
        self._seen[place].add(mark)
        rows.append(value)
        return True

    def write(self) -> list[Path]:
        """Write the files that hold something; gives their paths. Raises DictionaryError where one cannot be written."""
        written = []
        for file, value in self.files.items():
            path = self.folder / file
            if value:
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=160)
                    path.write_text(f"{MARK}\n{text}", encoding="utf-8")
                except OSError as error:
                    raise DictionaryError(f"{path}: cannot be written ({error.strerror})") from None
                written.append(path)
        return written

    def _read(self, file: str, kind: type[Any]) -> Any:
        path = self.folder / file
        if not path.exists():
            return kind()
        text = path.read_text(encoding="utf-8")
        if not text.startswith(MARK):
            raise DictionaryError(f"{path}: was not written by an import; name another folder with --out, or move what you wrote yourself to a folder of its own")
        try:
            value = yaml.load(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise DictionaryError(f"{path}: YAML does not parse ({str(error).splitlines()[0]}); run `marsad dictionaries lint --dictionaries {self.folder}`") from None
        return value if isinstance(value, kind) else kind()


_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LoaderBase: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Dumper(_Base):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:  # our reader takes no aliases
        return True


class _Loader(_LoaderBase):  # type: ignore[misc]
    """Every word stays text: "0232" is a code."""
