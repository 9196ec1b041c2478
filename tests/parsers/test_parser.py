from __future__ import annotations

import itertools

import pytest

from dictionaries.folding import fold
from flows.pipeline import load_parser
from parsers.guard import open_ends, sure_ends
from parsers.parser import Parsed, Parser
from parsers.sentence import Sentence

ARABIC = [
    "القاهرة، 26 سبتمبر 2022 — أعلنتِ الوزارةُ أنّ مصر «ستستضيفُ» المحادثات.\nووقعت مصرُ والأردن اتفاقًا للتعاون في مجال الطاقة…",
    "دعت تركيا إيران إلى وقف الهجمات. وانتهت المحادثات اليوم؟\n\nورفضت طهران الطلب، وقالت إنها ســتواصل لقاءاتها مع بغداد.",
    "",
    "التقى وفد من المغرب وزراء من تونس والجزائر لبحث فتح الحدود.",
]
ENGLISH = [
    "NAIROBI, Sept 3 (Agency) — Kenya’s government “won’t” extend the cease-fire.\nUganda can't accept it, officials said…",
    "Turkey urged Iran to halt the strikes. The talks end today.",
    " \n ",
]


@pytest.fixture(scope="module")
def arabic() -> Parser:
    return load_parser("ar")


@pytest.fixture(scope="module")
def english() -> Parser:
    return load_parser("en")


def words(parsed: Parsed) -> list[list[str]]:
    return [[token.text for token in sentence.tokens] for sentence in parsed.sentences]


def cut(sentence: Sentence, text: str) -> list[tuple[str, str]]:
    return [(token.text, text[token.start : token.end]) for token in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("أجرت بكين وواشنطن محادثات حول التجارة يوم الثلاثاء.", ["و", "واشنطن"]),
        ("وقعت مصر والأردن اتفاقا جديدا في سبتمبر الماضي.", ["في", "سبتمبر"]),
        ("زار الوفد التركي كازاخستان لبحث التعاون الاقتصادي.", ["كازاخستان"]),
        ("توجه الوفد إلى روسيا وكازاخستان لبحث التعاون.", ["و", "كازاخستان"]),
        ("أكد الوزير خلال لقائه السفير الألماني دعم الحوار.", ["لقاء", "ه"]),
        ("سلمت فرنسا المساعدات لليبيا يوم الأحد.", ["ل", "ليبيا"]),
    ],
)
def test_known_names_and_words_are_split_from_their_clitics_and_not_inside(arabic: Parser, text: str, split: list[str]) -> None:
    (found,) = words(arabic.parse([text])[0])
    assert any(found[at : at + len(split)] == split for at in range(len(found))), found
    whole = "".join(split)
    assert whole not in found or len(split) == 1


@pytest.mark.parametrize("name", ["واشنطن", "كازاخستان", "لبنان", "بلغاريا", "فرنسا", "سوريا"])
def test_a_country_or_capital_that_begins_like_a_clitic_is_one_word_and_no_verb(arabic: Parser, name: str) -> None:
    (sentence,) = arabic.parse([f"أعلنت {name} استعدادها للمشاركة في المحادثات."])[0].sentences
    (token,) = [token for token in sentence.tokens if token.text == name]
    assert token.upos not in ("VERB", "AUX")


@pytest.mark.parametrize(("language", "texts"), [("ar", ARABIC), ("en", ENGLISH)])
def test_spans_cut_out_of_the_text_what_the_tokens_say(language: str, texts: list[str]) -> None:
    for text, parsed in zip(texts, load_parser(language).parse(texts), strict=True):
        for sentence in parsed.sentences:
            assert sentence.text == text[sentence.start : sentence.end]
            spans = [(token.start, token.end) for token in sentence.tokens]
            for token, span in zip(sentence.tokens, spans, strict=True):
                assert sentence.start <= token.start < token.end <= sentence.end
                # Clitics that the letters do not show have the span of the whole written token.
                assert fold(text[token.start : token.end], language) == token.text or spans.count(span) > 1


@pytest.mark.parametrize(("language", "texts"), [("ar", ARABIC), ("en", ENGLISH)])
def test_no_letter_after_the_dateline_is_lost(language: str, texts: list[str]) -> None:
    for text, parsed in zip(texts, load_parser(language).parse(texts), strict=True):
        covered = {at for sentence in parsed.sentences for token in sentence.tokens for at in range(token.start, token.end)}
        assert [c for at, c in enumerate(text) if at >= parsed.dateline_end and c.isalnum() and at not in covered] == []


@pytest.mark.parametrize(("language", "texts"), [("ar", ARABIC), ("en", ENGLISH)])
def test_the_tokens_of_a_sentence_are_a_tree_in_the_order_of_the_text(language: str, texts: list[str]) -> None:
    for parsed in load_parser(language).parse(texts):
        assert [sentence.number for sentence in parsed.sentences] == list(range(len(parsed.sentences)))
        for first, second in itertools.pairwise(parsed.sentences):
            assert first.end <= second.start
        for sentence in parsed.sentences:
            assert [token.index for token in sentence.tokens] == list(range(len(sentence.tokens)))
            assert [token.head for token in sentence.tokens].count(-1) == 1
            for token in sentence.tokens:
                assert -1 <= token.head < len(sentence.tokens) and token.head != token.index
            assert [token.start for token in sentence.tokens] == sorted(token.start for token in sentence.tokens)


@pytest.mark.parametrize(("language", "texts"), [("ar", ARABIC), ("en", ENGLISH)])
def test_texts_parsed_together_are_parsed_as_each_is_alone(language: str, texts: list[str]) -> None:
    parser = load_parser(language)
    together = parser.parse(texts)
    alone = [parser.parse([text])[0] for text in texts]
    assert [words(parsed) for parsed in together] == [words(parsed) for parsed in alone]
    assert [(p.skipped, p.dateline_end) for p in together] == [(p.skipped, p.dateline_end) for p in alone]


