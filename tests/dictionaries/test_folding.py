from dictionaries.folding import fold, fold_character, phrase_keys, word_key


def test_spellings_of_one_arabic_word_have_one_key() -> None:
    assert word_key("رَفَضَ", "ar") == word_key("رفض", "ar") == "رفض"
    assert word_key("الأُمَم", "ar") == word_key("امم", "ar")
    assert word_key("مستشفى", "ar") == word_key("مستشفي", "ar")
    assert word_key("ســـلام", "ar") == word_key("سلام", "ar")


def test_the_article_is_taken_off_words_but_not_off_short_ones() -> None:
    assert word_key("الطلب", "ar") == "طلب"
    assert word_key("الى", "ar") == "الي"


def test_a_final_hamza_is_one_letter_on_a_seat_and_off_it() -> None:
    assert word_key("إلغاؤ", "ar") == word_key("الغائ", "ar") == word_key("إلغاء", "ar")
    assert word_key("مخطئ", "ar") != word_key("مخطء", "ar")  # only after a long a: the seat of a stem's own hamza stays


def test_english_keys_are_lower_case_and_keep_their_letters() -> None:
    assert phrase_keys("Military Aid", "en") == ("military", "aid")
    assert word_key("alarm", "en") == "alarm"


def test_marks_that_the_models_do_not_know_become_ones_that_they_know() -> None:
    assert fold("“قوات” – «الرد»", "ar") == '"قوات" - "الرد"'
    assert fold("٢٠٢٢", "ar") == "2022"


def test_folding_a_text_is_folding_its_characters() -> None:
    text = "قالتِ «الوزارةُ» إنّ ٣ جنودٍ—أُصيبوا… “quoted”"
    for language in ("ar", "en"):
        assert fold(text, language) == "".join(fold_character(c, language) for c in text)
