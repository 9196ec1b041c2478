from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dictionaries import load_dictionaries
from dictionaries.load import ROOT
from flows.command import app
from flows.pipeline import code_batch
from sources import Rejected, read_sources
from warehouse import open_warehouse
from warehouse.load import load_batch
from warehouse.package import CodedRecord

EVENT_KEYS = {"event_id", "date", "date_precision", "code", "label", "quad_class", "goldstein", "source", "target", "trigger", "source_text", "target_text", "sentence", "sentence_number", "spans", "stack", "entries", "confidence"}
COMMANDS = (["run"], ["code"], ["sql"], ["explain"], ["doctor"], ["dictionaries", "lint"])
# Invented; no article of anybody's.
ENGLISH = "CAIRO, May 2 (Sample) - Egypt rejected Ethiopia's demand on Thursday. Turkey threatened to impose sanctions on Syria."
ARABIC = "القاهرة، 2 مايو 2024 — رفضت مصر يوم الخميس طلب إثيوبيا الحصول على مساعدات عسكرية. وهددت تركيا بفرض عقوبات على سوريا."
FRENCH = "Le gouvernement français a rejeté jeudi la demande du Maroc et a appelé l'Algérie à reprendre les négociations."
LINES: list[str] = [
    json.dumps({"id": "z-en", "date": "2024-05-02", "lang": "en", "text": ENGLISH}),
    '{"id": "broken", "text": "Egypt reject',
    json.dumps({"id": "a-ar", "date": "2024-05-02", "text": ARABIC}, ensure_ascii=False),
    json.dumps({"id": "no-text", "lang": "en"}),
    json.dumps({"id": "fr", "text": FRENCH}, ensure_ascii=False),
    json.dumps({"id": "long", "lang": "en", "text": ("Egypt rejected the demand of Ethiopia and " * 2400)[:100_000]}),
    json.dumps({"id": "quiet", "lang": "en", "text": "The museum opens at nine in the morning."}),
    json.dumps({"id": "m-en", "lang": "en", "text": "Russian forces attacked a village in Ukraine."}),
]
REJECTED = {"broken-json": 1, "no-text": 3, "language-not-supported": 4, "sentence-too-long": 5}


def marsad(*arguments: str | Path, stdin: str | None = None) -> Any:
    """The command in this process; what it lets through is a failure of the test."""
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin, catch_exceptions=False)


def one_line(result: Any, *parts: str) -> None:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("marsad: ")
    for part in parts:
        assert part in result.stderr


@pytest.fixture(scope="module")
def input_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("code") / "in.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def coded(input_file: Path) -> tuple[Any, list[dict[str, Any]]]:
    """`marsad code` on the lines above: the result and its output lines."""
    result = marsad("code", input_file)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def db(input_file: Path) -> Path:
    """A warehouse of the same articles, loaded without Prefect."""
    path = input_file.with_name("lines.duckdb")
    results = code_batch(list(read_sources([str(input_file)])))
    with open_warehouse(path) as connection:
        load_batch(connection, [r for r in results if isinstance(r, CodedRecord)], [r for r in results if isinstance(r, Rejected)], load_dictionaries())
    return path


# help


def test_help_lists_the_commands() -> None:
    result = marsad("--help")
    assert result.exit_code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command[0]} ", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_help_has_an_example(command: list[str]) -> None:
    result = marsad(*command, "--help")
    assert result.exit_code == 0
    _, heading, examples = result.stdout.partition("Example")
    assert heading, "no example"
    assert f"marsad {' '.join(command)}" in examples


# code


def test_code_gives_a_line_for_each_input_line_in_order(coded: tuple[Any, list[dict[str, Any]]]) -> None:
    _, lines = coded
    assert [line["id"] for line in lines] == ["z-en", None, "a-ar", "no-text", "fr", "long", "quiet", "m-en"]
    assert [line["lang"] for line in lines] == ["en", None, "ar", None, None, None, "en", "en"]
    assert all({"id", "lang", "events"} <= line.keys() for line in lines)


def test_code_gives_the_keys_of_the_contract(coded: tuple[Any, list[dict[str, Any]]]) -> None:
    _, lines = coded
    assert {line["id"] for line in lines if line["events"]} == {"z-en", "a-ar", "m-en"}
    for line in lines:
        assert all(event.keys() == EVENT_KEYS for event in line["events"])
    assert {event["date"] for line in lines[:3] for event in line["events"]} == {"2024-05-02"}
    assert {event["date"] for event in lines[-1]["events"]} == {None}


def test_code_codes_both_languages(coded: tuple[Any, list[dict[str, Any]]]) -> None:
    _, lines = coded
    for line in (lines[0], lines[2]):
        assert {("EGY", "12", "ETH"), ("TUR", "13", "SYR")} <= {(e["source"], e["code"][:2], e["target"]) for e in line["events"]}
    assert ("RUSMIL", "19", "UKR") in {(e["source"], e["code"][:2], e["target"]) for e in lines[-1]["events"]}


def test_spans_cut_the_words_out_of_the_text(coded: tuple[Any, list[dict[str, Any]]]) -> None:
    _, lines = coded
    texts = {"z-en": ENGLISH, "a-ar": ARABIC, "m-en": "Russian forces attacked a village in Ukraine."}
    for line in lines:
        for event in line["events"]:
            text = texts[line["id"]]
            assert event["sentence"] in text
            for name, words in (("trigger", event["trigger"]), ("source", event["source_text"]), ("target", event["target_text"])):
                span = event["spans"][name]
                assert (text[slice(*span)] if span else None) == words


def test_code_says_why_a_line_is_rejected_and_codes_the_rest(coded: tuple[Any, list[dict[str, Any]]], input_file: Path) -> None:
    result, lines = coded
    assert result.exit_code == 3
    assert {line["rejected"]: number for number, line in enumerate(lines) if "rejected" in line} == REJECTED
    assert all(line["detail"] and line["events"] == [] for line in lines if "rejected" in line)
    told = result.stderr.splitlines()
    assert len(told) == len(REJECTED)
    for reason, number in REJECTED.items():
        assert any(f"{input_file.name}:{number + 1}:" in line and line.endswith(f"({reason})") for line in told)


def test_code_reads_standard_input_and_writes_a_file(tmp_path: Path, coded: tuple[Any, list[dict[str, Any]]]) -> None:
    out = tmp_path / "out.jsonl"
    result = marsad("code", "-", "-o", out, stdin=LINES[0] + "\n" + LINES[7] + "\n")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    _, lines = coded
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [lines[0], lines[7]]


def test_code_of_a_missing_file_is_one_line(tmp_path: Path) -> None:
    one_line(marsad("code", tmp_path / "nothing.jsonl"), "nothing.jsonl: no such file")


