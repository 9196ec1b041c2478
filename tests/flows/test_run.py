"""`marsad run` as a user runs it: real Stanza, real Prefect, a warehouse on disk. The command runs twice in all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

TABLES = ("articles", "sentences", "unparsed", "mentions", "events", "actors", "packages", "rejected", "runs", "schema_migrations")
# Invented; no article of anybody's.
ENGLISH = """CAIRO, May 2 (Sample) - Egypt on Thursday rejected Ethiopia's demand for military aid.
Turkey condemned the attack and threatened to impose sanctions on Syria. The foreign ministry of Jordan urged Israel to halt the strikes.
"""
ARABIC = "القاهرة، 2 مايو 2024 — رفضت مصر يوم الخميس طلب إثيوبيا الحصول على مساعدات عسكرية. وهددت تركيا بفرض عقوبات على سوريا. ودعت وزارة الخارجية الأردنية إسرائيل إلى وقف الهجمات."
QUIET = "The museum opens at nine in the morning."
FRENCH = "Le gouvernement français a rejeté jeudi la demande du Maroc et a appelé l'Algérie à reprendre les négociations."
REASONS = {("empty.txt", 0, "empty-file"), ("latin1.txt", 0, "not-utf-8"), ("mixed.jsonl", 2, "broken-json"), ("mixed.jsonl", 3, "language-not-supported")}


@dataclass(frozen=True)
class Run:
    done: subprocess.CompletedProcess[str]
    contents: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "new" / "marsad.duckdb"


@pytest.fixture(scope="module")
def runs(db: Path) -> list[Run]:
    """The same command twice on the same folder."""
    home = db.parent.parent
    news = home / "news"
    news.mkdir()
    (news / "english.txt").write_text(ENGLISH, encoding="utf-8")
    (news / "empty.txt").write_text("", encoding="utf-8")
    (news / "latin1.txt").write_bytes("Le président a parlé.".encode("latin-1"))
    lines = [
        json.dumps({"id": "ar-1", "date": "2024-05-02", "title": "عينة", "text": ARABIC}, ensure_ascii=False),
        '{"id": "broken", "text": "Egypt reject',
        json.dumps({"id": "fr-1", "text": FRENCH}, ensure_ascii=False),
        json.dumps({"id": "quiet", "lang": "en", "text": QUIET}),
    ]
    (news / "mixed.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "STANZA_RESOURCES_DIR"} | {"PREFECT_HOME": str(home / "prefect")}
    command = [str(Path(sys.executable).with_name("marsad")), "run", str(news), "--db", str(db)]
    found = []
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=home, timeout=300, check=False)
        contents = {}
        if db.exists():
            with duckdb.connect(str(db), read_only=True) as connection:
                contents = {table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}
        found.append(Run(done, contents))
    return found


def ask(db: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_run_that_rejects_some_ends_with_3_and_no_traceback(runs: list[Run]) -> None:
    for run in runs:
        assert run.done.returncode == 3, run.done.stderr
        assert "Traceback" not in run.done.stderr
        assert "nanobind" not in run.done.stderr


def test_the_counts_add_up(runs: list[Run], db: Path) -> None:
    assert "articles   7 = 2 coded + 1 without events + 4 rejected" in runs[0].done.stdout
    assert ask(db, "SELECT articles, coded, empty, rejected FROM runs") == [(7, 2, 1, 4)]
    assert ask(db, "SELECT (SELECT count(*) FROM articles WHERE outcome = 'coded'), (SELECT count(*) FROM articles WHERE outcome = 'empty'), (SELECT count(*) FROM rejected)") == [(2, 1, 4)]
    assert ask(db, "SELECT sentences, events FROM runs") == ask(db, "SELECT (SELECT count(*) FROM sentences), (SELECT count(*) FROM mentions)")


def test_every_rejected_row_has_its_reason(runs: list[Run], db: Path) -> None:
    assert set(ask(db, "SELECT origin, line, reason FROM rejected")) == REASONS
    assert all(origin in detail for origin, detail in ask(db, "SELECT origin, detail FROM rejected"))
    for _, _, reason in REASONS:
        assert reason in runs[0].done.stdout


def test_both_articles_are_coded(runs: list[Run], db: Path) -> None:
    assert ask(db, "SELECT article_id, language, outcome FROM articles ORDER BY ALL") == [("ar-1", "ar", "coded"), ("english", "en", "coded"), ("quiet", "en", "empty")]
    for article in ("ar-1", "english"):
        coded = set(ask(db, f"SELECT source, left(code, 2), target FROM mentions WHERE article_id = '{article}'"))
        assert {("EGY", "12", "ETH"), ("TUR", "13", "SYR"), ("JORGOV", "02", "ISR")} <= coded


def test_spans_cut_the_words_out_of_the_stored_text(runs: list[Run], db: Path) -> None:
    for word in ("trigger", "source", "target"):
        shown = word if word == "trigger" else f"{word}_text"
        assert ask(db, f"SELECT count(*) FROM mentions JOIN articles USING (article_id) WHERE text[{word}_start + 1 : {word}_end] <> {shown}") == [(0,)]
    assert ask(db, "SELECT count(*) FROM sentences s JOIN articles a USING (article_id) WHERE a.text[s.span_start + 1 : s.span_end] <> s.text") == [(0,)]


def test_every_event_has_its_evidence(runs: list[Run], db: Path) -> None:
    assert ask(db, "SELECT count(*) FROM mentions WHERE len(entries) = 0 OR stack = '' OR parser_version = '' OR dictionaries = ''") == [(0,)]


def test_the_same_run_again_leaves_every_table_as_it_was(runs: list[Run]) -> None:
    first, second = runs
    assert first.contents.keys() == set(TABLES)
    for table in TABLES:
        assert second.contents[table] == first.contents[table], table


def test_what_the_summary_suggests_works(runs: list[Run], db: Path) -> None:
    lines = [line.strip() for line in runs[0].done.stdout.partition("what to try next")[2].splitlines() if line.strip()]
    assert [line.split()[1] for line in lines] == ["explain", "sql", "sql", "run"]
    assert all(line.endswith(f"--db {db}") for line in lines)
    home, marsad = db.parent.parent, Path(sys.executable).with_name("marsad").as_posix()
    for line in lines[:3]:
        done = subprocess.run(line.replace("marsad", marsad, 1), shell=True, capture_output=True, encoding="utf-8", cwd=home, check=False)
        assert (done.returncode, done.stderr) == (0, "")
