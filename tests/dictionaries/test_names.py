import pytest

from dictionaries import Dictionaries


def found(dictionaries: Dictionaries, language: str, text: str) -> list[tuple[str, str]]:
    return [(match.name.actor, text[match.start : match.end]) for match in dictionaries.languages[language].names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وواشنطن", [("USA", "واشنطن")]),
        ("للولايات المتحدة", [("USA", "لولايات المتحدة")]),
        ("لليبيا", [("LBY", "ليبيا")]),
        ("بأرمينيا وكازاخستان", [("ARM", "أرمينيا"), ("KAZ", "كازاخستان")]),
        ("القوات الأذربيجانية", [("AZE", "الأذربيجانية")]),
        ("جنوب السودان", [("SSD", "جنوب السودان")]),
        ("السودان", [("SDN", "السودان")]),
        ("نيجيريا والنيجر", [("NGA", "نيجيريا"), ("NER", "النيجر")]),
        ("وهمي", []),
        ("سبتمبر", []),
    ],
)
def test_arabic_names_are_found_whatever_clings_to_them(dictionaries: Dictionaries, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(dictionaries, "ar", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. said", [("USA", "U.S.")]),
        ("South Sudan and Sudan", [("SSD", "South Sudan"), ("SDN", "Sudan")]),
        ("a turkey in a china shop", []),
        ("they told us", []),
        ("Guinea-Bissau", [("GNB", "Guinea-Bissau")]),
        ("Niger's army", [("NER", "Niger")]),
        ("North Korean troops", [("PRK", "North Korean")]),
    ],
)
def test_english_names_keep_their_capitals(dictionaries: Dictionaries, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(dictionaries, "en", text) == expected