def test_code_of_a_missing_file_leaves_the_output_of_before(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("of before\n")
    one_line(marsad("code", tmp_path / "nothing.jsonl", "-o", out), "no such file")
    assert out.read_text() == "of before\n"


def test_code_never_writes_over_its_input(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(LINES[7] + "\n", encoding="utf-8")
    one_line(marsad("code", path, "-o", path), "news.jsonl")
    assert path.read_text(encoding="utf-8") == LINES[7] + "\n"


def test_code_into_a_folder_that_is_not_there_is_one_line(tmp_path: Path, input_file: Path) -> None:
    one_line(marsad("code", input_file, "-o", tmp_path / "no" / "out.jsonl"), "cannot be written")


def test_models_that_are_not_there_are_one_line(tmp_path: Path, input_file: Path) -> None:
    one_line(marsad("code", input_file, "--models", tmp_path), "no ar models", str(tmp_path))


def test_a_lone_surrogate_in_an_id_is_no_crash() -> None:
    result = marsad("code", "-", stdin='{"id": "\\ud800", "lang": "en", "text": "Russian forces attacked a village in Ukraine."}\n' + LINES[7] + "\n")
    assert result.exit_code in (0, 3)
    assert len(result.stdout.splitlines()) == 2
    assert json.loads(result.stdout.splitlines()[1])["events"]


def test_output_is_utf8_whatever_the_terminal() -> None:
    done = run_python("from flows.command import app; app(['code', '-'])", stdin=LINES[2] + "\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout)["events"]


# sql


def test_sql_table(db: Path) -> None:
    result = marsad("sql", "SELECT reason, line FROM rejected ORDER BY line", "--db", db)
    assert result.exit_code == 0
    head, rule, *rows, count = result.stdout.splitlines()
    assert head.split() == ["reason", "line"]
    assert set(rule) == {"-", " "}
    assert [row.split() for row in rows] == [[reason, str(number + 1)] for reason, number in REJECTED.items()]
    assert count == "(4 rows)"


def test_sql_csv(db: Path) -> None:
    result = marsad("sql", "SELECT source, target, sentence_text FROM events_with_text WHERE article_id = 'a-ar' ORDER BY trigger_start", "--db", db, "--format", "csv")
    assert result.exit_code == 0
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == ["source", "target", "sentence_text"]
    assert rows[1][:2] == ["EGY", "ETH"]
    assert rows[1][2] in ARABIC


def test_sql_json(db: Path) -> None:
    result = marsad("sql", "SELECT article_id, event_date, entries FROM mentions ORDER BY article_id", "--db", db, "--format", "json")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["article_id"] == "a-ar"
    assert rows[0]["event_date"] == "2024-05-02"
    assert all(re.search(r"\.yaml:\d+$", entry) for entry in rows[0]["entries"][:1])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * FROM no_such_table", "no_such_table"),
        ("SELEC 1", "syntax error"),
        ("DELETE FROM events", "read-only"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled"),
        ("", ""),
    ],
)
def test_an_sql_error_is_one_line(db: Path, query: str, message: str) -> None:
    one_line(marsad("sql", query, "--db", db), message)


def test_sql_in_an_unknown_format_is_one_line(db: Path) -> None:
    one_line(marsad("sql", "SELECT 1", "--db", db, "--format", "xml"), "table, csv, json or parquet")


def test_sql_parquet_needs_a_file_and_is_read_back(db: Path, tmp_path: Path) -> None:
    query, out = "SELECT article_id, event_date, entries, sentence_text FROM events_with_text ORDER BY event_id", tmp_path / "events.parquet"
    one_line(marsad("sql", query, "--db", db, "--format", "parquet"), "--out")
    result = marsad("sql", query, "--db", db, "--format", "parquet", "--out", out)
    assert (result.exit_code, result.output) == (0, "")
    with duckdb.connect(str(db), read_only=True) as connection:
        assert [tuple(row.values()) for row in pq.read_table(out).to_pylist()] == connection.execute(query).fetchall()
    assert [file.name for file in tmp_path.iterdir()] == ["events.parquet"]


def test_sql_writes_any_format_to_a_file(db: Path, tmp_path: Path) -> None:
    for style in ("table", "csv", "json"):
        query = ("sql", "SELECT code, entries FROM mentions ORDER BY mention_id", "--db", db, "--format", style)
        assert marsad(*query, "--out", tmp_path / style).output == ""
        assert (tmp_path / style).read_text(encoding="utf-8") == marsad(*query).stdout


def test_sql_csv_and_json_have_lists_and_numbers_as_such(db: Path) -> None:
    query = ("sql", "SELECT 1.5 AS number, ['a', 'b'] AS list, NULL AS nothing", "--db", db, "--format")
    assert marsad(*query, "csv").stdout.splitlines()[1] == '1.5,"[""a"", ""b""]",'
    assert json.loads(marsad(*query, "json").stdout) == {"number": 1.5, "list": ["a", "b"], "nothing": None}


@pytest.mark.parametrize("style", ["table", "parquet"])
def test_sql_gives_up_when_its_time_is_over(db: Path, tmp_path: Path, style: str) -> None:
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range + b.range = 3"
    started = time.monotonic()
    one_line(marsad("sql", endless, "--db", db, "--timeout", "0.5", "--format", style, "--out", tmp_path / "out"), "no answer within 0.5 seconds", "--timeout")
    assert time.monotonic() - started < 10
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("style", ["csv", "parquet"])
def test_sql_never_writes_over_the_warehouse_or_into_no_folder(db: Path, tmp_path: Path, style: str) -> None:
    before = db.read_bytes()
    one_line(marsad("sql", "SELECT 1 AS x", "--db", db, "--format", style, "--out", db), "is the warehouse")
    one_line(marsad("sql", "SELECT 1 AS x", "--db", db, "--format", style, "--out", tmp_path / "no" / "out"), "cannot be written")
    assert db.read_bytes() == before


def test_sql_table_isolates_arabic(db: Path) -> None:
    """Between the marks FSI and PDI, so that a terminal that turns the words around leaves the columns in place."""
    result = marsad("sql", "SELECT trigger, code FROM mentions WHERE article_id = 'a-ar' ORDER BY trigger_start", "--db", db)
    rows = result.stdout.splitlines()[2:-1]
    assert rows and all(re.fullmatch("\u2068[\u0600-\u06ff ]+\u2069 +\\d+", row) for row in rows)


# explain


def test_explain_shows_sentence_stack_and_entries(db: Path, coded: tuple[Any, list[dict[str, Any]]]) -> None:
    _, lines = coded
    for line in lines:
        for event in line["events"]:
            result = marsad("explain", event["event_id"], "--db", db)
            assert result.exit_code == 0
            assert f"acts       {event['stack']}" in result.stdout
            assert f"[trigger: {event['trigger']}]" in result.stdout
            assert re.sub(r"\[(?:trigger|source|target): (.*?)\]", r"\1", result.stdout).count(event["sentence"]) == 1
            assert all(f"  {entry}  " in result.stdout for entry in event["entries"])


def test_explain_takes_the_beginning_of_an_id(db: Path, coded: tuple[Any, list[dict[str, Any]]]) -> None:
    whole = coded[1][0]["events"][0]["event_id"]
    assert f"mention {whole}" in marsad("explain", whole[:12], "--db", db).stdout


@pytest.mark.parametrize("identity", ["zzzz", ""])
def test_an_unknown_event_is_one_line(db: Path, identity: str) -> None:
    one_line(marsad("explain", identity, "--db", db), "the id")


# a database that is none


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        *itertools.product((["sql", "SELECT * FROM events"], ["explain", "00"], ["run"]), ("text", "empty", "folder")),
        # A run may add its tables to any DuckDB database.
        *itertools.product((["sql", "SELECT * FROM events"], ["explain", "00"]), ("other",)),
    ],
    ids=lambda given: given if isinstance(given, str) else given[0],
)
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, command: list[str], kind: str) -> None:
    path = tmp_path / "bad.duckdb"
    if kind == "folder":
        path.mkdir()
    elif kind == "other":
        duckdb.connect(str(path)).execute("CREATE TABLE pets (name VARCHAR)").close()
    else:
        path.write_text("no database\n" if kind == "text" else "")
    one_line(marsad(*command, "--db", path), ("mentions" if command[0] == "explain" else "events") if kind == "other" else str(path))


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["explain", "00"]], ids=lambda c: c[0])
def test_a_database_that_is_missing_is_one_line(tmp_path: Path, command: list[str]) -> None:
    one_line(marsad(*command, "--db", tmp_path / "none.duckdb"), "no such warehouse", "marsad run")
    assert not (tmp_path / "none.duckdb").exists()


