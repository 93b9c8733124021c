"""The parts of a Word file: styles and settings that an editor works with, and nothing that a text could smuggle in."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from defusedxml.ElementTree import fromstring
from docx.oxml.ns import qn

from documents.official.content import (
    Attachment,
    Attendance,
    Chart,
    Column,
    Format,
    Grid,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from documents.official.word.official_docx import official_docx
from tests.documents.official_word.samples import SAMPLES, bulletin, joint_report, letter, stamped_draft
from tests.documents.official_word.samples import seal as samples_seal

HOSTILE = (
    '</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/>{{7*7}}\x00\x0b\ud800\u202e<&]]>'
)


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(document: OfficialDocument) -> docx.document.Document:
    return docx.Document(io.BytesIO(official_docx(document)))


@pytest.fixture(scope="module")
def bulletin_parts() -> dict[str, bytes]:
    return parts_of(official_docx(bulletin(Grid.STRICT)))


def test_the_hyphens_of_a_record_number_end_no_line():
    said = "涉及的信访事项（编号：XF-AL01-2026-00272）。"
    file = opened(OfficialDocument(title="函", body=(Paragraph(said),)))
    (text,) = [p for p in file.paragraphs if "XF" in p.text]
    assert text.text == said
    assert len(text._p.findall(f".//{qn('w:noBreakHyphen')}")) == 3


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_document_gives_the_same_bytes(name):
    assert official_docx(SAMPLES[name]) == official_docx(SAMPLES[name])


def test_parts_bear_no_time_of_making(bulletin_parts):
    with zipfile.ZipFile(io.BytesIO(official_docx(bulletin(Grid.STRICT)))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in bulletin_parts if "theme" in name or "thumbnail" in name or "custom" in name]


def test_core_properties_are_the_documents_own():
    document = replace(bulletin(Grid.STRICT), keywords=("信访", "通报"))
    properties = opened(document).core_properties
    assert properties.title == "安岭县信访局关于2026年上半年全县信访事项办理情况的通报"
    assert properties.author == properties.last_modified_by == "安岭县信访局"
    assert properties.keywords == "信访,通报"
    assert properties.created == properties.modified == datetime(2026, 7, 31, tzinfo=UTC)


def test_long_titles_fit_the_property():
    assert len(opened(OfficialDocument("长" * 400, ())).core_properties.title) == 255


def test_no_part_names_a_theme_font(bulletin_parts):
    for name, content in bulletin_parts.items():
        assert b"Theme=" not in content, name


def test_faces_are_named_for_every_script(bulletin_parts):
    names = set()
    for content in bulletin_parts.values():
        if content.startswith(b"<?xml"):
            for fonts in fromstring(content).iter(qn("w:rFonts")):
                faces = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
                assert len(faces) == 1
                names |= faces
    assert names == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}


def test_editors_find_the_elements_as_styles():
    names = {style.name for style in opened(bulletin(Grid.STRICT)).styles}
    assert names >= {
        *("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "公文正文", "主送机关"),
        *(
            "发文机关标志",
            "发文字号",
            "附件说明",
            "发文机关署名",
            "成文日期",
            "附注",
            "版记",
            "份号",
            "紧急程度",
        ),
    }


def test_every_paragraph_has_one_of_these_styles():
    for document in SAMPLES.values():
        file = opened(document)
        known = {style.style_id for style in file.styles}
        used = {style.get(qn("w:val")) for style in file.element.body.iter(qn("w:pStyle"), qn("w:rStyle"))}
        assert used <= known


@pytest.mark.parametrize(("grid", "pitch"), [(Grid.STRICT, "592"), (Grid.WORD, "579")])
def test_lines_follow_the_grid(grid, pitch):
    file = opened(bulletin(grid))
    grids = list(file.element.body.iter(qn("w:docGrid")))
    assert len(grids) == 3
    assert {(line.get(qn("w:type")), line.get(qn("w:linePitch"))) for line in grids} == {("lines", pitch)}
    normal = file.styles["Normal"].element
    assert normal.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    for switch in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        assert normal.pPr.find(qn(f"w:{switch}")).get(qn("w:val")) == "0"


def test_odd_and_even_pages_have_their_footers():
    file = opened(bulletin(Grid.STRICT))
    assert file.settings.odd_and_even_pages_header_footer
    for section in file.sections:
        for footer in (section.footer, section.even_page_footer):
            codes = [code.text.strip() for code in footer._element.iter(qn("w:instrText"))]
            assert codes == ["PAGE"]


def test_turned_tables_have_sections_of_their_own():
    shapes = [
        (section.page_width > section.page_height) for section in opened(bulletin(Grid.STRICT)).sections
    ]
    assert shapes == [False, True, False]


def test_only_a_letters_and_a_notices_first_page_differ():
    assert opened(letter(Grid.STRICT)).sections[0].different_first_page_header_footer
    assert not opened(bulletin(Grid.STRICT)).sections[0].different_first_page_header_footer


def test_table_heads_are_marked_for_repetition():
    tables = [table for table in opened(bulletin(Grid.STRICT)).tables if len(table.columns) == 4]
    assert len(tables) == 2
    for table in tables:
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True, *[False] * (len(table.rows) - 1)]


def test_the_imprint_floats_at_the_foot():
    *_, imprint = opened(bulletin(Grid.STRICT)).tables
    place = imprint._tbl.tblPr[0]
    assert place.tag == qn("w:tblpPr")
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")


def test_pictures_say_what_they_show():
    file = opened(bulletin(Grid.STRICT))
    told = [drawing.get("descr") for drawing in file.element.body.iter(qn("wp:docPr"))]
    assert told == ["一月12批，二月30批，三月21批。", "安岭县信访局印章"]


def test_the_same_seal_picture_is_stored_once_and_behind_the_text():
    file = official_docx(joint_report(Grid.STRICT))
    assert len([name for name in parts_of(file) if "media" in name]) == 1
    anchors = list(docx.Document(io.BytesIO(file)).element.body.iter(qn("wp:anchor")))
    assert [anchor.get("behindDoc") for anchor in anchors] == ["1", "1", "1"]


def test_drawings_are_numbered_once_a_file():
    for document in SAMPLES.values():
        numbers = [
            drawing.get("id")
            for content in parts_of(official_docx(document)).values()
            if content.startswith(b"<?xml")
            for drawing in fromstring(content).iter(qn("wp:docPr"))
        ]
        assert len(numbers) == len(set(numbers))


def test_a_draft_has_neither_number_nor_seal():
    draft = replace(bulletin(Grid.STRICT), is_draft=True)
    file = official_docx(draft)
    text = parts_of(file)["word/document.xml"].decode()
    assert "安信发" not in text
    assert "印章" not in text
    assert "安岭县信访局" in text
    headers = [content.decode() for name, content in parts_of(file).items() if "word/header" in name]
    assert headers
    assert all("草稿" in header for header in headers)


def test_names_of_attachments_end_without_marks():
    text = "\n".join(paragraph.text for paragraph in opened(stamped_draft(Grid.STRICT)).paragraphs)
    assert "附件：1.\t第1份材料的名称" in text
    assert "那一种。" not in text


@pytest.mark.parametrize("kind", list(Format))
def test_texts_stay_texts(kind):
    table = Table((Column(HOSTILE), Column("乙")), ((HOSTILE, "1"),), caption=HOSTILE, note=HOSTILE)
    wide = replace(table, landscape=True)
    document = OfficialDocument(
        title=HOSTILE,
        body=(Heading(1, HOSTILE), Paragraph(HOSTILE, lead=HOSTILE), table, wide),
        format=kind,
        number=HOSTILE,
        signers=(HOSTILE,),
        addressees=HOSTILE,
        attendance=(Attendance(HOSTILE, HOSTILE),),
        attachments=(Attachment(HOSTILE, (table,)), Attachment(HOSTILE, (wide,))),
        name_stamp=(HOSTILE, HOSTILE),
        day=date(2026, 7, 31),
        note=HOSTILE,
        copies_to=HOSTILE,
        printed_by=HOSTILE,
        keywords=(HOSTILE,),
    )
    for name, content in parts_of(official_docx(document)).items():
        root = fromstring(content)  # every part is well formed
        assert not list(root.iter(qn("w:fldSimple"))), name
        codes = {code.text.strip() for code in root.iter(qn("w:instrText"))}
        assert codes <= {"PAGE"}, name
    shown = "".join(
        paragraph.text for paragraph in docx.Document(io.BytesIO(official_docx(document))).paragraphs
    )
    assert '</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/>{{7*7}}<&]]>' in shown


@pytest.mark.parametrize("seal", [b"GIF89a", b"\x89PNG\r\n\x1a\n", samples_seal()[:40]])
def test_a_seal_that_cannot_be_drawn_is_refused(seal):
    with pytest.raises(ValueError):
        official_docx(replace(bulletin(Grid.STRICT), signatures=(Signature("安岭县信访局", seal),)))


def test_a_chart_that_is_no_svg_is_refused():
    with pytest.raises(ValueError):
        official_docx(OfficialDocument("通报", (Chart(b"<html></html>", "图", "图"),)))


def test_an_almost_empty_document_is_a_file_too():
    assert opened(OfficialDocument("通知", ())).paragraphs[0].text == "通知"
