"""The lines of a dictionary to import, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dictionaries.errors import DictionaryError


class Ledger:
    """A file's lines from 1 and their fates: blank (or comment), heading (of a section, block or set; a macro), written, reported.

    A line counts once: as written if anything of it was, else as reported. close() reports what nobody has dealt with, so that
    the four numbers add up to the lines of the file.
    """

    def __init__(self, path: Path) -> None:
        """Read a file; bytes that are not UTF-8 become U+FFFD, which no phrase may hold. Raises DictionaryError where it cannot be read."""
        self.path = path
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise DictionaryError(f"{path}: cannot be read ({error.strerror})") from None
        self.reasons: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.bare: set[int] = set()  # lines of spaces and a comment: a phrase may be missing there
        self._fate: dict[int, str] = {}
        self._texts: dict[int, str] = {}
        lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        self.lines = len(lines) - (not lines[-1])
        for number, line in enumerate(lines[: self.lines], 1):
            text, comment, _ = line.decode("utf-8", errors="replace").partition("#")
            if comment and text and not text.strip(" "):
                self.bare.add(number)
            text = text.rstrip()
            if not text or text.startswith("<!"):
                self._fate[number] = "blank"
            else:
                self._texts[number] = text

    def rows(self) -> Iterator[tuple[int, str]]:
        """Number and text of the lines that say something, without comments and trailing space."""
        yield from self._texts.items()

    @property
    def arabic(self) -> bool:
        """Whether most letters are Arabic."""
        text = "".join(self._texts.values())
        return len(re.findall(r"[\u0620-\u064a]", text)) > len(re.findall(r"[A-Za-z]", text))

    def heading(self, number: int) -> None:
        """The line only orders others."""
        self._fate.setdefault(number, "heading")

    def write(self, number: int) -> None:
        """Something of the line was written."""
        self._fate[number] = "written"

    def report(self, number: int, reason: str) -> None:
        """The line, or a part of it, was not written; the reason is one plain phrase."""
        self.reasons.append((number, reason))
        if self._fate.get(number) != "written":
            self._fate[number] = "reported"

    def close(self) -> None:
        """Report the lines that nobody has dealt with."""
        for number in self._texts:
            if number not in self._fate:
                self.report(number, "not understood")
        self.reasons.sort()

    def counts(self) -> dict[str, int]:
        """The lines by fate; they add up to `lines`."""
        fates = list(self._fate.values())
        return {fate: fates.count(fate) for fate in ("blank", "heading", "written", "reported")}