def test_a_run_of_a_missing_source_is_one_line_and_makes_no_database(tmp_path: Path) -> None:
    one_line(marsad("run", tmp_path / "nothing.jsonl", "--db", tmp_path / "new.duckdb"), "no such file")
    assert not (tmp_path / "new.duckdb").exists()


# dictionaries lint


def test_lint_of_what_ships_finds_nothing() -> None:
    result = marsad("dictionaries", "lint")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 problems" in result.stdout


def test_lint_names_the_place_of_a_mistake(tmp_path: Path) -> None:
    copy = tmp_path / "dictionaries"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (copy / "en" / "topics.yaml").write_text("topics:\n  aids: [aid]\n", encoding="utf-8")
    result = marsad("dictionaries", "lint", "--root", copy)
    assert result.exit_code == 1
    assert "en/topics.yaml:2:3: unknown topic aids" in result.stderr
    assert all(re.match(r"\S+:\d+:\d+: ", line) for line in result.stderr.splitlines())


def test_lint_of_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    one_line(marsad("dictionaries", "lint", "--root", tmp_path / "none"), "no such folder")


# doctor


def test_doctor_names_versions_models_and_the_warehouse(db: Path) -> None:
    result = marsad("doctor", "--db", db)
    assert result.exit_code == 0
    for part in ("stanza", "torch", "duckdb", "prefect", "models ar", "models en", "dictionaries", f"{db}  4 articles", "nothing is wrong"):
        assert part in result.stdout


