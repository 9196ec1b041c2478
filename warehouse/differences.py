"""What other dictionaries changed: mentions gained, lost and changed, by the entry that caused it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

# Same words, another coding: the mention changed. Else it is one that came or went.
_COMPARED = """
WITH recoded AS (SELECT article_id FROM past_codings WHERE dictionaries = $old AND replaced_by = $new),
     before AS (SELECT * FROM past_mentions SEMI JOIN recoded USING (article_id) WHERE dictionaries = $old),
     after AS (SELECT * FROM mentions SEMI JOIN recoded USING (article_id) WHERE dictionaries = $new),
     lost AS (SELECT * FROM before b ANTI JOIN after a ON a.article_id = b.article_id AND a.trigger_start = b.trigger_start AND a.code = b.code AND a.source IS NOT DISTINCT FROM b.source AND a.target IS NOT DISTINCT FROM b.target),
     gained AS (SELECT * FROM after a ANTI JOIN before b ON a.article_id = b.article_id AND a.trigger_start = b.trigger_start AND a.code = b.code AND a.source IS NOT DISTINCT FROM b.source AND a.target IS NOT DISTINCT FROM b.target),
     numbered_lost AS (SELECT *, row_number() OVER (PARTITION BY article_id, trigger_start ORDER BY code, source, target) AS place FROM lost),
     numbered_gained AS (SELECT *, row_number() OVER (PARTITION BY article_id, trigger_start ORDER BY code, source, target) AS place FROM gained)
SELECT coalesce(l.article_id, g.article_id) AS article_id, coalesce(l.sentence, g.sentence) AS sentence, coalesce(l.trigger, g.trigger),
       CASE WHEN l.code IS NULL THEN NULL ELSE [l.source, l.code, l.target] END, CASE WHEN g.code IS NULL THEN NULL ELSE [g.source, g.code, g.target] END,
       list_concat(l.entries, l.source_entries, l.target_entries), list_concat(g.entries, g.source_entries, g.target_entries), s.text
FROM numbered_lost l FULL JOIN numbered_gained g USING (article_id, trigger_start, place)
JOIN sentences s ON s.article_id = coalesce(l.article_id, g.article_id) AND s.sentence = coalesce(l.sentence, g.sentence)
ORDER BY ALL"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One mention before and after (source, code, target; None where there is none), and the entries that made the difference, with their text."""

    article_id: str
    sentence: str
    trigger: str
    before: tuple[str | None, str, str | None] | None
    after: tuple[str | None, str, str | None] | None
    causes: tuple[str, ...]

    @property
    def kind(self) -> str:
        """gained, lost or changed."""
        return "gained" if self.before is None else "lost" if self.after is None else "changed"


@dataclass(slots=True)
class Cause:
    """An entry (file:line and its text) with the differences that it made."""

    entry: str
    differences: list[Difference] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """How many are gained, lost or changed."""
        return sum(1 for difference in self.differences if difference.kind == kind)


NO_ENTRY = "no entry of its own (an actor or an act of the context, or a rule)"


def replaced(connection: duckdb.DuckDBPyConnection, new: str) -> list[str]:
    """The dictionaries whose codings those with the hash `new` replaced."""
    return [old for (old,) in connection.execute("SELECT DISTINCT dictionaries FROM past_codings WHERE replaced_by = ? ORDER BY 1", [new]).fetchall()]


def compare(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[Difference]:
    """The mentions that differ between two codings of the same parses."""
    rows = connection.execute(_COMPARED, {"old": old, "new": new}).fetchall()
    cite = _Citations(connection)
    found = []
    for article, _, trigger, before, after, old_entries, new_entries, sentence in rows:
        was, now = ({cite.text(version, entry): cite.shown(version, entry) for entry in entries or ()} for version, entries in ((old, old_entries), (new, new_entries)))
        if before and after:
            causes = [shown for text, shown in {**was, **now}.items() if (text in was) != (text in now)]
        else:
            version, mine = (new, was) if before else (old, now)
            causes = [shown for text, shown in mine.items() if text not in cite.lines(version)]
        found.append(Difference(article, sentence, trigger, tuple(before) if before else None, tuple(after) if after else None, tuple(sorted(causes)) or (NO_ENTRY,)))
    return found


def by_cause(differences: Sequence[Difference]) -> list[Cause]:
    """The causes, the one that made most differences first; a difference with several counts for each."""
    causes: dict[str, Cause] = {}
    for difference in differences:
        for entry in difference.causes:
            causes.setdefault(entry, Cause(entry)).differences.append(difference)
    return sorted(causes.values(), key=lambda cause: (-len(cause.differences), cause.entry))


class _Citations:
    """Entries (file:line) with the text they had; line numbers move between versions, texts do not."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._files: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.lines = functools.cache(self._lines)

    def text(self, version: str, entry: str) -> tuple[str, str]:
        file, _, line = entry.rpartition(":")
        lines = self._read(version).get(file, [])
        return file, lines[int(line) - 1].strip() if line.isdigit() and int(line) <= len(lines) else line

    def shown(self, version: str, entry: str) -> str:
        return f"{entry}  {self.text(version, entry)[1][:100]}"

    def _lines(self, version: str) -> frozenset[tuple[str, str]]:
        return frozenset((file, line.strip()) for file, lines in self._read(version).items() for line in lines)

    def _read(self, version: str) -> dict[str, list[str]]:
        if version not in self._files:
            rows = self._connection.execute("SELECT file, text FROM dictionary_files JOIN dictionary_texts USING (text_hash) WHERE dictionaries = ?", [version]).fetchall()
            self._files[version] = {file: text.splitlines() for file, text in rows}
        return self._files[version]
