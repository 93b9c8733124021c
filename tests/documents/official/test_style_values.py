"""Shortened look-ups change no file."""

import pytest
from weasyprint import css

from documents.official import style_values
from documents.official.content import OfficialDocument
from documents.official.pdf import official_pdf
from tests.documents.official.samples import BULLETIN, LETTER, MINUTES, NOTICE, REQUEST


@pytest.mark.parametrize("document", [BULLETIN, REQUEST, LETTER, MINUTES, NOTICE], ids=lambda d: d.format)
def test_a_file_is_the_same_with_every_value_looked_up_in_full(
    document: OfficialDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    shortened = official_pdf(document)
    monkeypatch.setattr(css.ComputedStyle, "__missing__", style_values._LOOKED_UP)

    assert official_pdf(document) == shortened


def test_look_ups_are_shortened() -> None:
    assert css.ComputedStyle.__missing__ is style_values._value