def test_doctor_says_which_check_fails_how_often_and_where_first(db: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    shutil.copy(db, broken)
    with duckdb.connect(str(broken)) as connection:
        ((first, number),) = connection.execute("SELECT min(mention_id), count(*) FROM mentions").fetchall()
        connection.execute("UPDATE mentions SET trigger_end = trigger_end + 1")
    result = marsad("doctor", "--db", broken)
    assert result.exit_code == 1
    assert f"wrong: {broken}: Spans that do not cut the recorded words out of the stored text: {number}, the first is trigger {first} (warehouse/checks/spans.sql)" in result.stdout
    assert result.stdout.endswith("1 wrong\n")


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.duckdb").write_text("no database\n")
    result = marsad("doctor", "--db", tmp_path / "bad.duckdb", "--models", tmp_path)
    assert result.exit_code == 1
    assert "wrong: no ar models" in result.stdout
    assert "wrong: " + str(tmp_path / "bad.duckdb") + ": not a DuckDB database" in result.stdout
    assert result.stdout.endswith("3 wrong\n")


# what a command imports


def run_python(script: str, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script, *arguments], input=stdin, capture_output=True, encoding="utf-8", env=os.environ | environment, cwd=ROOT.parent, check=False)


def imported_by(*arguments: str | Path, stdin: str = "") -> set[str]:
    script = "import sys; from flows.command import app; app(sys.argv[1:], standalone_mode=False); print('modules', *sorted(sys.modules))"
    done = run_python(script, *map(str, arguments), stdin=stdin)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].removeprefix("modules ").split())


def test_help_imports_nothing_heavy() -> None:
    assert not imported_by("--help") & {"prefect", "torch", "stanza", "duckdb", "yaml"}


def test_sql_and_explain_parse_nothing(db: Path, coded: tuple[Any, list[dict[str, Any]]]) -> None:
    heavy = {"prefect", "torch", "stanza"}
    assert not imported_by("sql", "SELECT 1", "--db", db) & heavy
    assert not imported_by("explain", coded[1][0]["events"][0]["event_id"], "--db", db) & heavy


def test_code_needs_no_prefect() -> None:
    modules = imported_by("code", "-", stdin=LINES[7] + "\n")
    assert "stanza" in modules
    assert "prefect" not in modules


def test_sql_examples_are_commands_that_work(db: Path) -> None:
    lines = marsad("sql", "--examples").stdout.splitlines()
    assert len(lines) >= 5 and all(line.startswith('marsad sql "') for line in lines)
    assert marsad("sql", lines[0].removeprefix('marsad sql "').removesuffix('"'), "--db", db).exit_code == 0
    one_line(marsad("sql"), "--examples")
