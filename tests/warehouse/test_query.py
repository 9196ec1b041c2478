from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dictionaries import Dictionaries
from sources import Article
from tests.warehouse.records import DAY, TEXT, event, record
from warehouse import WarehouseError, connect, open_warehouse
from warehouse.load import CodedRecord, load_batch
from warehouse.query import QueryError, ask, evidence, summary


def second_sentence() -> CodedRecord:
    """The article of record(), after a heading: all spans stand 10 characters later."""
    plain = record("b1", events=())
    sentence = plain.sentences[0]
    article = Article("b1", "Heading.\n\n" + TEXT, "en", DAY, origin="b.txt")
    shifted = type(sentence)(0, 10, 10 + len(TEXT), TEXT, sentence.tokens)
    praise = event("bbbb1111")
    source, target = praise.source, praise.target
    assert source is not None and target is not None
    moved = type(praise)("bbbb1111", 0, "051", type(source)("EGYGOV", "Egypt", 10, 15), type(target)("JOR", "Jordan", 24, 30), "praised", 16, 23, praise.evidence, DAY)
    return CodedRecord(article, "en", "", "en-models", (shifted,), (), (), (moved,))


@pytest.fixture
def loaded(path: Path, dictionaries: Dictionaries) -> Path:
    batch = [
        record("a1", events=(event("aaaa1111"), event("aaaa2222", "010", "say", None)), origin="a.jsonl:1", title="Praise"),
        record("a2", events=(event("cccc1111", "112", "accuse", "JORMED"),), day=None, origin="a.jsonl:2"),
        second_sentence(),
    ]
    with open_warehouse(path) as connection:
        load_batch(connection, batch, [], dictionaries)
    return path


def test_the_views_give_events_with_their_words_their_days_and_their_families(loaded: Path) -> None:
    columns, rows = ask(loaded, "SELECT first_mention, source_text, target_text, sentence_text, language, title, mentions FROM events_with_text ORDER BY first_mention")
    assert columns == ["first_mention", "source_text", "target_text", "sentence_text", "language", "title", "mentions"]
    assert rows == [
        ("aaaa1111", "Egypt", "Jordan", TEXT, "en", "Praise", 2),
        ("aaaa2222", "Egypt", None, TEXT, "en", "Praise", 1),
        ("cccc1111", "Egypt", "Jordan", TEXT, "en", None, 1),
    ]
    assert ask(loaded, "SELECT event_date, source_country, target_country, events FROM daily_dyads ORDER BY ALL NULLS LAST")[1] == [(DAY, "EGY", "JOR", 1), (None, "EGY", "JOR", 1)]
    assert ask(loaded, "SELECT language, root, events FROM family_counts ORDER BY ALL")[1] == [("en", "01", 1), ("en", "05", 1), ("en", "11", 1)]


def test_the_mean_and_the_sum_of_a_dyad_are_those_of_its_events(loaded: Path, dictionaries: Dictionaries) -> None:
    goldstein = dictionaries.ontology["051"].goldstein
    assert goldstein is not None
    ((mean, total),) = ask(loaded, f"SELECT goldstein_mean, goldstein_sum FROM daily_dyads WHERE event_date = '{DAY}'")[1]
    assert (mean, total) == (pytest.approx(goldstein), pytest.approx(goldstein))


def test_a_query_without_rows_still_has_its_columns(loaded: Path) -> None:
    assert ask(loaded, "SELECT code FROM events WHERE code = '190'") == (["code"], [])


@pytest.mark.parametrize(
    "query",
    [
        "SELEC 1",
        "SELECT nothing FROM events",
        "SELECT * FROM nowhere",
        "SELECT 1; DELETE FROM events",
        "DROP TABLE events",
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY events TO 'events.csv'",
        "ATTACH 'other.duckdb'",
        "SELECT CAST('x' AS INTEGER)",
        "SELECT error('two\nlines')",
        "",
        " ; ",
        "-- a comment",
    ],
)
def test_a_question_that_cannot_be_answered_is_a_query_error_of_one_line(loaded: Path, query: str) -> None:
    with pytest.raises(QueryError) as error:
        ask(loaded, query)
    assert str(error.value) and "\n" not in str(error.value)
    assert ask(loaded, "SELECT count(*) FROM events")[1] == [(3,)]


def test_a_question_to_no_warehouse_is_a_warehouse_error(path: Path) -> None:
    with pytest.raises(WarehouseError):
        ask(path, "SELECT 1")
    with pytest.raises(WarehouseError):
        evidence(path, "aaaa")


@pytest.mark.parametrize("given", ["cccc1111", "cccc", "c"])
def test_evidence_is_found_by_an_id_or_its_beginning(loaded: Path, given: str) -> None:
    found = evidence(loaded, given)
    assert (found.mention_id, found.mentions, found.article_id, found.code, found.stack, found.source, found.target) == ("cccc1111", 1, "a2", "112", "accuse", "EGYGOV", "JORMED")
    assert found.entries == ("en/acts.yaml:1", "en/names.yaml:1")
    assert (found.confidence, found.parser_version) == (0.9, "en-models")


@pytest.mark.parametrize("given", ["cccc1111", "bbbb1111"])
def test_the_marks_of_evidence_cut_their_words_out_of_the_sentence(loaded: Path, given: str) -> None:
    found = evidence(loaded, given)
    assert {mark: found.sentence[start:end] for mark, start, end in found.marks} == {"trigger": "praised", "source": "Egypt", "target": "Jordan"}


def test_evidence_of_an_event_without_target_marks_none(loaded: Path) -> None:
    found = evidence(loaded, "aaaa2222")
    assert found.target is None
    assert [mark for mark, _, _ in found.marks] == ["trigger", "source"]


@pytest.mark.parametrize(("given", "what"), [("aaaa", "several"), ("", "several"), ("dddd", "no event"), ("%", "no event"), ("aaaa1111x", "no event"), ("'", "no event")])
def test_evidence_of_none_or_of_several_events_is_a_query_error(loaded: Path, given: str, what: str) -> None:
    with pytest.raises(QueryError) as error:
        evidence(loaded, given)
    assert what in str(error.value) and "\n" not in str(error.value)


def test_evidence_from_a_database_that_is_no_warehouse_is_an_error_of_one_line(path: Path) -> None:
    duckdb.connect(str(path)).close()
    with pytest.raises((QueryError, WarehouseError)) as error:
        evidence(path, "aaaa")
    assert "\n" not in str(error.value)


def test_a_question_is_answered_beside_an_open_reader(loaded: Path) -> None:
    with connect(loaded):
        assert ask(loaded, "SELECT count(*) FROM events")[1] == [(3,)]
        assert evidence(loaded, "cccc").mention_id == "cccc1111"


def test_a_summary_counts_all_events_and_shows_each_family_that_has_both_actors(loaded: Path) -> None:
    with open_warehouse(loaded) as connection:
        families, events = summary(connection)
    assert families == [("en", "01", 1), ("en", "05", 1), ("en", "11", 1)]
    assert [row[2] for row in events] == ["051", "112"]


def test_evidence_of_an_event_with_several_mentions_is_its_first(loaded: Path) -> None:
    ((event_id,),) = ask(loaded, "SELECT event_id FROM events WHERE code = '051'")[1]
    found = evidence(loaded, event_id)
    assert (found.event_id, found.mention_id, found.mentions) == (event_id, "aaaa1111", 2)
    assert evidence(loaded, "bbbb1111").event_id == event_id


def test_the_summary_of_an_empty_warehouse_is_empty(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert summary(warehouse) == ([], [])
