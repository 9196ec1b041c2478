from __future__ import annotations

import pytest

from parsers.language import identify


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("أعلنت وزارة الخارجية المصرية التوصل إلى اتفاق جديد.", "ar"),
        ("دعت تركيا إلى الحوار", "ar"),
        ("أعلنت شركة Airbus عن صفقة مع شركة الطيران الأردنية", "ar"),
        ("حكومة", "ar"),
        ("The foreign ministry announced a new agreement with Jordan.", "en"),
        ("Le ministère des Affaires étrangères a annoncé un nouvel accord avec la Tunisie.", "fr"),
        ("وزارت امور خارجه ایران اعلام کرد که گفتگوها ادامه پیدا می‌کند.", "fa"),
    ],
)
def test_a_language_is_known_by_its_text(text: str, code: str) -> None:
    assert identify(text) == code


@pytest.mark.parametrize("text", ["", " \n", "123 — 456؟", "٢٠٢٢", "😀"])
def test_a_text_without_letters_is_in_no_language(text: str) -> None:
    assert identify(text) == ""
