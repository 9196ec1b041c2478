"""Stored parses coded again: by other dictionaries, in several processes, without torch; and what that changes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dictionaries import load_dictionaries
from flows.command import app
from parsers.sentence import Sentence, Token
from tests.warehouse.records import record
from warehouse import connect, open_warehouse
from warehouse.load import load_batch
from warehouse.package import CodedRecord
from warehouse.snapshot import publish

# Invented: no dictionary has the verb, and a user's own gives it.
OWN = """- act: praise
  frame: {source: [subj], target: [obj]}
  verbs: [serenade]
"""
TEXT = "Egypt serenaded Jordan."
TABLES = ("articles", "sentences", "mentions", "events", "actors", "past_mentions", "past_codings")


def serenade(article_id: str) -> CodedRecord:
    words = (("Egypt", "Egypt", "PROPN", 1, "nsubj"), ("serenaded", "serenade", "VERB", -1, "root"), ("Jordan", "Jordan", "PROPN", 1, "obj"), (".", ".", "PUNCT", 1, "punct"))
    starts = (0, 6, 16, 22)
    tokens = tuple(Token(i, text, lemma, upos, "", head, relation, at, at + len(text)) for i, ((text, lemma, upos, head, relation), at) in enumerate(zip(words, starts, strict=True)))
    made = record(article_id, events=(), text=TEXT, origin=f"{article_id}.txt")
    return replace(made, sentences=(Sentence(0, 0, len(TEXT), TEXT, tokens),))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path) as connection:
        load_batch(connection, [serenade(f"a{n}") for n in range(5)], [], load_dictionaries())
        publish(connection, path)
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "acts.yaml").write_text(OWN, encoding="utf-8")
    return folder


def marsad(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False, env={"MARSAD_DICTIONARIES": None})


def contents(db: Path, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    columns = {"articles": "* EXCLUDE (package)"}
    with connect(db) as connection:
        return {name: connection.execute(f"SELECT {columns.get(name, '*')} FROM {name} ORDER BY ALL").fetchall() for name in tables}


def test_the_same_dictionaries_have_nothing_to_do(db: Path) -> None:
    before = contents(db, (*TABLES, "packages"))
    assert marsad("recode", "--db", db).exit_code == 0
    assert contents(db, (*TABLES, "packages")) == before


def test_a_new_entry_codes_what_was_silent_and_is_named_as_the_cause(db: Path, own: Path) -> None:
    shown = marsad("recode", "--db", db, "--dictionaries", own, "--diff")
    assert shown.exit_code == 0
    assert "5 gained, 0 lost, 0 changed" in shown.stdout
    assert "verbs: [serenade]" in shown.stdout and f"{own.as_posix()}/en/acts.yaml:3" in shown.stdout
    with connect(db) as connection:
        assert connection.execute("SELECT source, code, target, mentions, stories FROM events").fetchall() == [("EGY", "051", "JOR", 5, 1)]
        assert connection.execute("SELECT count(DISTINCT dictionaries), min(outcome) FROM articles").fetchall() == [(1, "coded")]


def test_an_entry_taken_back_is_named_as_what_was_lost_and_its_coding_is_kept_until_pruned(db: Path, own: Path) -> None:
    silent = contents(db, ("articles", "mentions", "events"))
    marsad("recode", "--db", db, "--dictionaries", own)
    shown = marsad("recode", "--db", db, "--diff")
    assert "0 gained, 5 lost, 0 changed" in shown.stdout and "verbs: [serenade]" in shown.stdout
    after = contents(db)
    assert {name: after[name] for name in silent} == silent
    assert len(after["past_mentions"]) == 5
    assert marsad("recode", "--db", db, "--prune").stdout == "5 mentions of earlier codings deleted\n"
    pruned = contents(db)
    assert pruned["past_mentions"] == pruned["past_codings"] == []


def test_the_differences_as_a_page(db: Path, own: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert marsad("recode", "--db", db, "--dictionaries", own, "--diff", "--format", "html", "--out", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and text.count('<td class="gained">') == 5 * text.count("<h3") and TEXT in text


def test_a_page_that_cannot_be_written_is_one_plain_line(db: Path, own: Path, tmp_path: Path) -> None:
    result = marsad("recode", "--db", db, "--dictionaries", own, "--diff", "--out", tmp_path)
    assert result.exit_code == 1 and result.stderr.splitlines()[-1].startswith(f"marsad: {tmp_path}: cannot be written")


def test_several_processes_give_what_one_gives(db: Path, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    other.write_bytes(db.read_bytes())
    assert marsad("recode", "--db", db, "--dictionaries", own).exit_code == 0
    assert marsad("recode", "--db", other, "--dictionaries", own, "--workers", "2").exit_code == 0
    assert contents(db) == contents(other)


def test_recoding_imports_no_torch_and_no_prefect(db: Path) -> None:
    script = "import sys; from flows.recode import recode; from pathlib import Path; recode(Path(sys.argv[1]), 1, True, None, None); print({'torch', 'stanza', 'prefect'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script, str(db)], capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent, check=True)
    assert done.stdout == "set()\n"


def test_a_missing_warehouse_is_one_plain_line_and_none_is_made(tmp_path: Path) -> None:
    result = marsad("recode", "--db", tmp_path / "none.duckdb")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []
