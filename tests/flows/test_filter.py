"""The sentence filter loses nothing: the same events with and without it. And what becomes of the sentences that it held back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from coders.article import FILTERED, code_article
from dictionaries import Dictionaries, load_dictionaries
from flows.pipeline import FILTER_VARIABLE, code_batch, load_parser
from flows.run import SAMPLES
from parsers.sentence import Sentence
from sources import Article, read_sources
from tests.flows.test_recode import marsad, own, serenade  # noqa: F401
from warehouse import connect, open_warehouse
from warehouse.load import load_batch
from warehouse.package import CodedRecord
from warehouse.snapshot import publish

PAIRS = Path(__file__).parent.parent / "coders"
# So many sentences make an article, so that there is something to look back to.
TOGETHER = 10
# Rain and a bridge tell nothing; who condemns stands only in the sentence before.
QUIET = {
    "en": "The bridge was painted green. The rain lasted for three days.\nKenya is larger than Rwanda.\nThe United Nations was founded in 1945.\nIt condemned the attack on the embassy of Kenya in Mogadishu.",
    "ar": "هطلت الأمطار ثلاثة أيام. لون الجسر أخضر.\nكينيا أكبر من رواندا.\nتضم الأمم المتحدة أعضاء كثيرين.\nوقد أدانت أمس قصف سفارة كينيا في مقديشو.",
}


def unparsed(sentence: Sentence) -> Sentence:
    return replace(sentence, tokens=tuple(replace(token, head=-1, relation="") for token in sentence.tokens))


def filtered(sentences: Sequence[Sentence], language: str, dictionaries: Dictionaries) -> tuple[Any, set[int]]:
    """What the pipeline's loop codes, and the numbers of the sentences that it has parsed."""
    parsed: set[int] = set()
    while True:
        coded = code_article("a", language, [s if s.number in parsed else unparsed(s) for s in sentences], dictionaries, "v")
        if not coded.wanted:
            return coded, parsed
        assert not coded.wanted & parsed
        parsed |= coded.wanted


def articles_of_pairs(language: str) -> Iterator[str]:
    pairs = yaml.safe_load((PAIRS / f"pairs_{language}.yaml").read_text(encoding="utf-8"))
    texts = [pair[kind] for pair in pairs for kind in ("yes", "no")]
    for at in range(0, len(texts), TOGETHER):
        yield "\n".join(texts[at : at + TOGETHER])


def same_events(texts: Sequence[str], language: str, dictionaries: Dictionaries) -> int:
    """Whether all events are the same; gives the number of events."""
    events = 0
    for text, parsed in zip(texts, load_parser(language).parse(texts), strict=True):
        full = code_article("a", language, parsed.sentences, dictionaries, "v")
        coded, _ = filtered(parsed.sentences, language, dictionaries)
        assert coded.events == full.events, text
        events += len(full.events)
    return events


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pairs_code_the_same(language: str, dictionaries: Dictionaries) -> None:
    assert same_events(list(articles_of_pairs(language)), language, dictionaries) > 50


@pytest.mark.parametrize(("language", "name"), [("ar", "arabic_gsr_detect.dev"), ("en", "plv_en.dev")])
def test_annotated_news_codes_the_same(language: str, name: str, dictionaries: Dictionaries, shared: Path) -> None:
    rows = [json.loads(line)["text"] for line in (shared / "gold" / f"{name}.jsonl").open(encoding="utf-8")][:300]
    assert same_events(["\n".join(rows[at : at + TOGETHER]) for at in range(0, len(rows), TOGETHER)], language, dictionaries) > 50


def test_the_samples_code_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article for article in read_sources([str(SAMPLES)]) if isinstance(article, Article)]
    with_filter = code_batch(articles)
    monkeypatch.setenv(FILTER_VARIABLE, "off")
    without = code_batch(articles)
    assert [r.events for r in with_filter if isinstance(r, CodedRecord)] == [r.events for r in without if isinstance(r, CodedRecord)]
    for one, other in zip(with_filter, without, strict=True):
        assert isinstance(one, CodedRecord) and isinstance(other, CodedRecord)
        # Parsed in other company, a sentence has the same parse; a sentence that is not parsed has its words.
        assert [s if s.parsed else s.text for s in one.sentences] == [t if s.parsed else t.text for s, t in zip(one.sentences, other.sentences, strict=True)]
        assert all(s.parsed for s in other.sentences)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_can_tell_nothing_is_not_parsed_and_what_is_looked_back_to_is(language: str) -> None:
    (record,) = code_batch([Article("q", QUIET[language], language)])
    assert isinstance(record, CodedRecord)
    assert [event.source.code for event in record.events if event.source] == ["IGOUNO"]
    kept = [s.number for s in record.sentences if s.parsed]
    assert kept[0] > 1 and kept[-2:] == [len(record.sentences) - 2, len(record.sentences) - 1]  # not the rain, but who condemns
    assert [number for number, reason in record.discarded if reason == FILTERED] == [s.number for s in record.sentences if not s.parsed]


def test_no_filter_parses_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILTER_VARIABLE, raising=False)
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": "q", "text": QUIET["en"], "lang": "en"}) + "\n", encoding="utf-8")
    with_filter = marsad("code", file)
    monkeypatch.setenv(FILTER_VARIABLE, "")  # what the option sets is unset again
    assert marsad("code", file, "--no-filter").stdout == with_filter.stdout


def test_recode_notices_a_sentence_that_is_wanted_now(tmp_path: Path, own: Path) -> None:  # noqa: F811
    db = tmp_path / "news.duckdb"
    records = [serenade("parsed"), serenade("filtered")]
    records[1] = replace(records[1], sentences=(unparsed(records[1].sentences[0]),), discarded=((0, FILTERED),))
    with open_warehouse(db) as connection:
        load_batch(connection, records, [], load_dictionaries())
        publish(connection, db)
    result = marsad("recode", "--db", db, "--dictionaries", own)
    assert "1 articles stay as they were coded before" in result.stderr
    with connect(db) as connection:
        rows = connection.execute("SELECT article_id, (SELECT count(*) FROM mentions m WHERE m.article_id = a.article_id), discarded FROM articles a JOIN sentences USING (article_id) ORDER BY 1").fetchall()
        assert rows == [("filtered", 0, FILTERED), ("parsed", 1, None)]
        # By other dictionaries it is no known article, so a run parses it.
        assert len({d for (d,) in connection.execute("SELECT dictionaries FROM articles").fetchall()}) == 2
