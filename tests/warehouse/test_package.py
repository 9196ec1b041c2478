from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from dictionaries import Dictionaries
from parsers.sentence import Skipped
from sources import Rejected
from tests.warehouse.records import TEXT, Tables, event, record
from warehouse.load import load_package
from warehouse.package import SCHEMAS, Coding, Package, pack, pack_codings, read_package, write_package

RECORDS = [
    record("a", text=" ".join(f"كلمة{n}" for n in range(40)), url="http://www.news.example/1/?utm_source=x", events=()),
    record("b", events=(event("b-051"), event("b-010", "010", "say", None)), skipped=(Skipped(21, 30, "sentence-too-long"),)),
    record("c", day=None, events=(), discarded=((0, "history en/discards.yaml:1"),)),
]
BROKEN = Rejected("news.jsonl", 4, None, "broken-json", "news.jsonl:4: not a JSON object")


@pytest.fixture
def package(dictionaries: Dictionaries) -> Package:
    return pack(RECORDS, [BROKEN], dictionaries.hash)


def test_a_package_read_back_is_the_one_written(package: Package, tmp_path: Path) -> None:
    write_package(package, tmp_path / "00001")
    again = read_package(tmp_path / "00001")
    assert again == package and again.digest == package.digest
    assert {name: table.schema for name, table in again.tables.items()} == SCHEMAS
    assert [file.name for file in tmp_path.iterdir()] == ["00001"]


def test_what_a_killed_worker_left_is_no_package_and_does_not_stand_in_the_way(package: Package, tmp_path: Path) -> None:
    (tmp_path / "00001.part").mkdir()
    (tmp_path / "00001.part" / "articles.arrow").write_bytes(b"half")
    write_package(package, tmp_path / "00001")
    assert read_package(tmp_path / "00001") == package


def test_a_package_has_its_rows_in_the_tables(package: Package) -> None:
    assert {name: table.num_rows for name, table in package.tables.items()} == {"articles": 3, "codings": 3, "discards": 1, "sentences": 3, "unparsed": 1, "mentions": 2, "rejected": 1}
    assert package.tables["articles"]["canonical_url"].to_pylist() == ["https://news.example/1", None, None]
    assert [len(bands) for bands in package.tables["articles"]["bands"].to_pylist()] == [16, 0, 0]
    assert package.tables["codings"]["outcome"].to_pylist() == ["empty", "coded", "empty"]


def test_the_digest_is_of_what_a_package_holds_and_not_of_its_order(package: Package, dictionaries: Dictionaries) -> None:
    assert pack(RECORDS[::-1], [BROKEN], dictionaries.hash).digest == package.digest
    others = [
        pack(RECORDS[:2], [BROKEN], dictionaries.hash),
        pack(RECORDS, [], dictionaries.hash),
        pack(RECORDS, [BROKEN], "other"),
        pack([*RECORDS[:2], record("c", events=())], [BROKEN], dictionaries.hash),
    ]
    assert len({package.digest, *(other.digest for other in others)}) == 5


