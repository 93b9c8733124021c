"""Files that people attach, made from bytes, and how one gets below a record."""

import hashlib
import io
import zipfile
from datetime import datetime
from typing import Any

import pikepdf
from docx import Document
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from actions.attachments import NewAttachment, attach
from documents.attached.intake import TakenIn
from models.attachment import Attachment
from rules.attachment_rules import TEXT, AttachmentLimits
from rules.roles import Actor
from tests.people import NOW
from web.attachment_files import store

LIMITS = AttachmentLimits(file_bytes=20 * 1024 * 1024, files=30, record_bytes=200 * 1024 * 1024)
LETTER = "柳溪镇上河村周大山：村道坑洼，请求修补。".encode()
GPS_MARK = b"KEEPOUT-3407-11309"


def picture(width: int = 400, height: int = 300) -> Image.Image:
    """White with a red bar along its left side, so that its position shows how it was turned."""
    made = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).rectangle((0, 0, width // 8, height), fill=(200, 0, 0))
    return made


def saved(form: str, image: Image.Image | None = None, **options: Any) -> bytes:
    output = io.BytesIO()
    (image or picture()).save(output, format=form, **options)
    return output.getvalue()


def telephone_photo() -> bytes:
    """Taken on its side, with where it was taken, by which telephone, and a thumbnail of its own behind it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "HUAWEI"
    exif[0x9286] = GPS_MARK
    exif.get_ifd(0x8825)[2] = (34.0, 7.0, 12.0)
    exif.get_ifd(0x8825)[29] = GPS_MARK.decode()
    return saved("JPEG", exif=exif, quality=95, comment=GPS_MARK) + b"moving copy " + GPS_MARK


def pdf(pages: int = 1, change: Any = None, **saving: Any) -> bytes:
    """Blank A4 pages; `change(pdf)` puts in what the test is about."""
    output = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change is not None:
            change(made)
        made.save(output, **saving)
    return output.getvalue()


def docx() -> bytes:
    made, output = Document(), io.BytesIO()
    made.add_heading("情况说明", 1)
    made.add_paragraph("<b>周大山</b>反映村道坑洼。")
    table = made.add_table(rows=2, cols=2)
    for number, text in enumerate(("姓名", "村", "周大山", "上河村")):
        table.cell(number // 2, number % 2).text = text
    made.add_paragraph("以上属实。")
    made.save(output)
    return output.getvalue()


def xlsx(rows: int = 2) -> bytes:
    output = io.BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "户数"])
        for number in range(1, rows):
            sheet.write_row(number, 0, [f"第{number}户", number])
        book.add_worksheet("藏起来的").hide()
    return output.getvalue()


def package(content: bytes, **parts: str | bytes) -> bytes:
    """An Office file with parts added or replaced: __ for /, _DOT_ for a point."""
    output = io.BytesIO()
    named = {name.replace("__", "/").replace("_DOT_", "."): data for name, data in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in named:
                new.writestr(part, old.read(part))
        for part, data in named.items():
            new.writestr(part, data)
    return output.getvalue()


def old_office(*names: str) -> bytes:
    """The header of an OLE container and a directory with these entries."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))


def new_file(content: bytes = LETTER, **values: Any) -> NewAttachment:
    """A text that was examined and written; needs an application context."""
    stored = store(TakenIn(TEXT, content))
    sent = hashlib.sha256(content).hexdigest()
    given = {"sent_digest": sent, "file_name": "来信.txt", "media_type": TEXT.media_type} | values
    return NewAttachment(**vars(stored), **given)


def attached(
    session: Session, actor: Actor, visit_id: int, stored: NewAttachment, now: datetime = NOW, **options: Any
) -> Attachment:
    given = {"subject_type": "visit", "subject_id": visit_id, "limits": LIMITS} | options
    return attach(session, actor=actor, now=now, stored=stored, **given)
