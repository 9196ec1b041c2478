from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from dictionaries import Dictionaries, DictionaryError, load_dictionaries
from dictionaries.conjugation import verb_lemmas
from dictionaries.load import ROOT, content_hash, missing_files, read_dictionaries


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "dictionaries"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_what_ships_has_no_problem_and_lacks_no_file() -> None:
    _, problems = read_dictionaries()
    assert problems == []
    assert missing_files() == []


def test_the_ontology_is_the_318_codes_of_cameo(shared: Path, dictionaries: Dictionaries) -> None:
    with (shared / "cameo" / "cameo_codes.tsv").open(encoding="utf-8") as file:
        facts = {row["code"]: row for row in csv.DictReader(file, delimiter="\t")}
    assert dictionaries.ontology.keys() == facts.keys()
    for code, row in facts.items():
        mine = dictionaries.ontology[code]
        assert mine.label == row["label"]
        assert mine.goldstein == (float(row["goldstein"]) if row["goldstein"] else None)
        assert (mine.quad, mine.quad_gdelt) == (int(row["quad_cameo"]), int(row["quad_gdelt"]))


def test_threats_requests_and_refusals_are_composed_to_full_depth(dictionaries: Dictionaries) -> None:
    composed = {code for code in dictionaries.composition.rows.values() if code}
    deep = {code for code in dictionaries.ontology if code[:2] in ("02", "12", "13") and len(code) > 2}
    assert deep - composed == set()


@pytest.mark.parametrize(
    ("act", "topic", "code"),
    [
        ("appeal", "aid.military", "0232"),
        ("refuse", "aid.military", "1222"),
        ("refuse", "cooperation.military", "1212"),
        ("threaten", "force.conventional", "1384"),
        ("threaten", "sanctions", "1312"),
        ("demand", "aid.military", "1032"),
        ("refuse", None, "120"),
        ("refuse", "aid.unheard-of", "122"),
        ("provide", None, None),
        ("will", None, None),
        ("will", "aid.military", "0332"),
    ],
)
def test_composition_falls_back_on_the_parent_topic_then_on_the_act(dictionaries: Dictionaries, act: str, topic: str | None, code: str | None) -> None:
    found = dictionaries.composition.find(act, topic)
    assert (found[0] if found else None) == code


def test_acts_stack(dictionaries: Dictionaries) -> None:
    acts = dictionaries.acts
    assert acts["appeal"].as_topic("aid.military") == "aid.military"
    assert acts["stop"].as_topic(acts["attack"].as_topic(None)) == "deescalation"
    assert acts["stop"].as_topic("aid.military") == "aid-cut"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("en/topics.yaml", "topics:\n  aid: [aid\n", "en/topics.yaml:3:1: YAML does not parse"),
        ("en/topics.yaml", "topics:\n  aids: [aid]\n", "en/topics.yaml:2:3: unknown topic aids"),
        ("en/acts.yaml", "- act: apeal\n  verbs: [urge]\n", "en/acts.yaml:1:8: unknown act apeal"),
        ("en/acts.yaml", "- act: appeal\n  act: demand\n", "en/acts.yaml:2:3: the key act stands twice"),
        ("en/discards.yaml", "phrases:\n- {reason: sport, phrases: [regatta]}\n", "en/discards.yaml:1:1: unknown key phrases"),
        ("en/discards.yaml", "sentences:\n- {reason: sport, phrase: [regatta]}\n", "en/discards.yaml:2:19: unknown key phrase of a discard"),
        ("cameo/composition.yaml", "appeal: {'*': '999'}\n", "cameo/composition.yaml:1:15: unknown code 999"),
        ("en/names.yaml", "countries:\n  QQQ: {names: [Nowhere]}\n", "en/names.yaml:2:3: unknown country QQQ"),
        ("en/topics.yaml", "topics: &a\n  aid: *a\n", "YAML aliases are not read here"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_column(copy: Path, file: str, text: str, message: str) -> None:
    (copy / file).write_text(text, encoding="utf-8")
    with pytest.raises(DictionaryError) as error:
        load_dictionaries(copy)
    assert message in str(error.value)


def test_text_that_is_not_utf8_is_a_problem_not_a_crash(copy: Path) -> None:
    (copy / "ar" / "topics.yaml").write_bytes(b"topics:\n" + b"  \xff\xfe: [a]\n")
    _, problems = read_dictionaries(copy)
    assert problems[0].startswith("ar/topics.yaml:2:1: not UTF-8")


def test_a_language_may_lack_a_file(copy: Path) -> None:
    (copy / "en" / "discards.yaml").unlink()
    _, problems = read_dictionaries(copy)
    assert problems == []
    assert missing_files(copy) == ["en/discards.yaml: missing; en is coded without it"]


def test_the_hash_follows_the_content(copy: Path) -> None:
    before = content_hash(copy)
    assert before == content_hash(ROOT)
    with (copy / "en" / "topics.yaml").open("a", encoding="utf-8") as file:
        file.write("# a comment counts too: places shift with it\n")
    assert content_hash(copy) != before


def test_every_listed_arabic_verb_has_its_forms() -> None:
    inflected = {line.split("\t")[0] for line in (ROOT / "ar" / "forms.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    missing = verb_lemmas(ROOT) - inflected
    # A few verbs are not in the conjugator's lexicon; more than these means that `python -m dictionaries.conjugation` was not run.
    assert len(missing) <= 25, f"run `python -m dictionaries.conjugation`; without forms: {sorted(missing)}"