def test_the_same_text_twice_gives_the_same_parse(arabic: Parser) -> None:
    assert arabic.parse(ARABIC) == arabic.parse(ARABIC)


def test_a_dateline_is_not_parsed_and_its_end_is_told(arabic: Parser, english: Parser) -> None:
    for parser, text in ((arabic, ARABIC[0]), (english, ENGLISH[0])):
        parsed = parser.parse([text])[0]
        assert text[: parsed.dateline_end].rstrip().endswith("—")
        assert parsed.sentences[0].start == parsed.dateline_end
    assert arabic.parse([ARABIC[1]])[0].dateline_end == 0


def test_english_contractions_are_split_and_keep_their_place(english: Parser) -> None:
    text = "Uganda can't accept the offer."
    (sentence,) = english.parse([text])[0].sentences
    assert ("ca", "ca") in cut(sentence, text) and ("n't", "n't") in cut(sentence, text)


def test_a_sentence_over_150_words_is_skipped_and_the_others_are_parsed(arabic: Parser) -> None:
    long = "زار الوفد " + "، ".join(["القاهرة", "عمان", "بيروت", "الرباط", "تونس"] * 20) + "."
    text = f"وقعت مصر والأردن اتفاقا.\n{long}\nوانتهت المحادثات اليوم."
    parsed = arabic.parse([text])[0]
    assert [sentence.text for sentence in parsed.sentences] == ["وقعت مصر والأردن اتفاقا.", "وانتهت المحادثات اليوم."]
    assert [sentence.number for sentence in parsed.sentences] == [0, 1]
    assert [(text[s.start : s.end], s.reason) for s in parsed.skipped] == [(long, "sentence-too-long")]


@pytest.mark.parametrize(("language", "word"), [("ar", "مصر "), ("en", "Egypt ")])
def test_a_hundred_thousand_characters_without_a_stop_are_skipped_as_one(language: str, word: str) -> None:
    text = (word * 100_000)[:100_000]
    parsed = load_parser(language).parse([text])[0]
    assert parsed.sentences == ()
    assert [(s.start, s.end, s.reason) for s in parsed.skipped] == [(0, 100_000, "sentence-too-long")]


def test_what_stands_around_an_endless_stretch_is_parsed_and_keeps_its_place(english: Parser) -> None:
    text = "Egypt hosted the talks. " + "Egypt " * 2000 + ". Jordan welcomed the agreement."
    parsed = english.parse([text])[0]
    assert [sentence.text for sentence in parsed.sentences][-1] == "Jordan welcomed the agreement."
    assert parsed.sentences[0].text == "Egypt hosted the talks."
    assert len(parsed.skipped) == 1


@pytest.mark.parametrize("text", ["", " \n\t", "\u200f\u064b", "\u3000"])
def test_a_text_of_nothing_gives_nothing(arabic: Parser, english: Parser, text: str) -> None:
    for parser in (arabic, english):
        assert parser.parse([text]) == [Parsed((), (), 0)]


@pytest.mark.parametrize("text", ["😀😀", "...", "؟!", "\x00", "و", "a\u2028b\x85c", "\ufeffوصل\r\nالوفد\r\n", "القاهرة — ", "ا" * 3000])
def test_odd_texts_do_not_break_the_parser(arabic: Parser, english: Parser, text: str) -> None:
    for parser in (arabic, english):
        for sentence in parser.parse([text])[0].sentences:
            assert sentence.text == text[sentence.start : sentence.end] != ""


def test_no_text_gives_no_result(arabic: Parser) -> None:
    assert arabic.parse([]) == []


def test_the_sure_ends_of_arabic_sentences() -> None:
    # Invented: two sentences; a title and a number; a quotation of two; a stop at the end.
    told = {
        "أعربت تونس عن قلقها. واتهمت ليبيا جارتها.": [19],
        "التقى د. سالم الوفد في 3. مايو": [],
        'قال الوزير: "انتهى الاجتماع. ونعود غدا" وغادر': [],
        "قال الوزير: «انتهى الاجتماع. ونعود غدا» وغادر. وعاد الوفد": [45],
    }
    assert {text: list(sure_ends(text)) for text in told} == told


@pytest.mark.parametrize(
    ("language", "text", "pieces", "joined"),
    [
        ("en", "The envoy reached Burkina Faso today. They agreed.", ["The envoy reached Burkina", "The envoy reached Burkina Faso today.", "They agreed."], 1),
        # A headline before a dateline, and lines without any stop.
        ("en", "Ghana rejects the offer ACCRA (Sample) - Ghana refused.", ["Ghana rejects the offer", "Ghana refused."], 0),
        ("en", "Ghana rejects the offer Togo accepts it", ["Ghana rejects the offer", "Togo accepts it"], 0),
        ("ar", "وفي تونس، أعلن الوزير موقفه. ثم غادر.", ["وفي تونس،", "أعلن الوزير موقفه.", "ثم غادر."], 1),
        ("ar", "رفضت تونس العرض الليبي الجديد أعلنت الحكومة موقفها.", ["رفضت تونس العرض الليبي الجديد", "أعلنت الحكومة موقفها."], 0),
    ],
)
def test_ends_that_end_no_sentence(language: str, text: str, pieces: list[str], joined: int) -> None:
    ends = [text.index(piece) + len(piece) - 1 for piece in pieces]
    assert list(open_ends(text, ends, language)) == ends[:joined]
