"""The pages of a bulletin, from the JSON that was frozen at issue, or from a draft's in the same form."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from documents.bulletin import body_and_attachments
from documents.official.content import Format, Grid, OfficialDocument, Signature, Urgency
from documents.official.pdf import official_pdf
from documents.official.word.official_docx import official_docx
from indicators.written_json import from_json

PDF, DOCX = "pdf", "docx"
_WRITERS = {PDF: official_pdf, DOCX: official_docx}


def bulletin_file(form: str, content: str, seal: bytes | None) -> bytes:
    """PDF or Word file: for the same content and seal always the same bytes.

    A Word file can be edited, so it never carries a seal: its picture leaves the site on a finished page only.
    """
    document = bulletin_document(content, seal)
    if form == DOCX:
        unsealed = tuple(Signature(signature.organ) for signature in document.signatures)
        document = replace(document, signatures=unsealed)
    return _WRITERS[form](document)


def bulletin_document(content: str, seal: bytes | None) -> OfficialDocument:
    """`content` is the JSON of `models.bulletin.BulletinIssue`, without a number for a draft; `seal` a PNG.

    Raises ValueError where the content names a seal and none is given.
    """
    read = json.loads(content)
    facts = read["document"]
    body, attachments = body_and_attachments(from_json(json.dumps(read["written"])))
    if facts["seal"] and seal is None:
        raise ValueError("the content was sealed, and no seal is given")
    day = date.fromisoformat(facts["day"]) if facts["day"] else None
    return OfficialDocument(
        title=facts["title"],
        body=body,
        attachments=attachments,
        organs=tuple(facts["organs"]),
        mark_suffix="文件" if facts["format"] == Format.DOCUMENT else "",
        format=Format(facts["format"]),
        number=facts["number"] or "",
        urgency=Urgency(facts["urgency"]),
        addressees=_with_colon(facts["addressees"]),
        signatures=(_signature(facts, seal),),
        day=day,
        note=_without_brackets(facts["note"]),
        copies_to=_with_stop(facts["copies_to"]),
        printed_by=facts["printed_by"] if facts["format"] == Format.DOCUMENT else "",
        printed_on=day if facts["format"] == Format.DOCUMENT else None,
        grid=Grid(facts["grid"]),
        is_draft=facts["number"] is None,
    )


def _signature(facts: dict[str, Any], seal: bytes | None) -> Signature:
    if facts["seal"]:
        return Signature(facts["signature"], seal, float(facts["seal"]["width_mm"]))
    return Signature(facts["signature"])


def _with_colon(addressees: str) -> str:
    """主送机关 end with a full-width colon (7.3.2), which authors leave out as often as not."""
    plain = addressees.rstrip("：:").rstrip()
    return f"{plain}：" if plain else ""


def _with_stop(copies: str) -> str:
    """抄送机关 end with a full stop (7.4.2)."""
    plain = copies.rstrip("。. 　")
    return f"{plain}。" if plain else ""


def _without_brackets(note: str) -> str:
    """The page puts 附注 into round brackets itself (7.3.6), which authors type as often as not."""
    return note.strip().strip("（）()").strip()