def test_a_package_loaded_twice_is_loaded_once(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    first = load_package(warehouse, package, dictionaries)
    before = tables()
    assert load_package(warehouse, package, dictionaries) == first
    assert tables() == before
    assert before["packages"] == [(1, package.digest, 3, 3, 2, 1)]
    assert warehouse.execute("SELECT DISTINCT package FROM articles").fetchall() == [(1,)]


def test_packages_are_numbered_as_they_come_and_count_what_they_brought(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_package(warehouse, package, dictionaries)
    more = pack([*RECORDS, record("d")], [BROKEN], dictionaries.hash)
    load_package(warehouse, more, dictionaries)
    assert warehouse.execute("SELECT package, articles, sentences, mentions FROM packages ORDER BY package").fetchall() == [(1, 3, 3, 2), (2, 1, 1, 1)]
    assert warehouse.execute("SELECT article_id, package FROM articles ORDER BY ALL").fetchall() == [("a", 1), ("b", 1), ("c", 1), ("d", 2)]


def test_an_article_that_stands_twice_in_a_package_is_refused(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    before = tables()
    twice = Package(package.tables | {name: pa.concat_tables([package.tables[name]] * 2) for name in ("articles", "codings")})
    with pytest.raises(ValueError, match="twice"):
        load_package(warehouse, twice, dictionaries)
    assert tables() == before


# Coding again

UNTOUCHED = "SELECT * EXCLUDE (dictionaries, coding, package) FROM articles ORDER BY ALL"


def coding(name: str, *events: str, discarded: tuple[tuple[int, str], ...] = ()) -> Coding:
    return Coding(name, "en-models", discarded, tuple(replace(event(f"{name}-{code}", code), date=RECORDS[1].article.date) for code in events))


def test_coding_again_moves_the_mentions_and_leaves_article_and_parse(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_package(warehouse, pack(RECORDS, [BROKEN], "old"), dictionaries)
    before, articles = tables(), warehouse.execute(UNTOUCHED).fetchall()
    counts, refused = load_package(warehouse, pack_codings([coding("b", "112", discarded=((0, "sport en/discards.yaml:7"),)), coding("c")], dictionaries.hash), dictionaries)
    assert (counts.articles, counts.coded, counts.empty, counts.events, refused) == (2, 1, 1, 1, [])
    after = tables()
    assert warehouse.execute("SELECT mention_id, dictionaries, replaced_by FROM past_mentions ORDER BY ALL").fetchall() == [("b-010", "old", dictionaries.hash), ("b-051", "old", dictionaries.hash)]
    assert warehouse.execute("SELECT article_id, dictionaries, replaced_by FROM past_codings ORDER BY ALL").fetchall() == [("b", "old", dictionaries.hash), ("c", "old", dictionaries.hash)]
    assert warehouse.execute("SELECT mention_id, dictionaries FROM mentions").fetchall() == [("b-112", dictionaries.hash)]
    assert warehouse.execute("SELECT code, mentions FROM events").fetchall() == [("112", 1)]
    assert warehouse.execute("SELECT article_id, discarded FROM sentences ORDER BY ALL").fetchall() == [("a", None), ("b", "sport en/discards.yaml:7"), ("c", None)]
    assert warehouse.execute("SELECT article_id, outcome, package FROM articles ORDER BY ALL").fetchall() == [("a", "empty", 1), ("b", "coded", 2), ("c", "empty", 2)]
    for name in ("bands", "unparsed", "rejected"):
        assert after[name] == before[name]
    assert warehouse.execute(UNTOUCHED).fetchall() == articles


def test_coding_again_as_it_was_changes_nothing(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_package(warehouse, package, dictionaries)
    before = tables()
    load_package(warehouse, pack_codings([Coding(r.article.article_id, r.parser_version, r.discarded, r.events) for r in RECORDS], dictionaries.hash), dictionaries)
    assert tables() == before


def test_back_and_forth_between_dictionaries_keeps_each_coding_once(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_package(warehouse, pack([record("b", events=(event("b-051"),))], [], "old"), dictionaries)
    for version, code in (("new", "112"), ("old", "051"), ("new", "112")):
        load_package(warehouse, pack_codings([coding("b", code)], version), dictionaries)
    assert warehouse.execute("SELECT mention_id, dictionaries FROM mentions").fetchall() == [("b-112", "new")]
    assert warehouse.execute("SELECT mention_id, dictionaries, replaced_by FROM past_mentions").fetchall() == [("b-051", "old", "new")]


def test_a_coding_of_an_article_that_is_not_here_is_passed_over(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    before = tables()
    load_package(warehouse, pack_codings([coding("nobody", "051")], dictionaries.hash), dictionaries)
    assert tables() == before


def test_an_unknown_code_is_refused_and_changes_nothing(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries, tables: Tables) -> None:
    load_package(warehouse, package, dictionaries)
    before = tables()
    with pytest.raises(ValueError, match="no code 999"):
        load_package(warehouse, pack_codings([coding("b", "999")], dictionaries.hash), dictionaries)
    assert tables() == before


def test_a_code_that_the_ontology_drops_stays_with_its_events(warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_package(warehouse, pack([record("b")], [], dictionaries.hash), dictionaries)
    others = {code: replace(entry, goldstein=9.5) if code == "112" else entry for code, entry in dictionaries.ontology.items() if code != "051"}
    load_package(warehouse, pack([record("c", (event("c-112", "112"),))], [], "later"), replace(dictionaries, ontology=others))
    load_package(warehouse, pack([record("d", (event("d-112", "112"),))], [], dictionaries.hash), dictionaries)
    assert warehouse.execute("SELECT code, goldstein, mentions FROM events ORDER BY code").fetchall() == [
        ("051", dictionaries.ontology["051"].goldstein, 1),
        ("112", dictionaries.ontology["112"].goldstein, 2),
    ]


def test_records_of_two_scripts_keep_their_text(package: Package, warehouse: duckdb.DuckDBPyConnection, dictionaries: Dictionaries) -> None:
    load_package(warehouse, package, dictionaries)
    assert warehouse.execute("SELECT text FROM articles WHERE article_id = 'a'").fetchall() == [(RECORDS[0].article.text,)]
    assert warehouse.execute("SELECT count(*) FROM bands WHERE article_id = 'a'").fetchall() == [(16,)]
    assert warehouse.execute("SELECT DISTINCT text FROM sentences").fetchall() == [(TEXT,)]
