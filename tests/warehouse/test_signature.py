from __future__ import annotations

import pytest

from warehouse.signature import ALIKE, alike, band_keys, signature

WORDS = [f"word{n}" for n in range(100)]
ARABIC = "رفضت مصر يوم الخميس طلب إثيوبيا الحصول على مساعدات عسكرية وهددت تركيا بفرض عقوبات على سوريا ودعت وزارة الخارجية الأردنية إسرائيل إلى وقف الهجمات على المدينة في أقرب وقت ممكن"


def sketch(words: list[str]) -> bytes:
    made = signature(" ".join(words), "en")
    assert made is not None
    return made


def test_a_signature_is_128_numbers_and_the_same_for_the_same_text() -> None:
    assert len(sketch(WORDS)) == 4 * 128
    assert sketch(WORDS) == sketch(list(WORDS))


@pytest.mark.parametrize(("words", "made"), [(24, False), (25, True)])
def test_a_text_under_25_words_has_none(words: int, made: bool) -> None:
    assert (signature(" ".join(WORDS[:words]), "en") is not None) == made
    assert (band_keys(signature(" ".join(WORDS[:words]), "en")) != []) == made


def test_a_copy_with_a_few_words_more_is_alike_and_shares_a_band() -> None:
    one, other = sketch(WORDS), sketch([*WORDS, "by", "our", "staff"])
    assert alike(one, other) and alike(other, one)
    assert set(band_keys(one)) & set(band_keys(other))


def test_half_of_a_text_in_another_is_no_copy() -> None:
    assert not alike(sketch(WORDS), sketch(WORDS[:50] + [f"else{n}" for n in range(50)]))


def test_marks_and_forms_of_letters_that_folding_takes_away_do_not_count() -> None:
    assert signature(ARABIC, "ar") == signature(ARABIC.replace("إ", "ا").replace("عقوبات", "عُقوبات"), "ar")
    assert signature(" ".join(WORDS), "en") == signature(" ".join(WORDS).upper(), "en")


def test_sixteen_bands_differ_by_their_place() -> None:
    keys = band_keys(bytes(4 * 128))
    assert len(set(keys)) == 16
    assert all(0 <= key < 2**64 for key in keys)


def test_alike_begins_at_three_quarters() -> None:
    zeros, cut = bytes(4 * 128), int(128 * ALIKE)
    assert alike(zeros, bytes(4 * cut) + b"\x01\x00\x00\x00" * (128 - cut))
    assert not alike(zeros, bytes(4 * (cut - 1)) + b"\x01\x00\x00\x00" * (129 - cut))
