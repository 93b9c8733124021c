"""Characters that would print as a box are told before the document is made."""

from dataclasses import replace

from documents.official.content import Attachment, Heading, OfficialDocument, Paragraph
from documents.official.coverage import uncovered
from tests.documents.official.samples import BULLETIN, LETTER, MINUTES, NOTICE, TABLE

MISSING = "\U000203a1"
"""𠎡, of Extension B: in none of the installed faces."""


def test_usual_documents_can_be_printed_whole():
    for document in (BULLETIN, LETTER, MINUTES, NOTICE):
        assert uncovered(document) == []


def test_rare_characters_of_names_are_covered():
    assert uncovered(OfficialDocument(title="报告", body=(Paragraph("喆堃玥昇珺瑨赟晞甪沺硚埗㛃䶮"),))) == []


def test_a_missing_character_is_told_once_with_its_place():
    body = (Paragraph("云江。"), Paragraph(f"{MISSING}某反映，{MISSING}某又反映。"))
    assert uncovered(OfficialDocument(title="报告", body=body)) == [(MISSING, "正文第2段")]


def test_places_are_told_in_words():
    table = replace(TABLE, rows=((*TABLE.rows[0][:4], MISSING),))
    places = {
        "标题": replace(NOTICE, title=MISSING),
        "主送机关": replace(NOTICE, addressees=MISSING),
        "附注": replace(NOTICE, note=MISSING),
        f"正文的标题“{MISSING}”": replace(NOTICE, body=(Heading(1, MISSING),)),
        "正文第1个表第1行": replace(NOTICE, body=(table,)),
        "附件1": replace(NOTICE, attachments=(Attachment(MISSING),)),
        "附件1第1段": replace(NOTICE, attachments=(Attachment("表", (Paragraph(MISSING),)),)),
        "签发人": replace(NOTICE, signers=(MISSING,)),
    }
    for place, document in places.items():
        assert uncovered(document) == [(MISSING, place)]
