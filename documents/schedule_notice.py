"""The public notice of leaders' reception days for the wall, as PDF or Word file; a draft until it is issued."""

from dataclasses import dataclass
from datetime import date

from documents.bulletin import body_of
from documents.official.content import Format, Grid, OfficialDocument, Signature
from documents.official.pdf import official_pdf
from documents.official.word.official_docx import official_docx
from indicators.written_json import from_json

WRITERS = {"pdf": official_pdf, "docx": official_docx}


@dataclass(frozen=True)
class ScheduleNotice:
    """`written` is the JSON of `indicators.written_json`; `grid` is that of the office's own documents."""

    title: str
    written: str
    organ: str
    day: date
    grid: str = Grid.STRICT.value


def schedule_notice_file(form: str, notice: ScheduleNotice) -> bytes:
    """`form` is a key of WRITERS. The number and the seal come with the issue, so here it is marked 草稿."""
    return WRITERS[form](schedule_notice_document(notice))


def schedule_notice_document(notice: ScheduleNotice) -> OfficialDocument:
    return OfficialDocument(
        title=notice.title,
        body=body_of(from_json(notice.written)),
        format=Format.NOTICE,
        mark_suffix="",
        signatures=(Signature(notice.organ),),
        day=notice.day,
        grid=Grid(notice.grid),
        is_draft=True,
    )
