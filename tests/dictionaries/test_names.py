import pytest

from dictionaries import Dictionaries


def found(dictionaries: Dictionaries, language: str, text: str) -> list[tuple[str, str]]:
    return [(match.name.actor, text[match.start : match.end]) for match in dictionaries.languages[language].names.find(text)]


def actors(dictionaries: Dictionaries, language: str, text: str) -> list[str]:
    return [actor for actor, _ in found(dictionaries, language, text)]


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


# Minimal pairs: each text and its neighbour, in which the same word stands for another.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Georgia rejected the Russian proposal", ["GEO", "RUS"]),
        ("Police in Savannah, Georgia, fired tear gas", ["USA"]),
        ("Republicans in Georgia sued", ["USA"]),
        ("Republicans urged support for Georgia against Russia", ["GEO", "RUS"]),
        ("Jordan rejected the plan", ["JOR"]),
        ("Michael Jordan rejected the plan", []),
        ("Jordan Henderson rejected the plan", []),
        ("Jordan Bardella rejected the plan", ["bardella"]),
        ("across the Jordan River", []),
        ("Chad recalled its envoy", ["TCD"]),
        ("Chad Wolf recalled his envoy", []),
        ("on the shore of Lake Chad", []),
        ("Turkey summoned the envoy", ["TUR"]),
        ("Roast Turkey with cranberry", []),
        ("Congolese police in Goma", ["COD", "COD"]),
        ("Congolese police in Brazzaville", ["COG", "COG"]),
        ("Nigerian troops", ["NGA"]),
        ("Nigerien troops", ["NER"]),
        ("Niger and Niger State", ["NER", "NGA"]),
        ("along the Niger River", []),
        ("Guinea", ["GIN"]),
        ("Equatorial Guinea", ["GNQ"]),
        ("Papua New Guinea", ["PNG"]),
        ("Papuan separatists", ["IDN"]),
        ("North Korea said the North would answer", ["PRK", "PRK"]),
        ("the North would answer", []),
        ("North Korea met the North Atlantic Council", ["PRK", "nato"]),
        ("on the Korean Peninsula", []),
        ("Dominican police", ["DOM"]),
        ("Dominican police in Roseau", ["DMA", "DMA"]),
        ("Dominica", ["DMA"]),
        ("Ireland", ["IRL"]),
        ("Northern Ireland", ["GBR"]),
        ("Mexico", ["MEX"]),
        ("New Mexico", ["USA"]),
        ("Jersey", ["JEY"]),
        ("New Jersey", ["USA"]),
        ("Indian soldiers", ["IND"]),
        ("Indiana soldiers", ["USA"]),
        ("Congress passed the bill", ["us_congress"]),
        ("Peru's Congress passed the bill", ["PER"]),
        ("Britain's Foreign Office", ["GBR", "GBR"]),
        ("the German Foreign Office", ["DEU"]),
        ("New York", ["USA"]),
        ("the New York Times", []),
    ],
)
def test_english_names_that_two_bear_are_told_apart(dictionaries: Dictionaries, text: str, expected: list[str]) -> None:
    assert actors(dictionaries, "en", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عمان ترفض الاتهامات", ["OMN"]),
        ("سلطنة عُمان", ["OMN"]),
        ("عمّان ترفض الاتهامات", ["JOR"]),
        ("عمان (رويترز) -", ["JOR"]),
        ("مسقط (رويترز) -", ["OMN"]),
        ("استقبل وزير الخارجية الأردني ضيفه في عمان", ["JOR", "JOR"]),
        ("استقبل الوزير ضيفه في عمان", ["OMN"]),
        ("الأردن وعمان", ["JOR", "OMN"]),
        ("زار سلطان عمان الأردن", ["OMN", "JOR"]),
        ("المغرب والجزائر", ["MAR", "DZA"]),
        ("المغرب العربي", ["NAF"]),
        ("بعد صلاة المغرب", []),
        ("الشرطة الكونغولية في غوما", ["COD", "COD"]),
        ("الشرطة الكونغولية في برازافيل", ["COG", "COG"]),
        ("على ضفة نهر الأردن", []),
        ("في الأردن", ["JOR"]),
        ("جورجيا تتهم روسيا", ["GEO", "RUS"]),
        ("حاكم جورجيا الجمهوري", ["USA"]),
        ("جورجيا ميلوني", ["meloni"]),
        ("انقلاب في مالي", ["MLI"]),
        ("دعم مالي", []),
        ("الجيش المالي", ["MLI"]),
        ("النظام المالي", []),
        ("بحيرة تشاد", []),
        ("رئيس تشاد", ["TCD"]),
        ("غينيا", ["GIN"]),
        ("غينيا بيساو", ["GNB"]),
        ("بابوا غينيا الجديدة", ["PNG"]),
        ("نيجيري", ["NGA"]),
        ("نيجري", ["NER"]),
        ("الدومينيكان", ["DOM"]),
        ("دومينيكا", ["DMA"]),
        ("أيرلندا", ["IRL"]),
        ("أيرلندا الشمالية", ["GBR"]),
        ("المكسيك", ["MEX"]),
        ("نيو مكسيكو", ["USA"]),
        ("اتهمت سيول الشمال", ["KOR", "PRK"]),
        ("اتهمت الشمال", []),
        ("الخارجية الأمريكية", ["USA"]),
        ("زيارة باريس", ["FRA"]),
        ("خوسيه مانويل ألباريس", ["albares"]),
        ("كمين", []),
    ],
)
def test_arabic_names_that_two_bear_are_told_apart(dictionaries: Dictionaries, text: str, expected: list[str]) -> None:
    assert actors(dictionaries, "ar", text) == expected


def test_what_the_text_before_named_tells_a_name_too(dictionaries: Dictionaries) -> None:
    names = dictionaries.languages["en"].names
    assert [match.name.actor for match in names.find("The North did not answer.", {"KOR"})] == ["PRK"]
    assert names.find("The North did not answer.", {"SDN"}) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Kumamoto", "JPN"),
        ("en", "Chelyabinsk", "RUS"),
        ("en", "Gaziantep", "TUR"),
        ("ar", "أولان باتور", "MNG"),
        ("ar", "الزقازيق", "EGY"),
        ("ar", "سرقسطة", "ESP"),
    ],
)
def test_a_city_gives_its_country(dictionaries: Dictionaries, language: str, text: str, expected: str) -> None:
    assert actors(dictionaries, language, text) == [expected]


@pytest.mark.parametrize(("language", "text"), [("en", "Nice"), ("en", "Reading"), ("en", "Mobile"), ("en", "Split"), ("en", "Florence"), ("ar", "مشهد"), ("ar", "سلا"), ("ar", "الصور"), ("ar", "قاهره")])
def test_a_city_that_is_first_a_word_or_a_name_is_none(dictionaries: Dictionaries, language: str, text: str) -> None:
    assert actors(dictionaries, language, text) == []
