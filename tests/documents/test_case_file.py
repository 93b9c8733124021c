"""The case file: contents, bookmarks, sheets of A4 and their numbers, and only what is seen of each paper."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from documents.case_file import CaseFile, CaseFileRefused, CasePart, case_file_pdf
from documents.html_to_pdf import pdf_from_html
from tests.documents.pdf_reading import pages_of, sizes_of


def paper(words: str, pages: int = 1) -> bytes:
    return pdf_from_html("".join(f'<p style="break-after:page">{words}{n}</p>' for n in range(1, pages + 1)))


def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (0, 90, 200)).save(file, kind)
    return file.getvalue()


@cache
def papers() -> tuple[CasePart, ...]:
    return (
        CasePart("信访材料（来信）", paper("甲", 2), "2026年7月1日"),
        CasePart("现场照片", photo(1600, 900)),
        CasePart("信访处理意见书", paper("丙", 3), "云农信〔2026〕12号"),
        CasePart("身份证明复印件", photo(900, 1600, "PNG")),
    )


CASE = CaseFile(
    title="反映柳溪镇柳树沟村土地流转费未付的问题",
    number="XF-AL-2026-00017",
    unit="云江县信访局",
    made_on=date(2026, 11, 28),
    parts=(),
)


@cache
def case_pdf() -> bytes:
    return case_file_pdf(replace(CASE, parts=papers()))


def test_contents_name_each_paper_and_its_sheets():
    first = pages_of(case_pdf())[0]
    for words in (
        "案卷目录",
        "XF-AL-2026-00017",
        "2026年11月28日",
        "1信访材料（来信）2026年7月1日2—3",
        "2现场照片4",
        "3信访处理意见书云农信〔2026〕12号5—7",
        "4身份证明复印件8",
    ):
        assert words in first


def test_papers_follow_in_their_order_and_every_sheet_is_numbered():
    texts = pages_of(case_pdf())
    assert len(texts) == 8
    assert [text for text in texts if "甲" in text][1].startswith("甲2")
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页" in text


def test_a_bookmark_leads_to_the_contents_and_to_each_paper():
    document = pypdfium2.PdfDocument(case_pdf())
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert marks == [
        ("目录", 0),
        ("信访材料（来信）", 1),
        ("现场照片", 3),
        ("信访处理意见书", 4),
        ("身份证明复印件", 7),
    ]


def test_sheets_are_a4_and_a_wide_photo_lies():
    assert sizes_of(case_pdf()) == {(210, 297), (297, 210)}
    document = pypdfium2.PdfDocument(case_pdf())
    assert [page.get_width() > page.get_height() for page in document].index(True) == 3
    document.close()


def test_a_photo_stands_in_the_middle_within_its_margins():
    document = pypdfium2.PdfDocument(case_pdf())
    page = document[3].render(scale=1).to_pil().convert("RGB")
    document.close()
    width, height = page.size
    blue = page.split()[2].point(lambda value: 255 * (value < 230))
    left, top, right, bottom = blue.crop((0, 40, width, height)).getbbox()
    assert left + right == pytest.approx(width, abs=3)
    assert top + bottom + 80 == pytest.approx(height, abs=3)
    assert left >= 40


def test_a_photo_taken_sideways_is_turned_as_its_camera_says():
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (1600, 900), (0, 90, 200)).save(file, "JPEG", exif=exif)
    pdf = case_file_pdf(replace(CASE, parts=(CasePart("照片", file.getvalue()),)))
    assert sizes_of(pdf) == {(210, 297)}


def changed(pdf: bytes, **page_values: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as source:
        for name, value in page_values.items():
            source.pages[0].obj[f"/{name}"] = value
        source.save(file)
    return file.getvalue()


def test_a_turned_page_lies_and_a_letter_sized_page_becomes_a4():
    turned = CasePart("表", changed(paper("甲"), Rotate=90))
    other = CasePart("外地来函", changed(paper("乙"), MediaBox=pikepdf.Array([0, 0, 612, 792])))
    pdf = case_file_pdf(replace(CASE, parts=(turned, other)))
    document = pypdfium2.PdfDocument(pdf)
    assert [tuple(round(side) for side in page.get_size()) for page in document] == [
        (595, 842),
        (842, 595),
        (595, 842),
    ]
    document.close()
    assert pages_of(pdf)[2].startswith("乙1")


def test_scripts_and_attachments_of_a_paper_stay_outside():
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("甲"))) as source:
        source.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        source.attachments["hidden.exe"] = b"MZ"
        source.pages[0].obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])]
        )
        source.save(file)
    pdf = case_file_pdf(replace(CASE, parts=(CasePart("来件", file.getvalue()),)))
    with pikepdf.open(io.BytesIO(pdf)) as made:
        assert "/OpenAction" not in made.Root
        assert "/Names" not in made.Root
        assert all("/Annots" not in page.obj for page in made.pages)
    assert b"JavaScript" not in pdf and b"hidden" not in pdf


def encrypted() -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("甲"))) as source:
        source.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04", photo(40, 40)[:300], encrypted()]
)
def test_what_cannot_be_read_is_refused_by_its_name(content):
    with pytest.raises(CaseFileRefused, match="“证据三”打不开"):
        case_file_pdf(replace(CASE, parts=(*papers(), CasePart("证据三", content))))


def test_an_empty_or_endless_case_is_refused(monkeypatch):
    with pytest.raises(CaseFileRefused, match="还没有材料"):
        case_file_pdf(CASE)
    monkeypatch.setattr("documents.case_file.MOST_SHEETS", 6)
    with pytest.raises(CaseFileRefused, match="案卷最多 6 页，现有 7 页"):
        case_file_pdf(replace(CASE, parts=papers()))


def test_long_contents_go_on_and_count_themselves():
    one = paper("甲")
    parts = tuple(CasePart(f"材料之{n}", one) for n in range(1, 41))
    pdf = case_file_pdf(replace(CASE, parts=parts))
    texts = pages_of(pdf)
    assert len(texts) == 42
    assert "材料之1" in texts[0] and "40材料之4042" in texts[1]
    assert sum("序号" in text for text in texts) == 2


def test_faces_are_embedded_once_and_the_bytes_stay_the_same():
    alone = case_file_pdf(replace(CASE, parts=(CasePart("甲", paper("甲")),)))
    many = case_file_pdf(replace(CASE, parts=(CasePart("甲", paper("甲")),) * 6))
    assert len(many) < 1.5 * len(alone)
    assert case_file_pdf(replace(CASE, parts=papers())) == case_pdf()
