"""会议纪要 as they are issued: a mark of their own, who attended under the text; those issued before stay as they were."""

from datetime import date

import pytest

from documents.letter import letter_document
from documents.official.content import Attendance, Format, Heading, OfficialDocument
from rules.letters.issued import IssuedLetter, from_json, to_json
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind


def document(**words: str) -> OfficialDocument:
    text = LetterText(
        title="柳溪镇2026年7月15日信访工作联席会议纪要",
        source="一、村口道路维修\n主持：王平。\n出席：上河村村支书。",
        signature="柳溪镇人民政府",
        day=date(2026, 7, 16),
        **words,
    )
    letter = IssuedLetter(PaperKind.MINUTES, "柳溪镇人民政府", text, "柳信督〔2026〕1号")
    return letter_document(from_json(to_json(letter)))


def test_the_body_that_met_stands_in_the_head_and_who_attended_under_the_text():
    made = document(mark="柳溪镇信访工作联席会议")
    assert (made.format, made.organs, made.mark_suffix) == (
        Format.MINUTES,
        ("柳溪镇信访工作联席会议",),
        "纪要",
    )
    assert made.body == (Heading(1, "一、村口道路维修"),)
    assert made.attendance == (Attendance("主持", "王平。"), Attendance("出席", "上河村村支书。"))
    assert made.signatures == ()
    assert (made.printed_by, made.printed_on) == ("柳溪镇人民政府", date(2026, 7, 16))


def test_those_that_were_issued_without_a_mark_stay_the_documents_that_went_out():
    made = document()
    assert (made.format, made.organs, made.mark_suffix) == (Format.DOCUMENT, ("柳溪镇人民政府",), "文件")
    assert len(made.body) == 3
    assert made.signatures[0].organ == "柳溪镇人民政府"


def test_minutes_bear_no_seal():
    text = LetterText("纪要", "正文。", mark="柳溪镇信访工作联席会议")
    with pytest.raises(ValueError, match="no seal"):
        to_json(IssuedLetter(PaperKind.MINUTES, "柳溪镇人民政府", text, seal_millimetres=42.0))
