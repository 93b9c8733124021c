"""Files that nobody honest would attach, and honest ones of kinds that are not taken."""

import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image

from tests.attachments import docx, old_office, package, pdf, saved, xlsx
from tests.documents.hostile_pictures import chunk, moving, png_of
from tests.factories import seal_picture

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_root(**entries: Any) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            made.Root[f"/{name}"] = value

    return pdf(change=change)


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def deep_in_a_page(made: pikepdf.Pdf) -> None:
    """In an annotation's own dictionary, written directly into the page."""
    made.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=action("Launch", F=pikepdf.String("cmd.exe")))]
    )


def unreachable(made: pikepdf.Pdf) -> None:
    """No page leads to it; other readers may find it all the same."""
    made.Root.PieceInfo = pikepdf.Dictionary(
        X=made.make_indirect(action("JavaScript", JS=pikepdf.String("1")))
    )


def carrying(made: pikepdf.Pdf) -> None:
    made.attachments["病毒.exe"] = b"MZ"


def nested_arrays(depth: int) -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + b"[" * depth + b"]" * depth + b">>endobj\n"
    return body + b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def plain_zip(**files: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("_DOT_", "."), data)
    return output.getvalue()


def locked_zip(content: bytes) -> bytes:
    """Each part's flag says that it is encrypted."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def flipped(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[len(changed) // 3] ^= 0x55
    return bytes(changed)


def relations(kind: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_OFFICE}/{kind}" Target="http://evil.example/x" TargetMode="External"/>'
        "</Relationships>"
    )


MACRO_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
WHOLE_DOCX, WHOLE_PDF = docx(), pdf(3)

HOSTILE: dict[str, tuple[bytes, str]] = {
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg">\0<script>1</script></svg>', "这种文件不能上传"),
    "GIF": (saved("GIF"), "GIF 图片请"),
    "BMP": (saved("BMP"), "BMP 图片请"),
    "TIFF": (saved("TIFF"), "TIFF 图片请"),
    "WebP": (saved("WEBP"), "WebP 图片请"),
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "HEIC 照片"),
    "film": (b"\0\0\0\x18ftypisom" + b"\0" * 100, "录像、录音不能上传"),
    "program": (b"MZ\x90\0" + b"\0" * 100, "程序文件不能上传"),
    "program of Linux": (b"\x7fELF" + b"\0" * 100, "程序文件不能上传"),
    "RAR": (b"Rar!\x1a\x07\x01\0", "压缩包不能上传"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "压缩包不能上传"),
    "gzip": (b"\x1f\x8b\x08\0", "压缩包不能上传"),
    "RTF": (b"{\\rtf1 {\\object\\objdata 00}}", "RTF 文件请"),
    "bytes of nothing": (bytes(range(256)) * 4, "这种文件不能上传"),
    "text with a control sign": (b"abc\x1b[31m", "不是可读的文本文件"),
    "broken text": (b"\xff\xfe\x00", "不是可读的文本文件"),
    "zip": (plain_zip(a_DOT_txt=b"1"), "这是压缩包或不认识的文件"),
    "OFD": (plain_zip(OFD_DOT_xml=b"<x/>"), "OFD、PPT 等请另存为 PDF"),
    "zip cut off": (WHOLE_DOCX[:-300], "不完整或已损坏"),
    "zip with a changed part": (flipped(WHOLE_DOCX), "已损坏"),
    "Word with macros": (package(WHOLE_DOCX, word__vbaProject_DOT_bin=b"x"), "含有宏"),
    "Word that calls itself one with macros": (
        package(WHOLE_DOCX, **{"[Content_Types].xml": MACRO_TYPES}),
        "含有宏",
    ),
    "Excel with old macros": (package(xlsx(), xl__macrosheets__sheet1_DOT_xml="<x/>"), "含有宏"),
    "Word with a control": (package(WHOLE_DOCX, word__activeX__activeX1_DOT_xml="<x/>"), "控件"),
    "Word with a packed object": (package(WHOLE_DOCX, word__embeddings__oleObject1_DOT_bin=b"x"), "夹带"),
    "Word with a template from outside": (
        package(WHOLE_DOCX, word___rels__settings_DOT_xml_DOT_rels=relations("attachedTemplate")),
        "从外面取模板或图片",
    ),
    "Word with a picture from outside": (
        package(WHOLE_DOCX, word___rels__document_DOT_xml_DOT_rels=relations("image")),
        "从外面取模板或图片",
    ),
    "Word with entities": (
        package(WHOLE_DOCX, word__document_DOT_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        "不允许的声明",
    ),
    "Word in UTF-16": (package(WHOLE_DOCX, word__document_DOT_xml="<x/>".encode("utf-16")), "编码异常"),
    "Word with a password on its parts": (locked_zip(WHOLE_DOCX), "设有密码"),
    "Word and Excel at once": (package(WHOLE_DOCX, xl__workbook_DOT_xml="<x/>"), "不认识的文件"),
    "Word that climbs": (package(WHOLE_DOCX, **{"../evil.txt": "x"}), "结构异常"),
    "bomb of blanks": (package(WHOLE_DOCX, word__more_DOT_xml=b" " * 8_000_000), "压缩方式异常"),
    "bomb of parts": (
        plain_zip(
            **{f"p{n}": b"" for n in range(3_001)},
            **{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"},
        ),
        "展开后过大",
    ),
    "old Word with macros": (old_office("WordDocument", "Macros", "_VBA_PROJECT"), "含有宏"),
    "old Excel with macros": (old_office("Workbook", "_VBA_PROJECT_CUR"), "含有宏"),
    "old Word with a packed program": (old_office("WordDocument", "\x01Ole10Native"), "夹带"),
    "new Word with a password": (old_office("EncryptionInfo", "EncryptedPackage"), "打开密码"),
    "installer": (old_office("Property", "File"), "不是 Word 或 Excel 文件"),
    "PDF with a script": (
        with_root(OpenAction=action("JavaScript", JS=pikepdf.String("app.alert(1)"))),
        "脚本或会自动执行",
    ),
    "PDF with named scripts": (
        with_root(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array()))),
        "脚本",
    ),
    "PDF that starts a program": (pdf(change=deep_in_a_page), "脚本或会自动执行"),
    "PDF with a script out of reach": (pdf(change=unreachable), "脚本或会自动执行"),
    "PDF with a script in code": (
        with_root(OpenAction=action("JavaScript", JS=pikepdf.String("1"))).replace(
            b"/JavaScript", b"/Java#53cript"
        ),
        "脚本或会自动执行",
    ),
    "PDF with a form that sends itself": (with_root(OpenAction=action("SubmitForm")), "脚本或会自动执行"),
    "PDF with a moving form": (
        with_root(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("<x/>"))),
        "脚本或会自动执行",
    ),
    "PDF with a file inside": (pdf(change=carrying), "夹带了别的文件"),
    "PDF with a password": (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "打开密码"),
    "PDF that forbids printing": (pdf(encryption=pikepdf.Encryption(owner="o", user="")), "密码或权限限制"),
    "PDF without pages": (pdf(0), "没有页"),
    "PDF of nothing": (b"%PDF-1.7\n", "PDF 不完整或已损坏"),
    "PDF of deep arrays": (nested_arrays(400), "PDF"),
    "PDF of too many pages": (pdf(1_001), "1001 页，最多 1000 页"),
    "truncated JPEG": (saved("JPEG")[:400], "不完整或已损坏"),
    "truncated PNG": (saved("PNG")[:-40], "不完整或已损坏"),
    "PNG with too few rows": (png_of(600, 600), "不完整或已损坏"),
    "moving PNG": (moving(), "会动的图片"),
    "bomb of many points": (png_of(60_000, 60_000), "太大了"),
    "bomb of one long row": (png_of(1_000_000, 1), "太大了"),
    "bomb of eighty million points": (png_of(10_000, 8_000), "太大了"),
    "points of 16 bits": (saved("PNG", Image.new("I;16", (500, 500))), "颜色格式不常见"),
    "PNG that begins with another chunk": (
        b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"a\0b") + seal_picture()[8:200],
        "不完整或已损坏",
    ),
}
"""What it is → its bytes, and a part of the sentence that refuses it."""
