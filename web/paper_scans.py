"""Scans of pages of the blank register: each goes to the page that its QR code names, and waits there. Visits typed in
from the page, and petitions made of them, show it from then on; nothing is copied.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_wtf.file import FileRequired, MultipleFileField
from sqlalchemy.orm import Session

from actions.attachments import NewAttachment, attach, attach_all
from documents.attached.intake import TakenIn
from extensions import db
from models.attachment import Attachment
from models.office import PaperPage
from queries.attachments import attached_already, attachments_of
from queries.paper_pages import may_read_scans, page_numbered
from rules.attachment_rules import FIELD, kind_of_media_type
from rules.errors import NotVisible, RuleViolation, RuleViolations
from rules.roles import Permission
from web import clock
from web.attachment_files import content_of, store, thumbnail_of
from web.attachment_pages import (
    AttachedTo,
    AttachmentPanel,
    attachment_limits,
    attachment_panel,
    drop_files,
    examined,
)
from web.form_fields import OnceForm
from web.session import actor
from web.unit_of_work import writing

SUBJECT = "paper_page"


class ScansForm(OnceForm):
    file = MultipleFileField("扫描件", validators=[FileRequired("请选择要上传的扫描件。")])


@dataclass(frozen=True)
class PageScans:
    """The scans of one page, as a record that came from it shows them."""

    number: str
    page_id: int
    panel: AttachmentPanel


def attached_to_page(page: PaperPage) -> AttachedTo:
    return AttachedTo(SUBJECT, page.id, "reception", "page_id")


def scans_beside(numbers: Iterable[str | None]) -> list[PageScans]:
    """Of the pages that records came from; those that this actor may not see whole are left out."""
    session = db.session()
    if not actor().may(Permission.RECEPTION_WRITE):
        return []
    pages = (page_numbered(session, actor(), number) for number in dict.fromkeys(numbers) if number)
    found = [
        PageScans(
            page.number, page.id, attachment_panel(attached_to_page(page), may_add=False, may_void=False)
        )
        for page in pages
        if page is not None and may_read_scans(session, actor(), page)
    ]
    return [scans for scans in found if scans.panel.lines]


def take_scans(form: ScansForm) -> dict[str, int]:
    """All files of the form or none, each below its own page: page number → files. Raises RuleViolation(s) on `file`;
    then nothing is left of any file."""
    limits = attachment_limits()
    sent = [file for file in form.file.data if file]
    if len(sent) > limits.files:
        raise RuleViolation(f"一次最多上传 {limits.files} 个文件。", FIELD)
    db.session.rollback()  # nothing stays open while files are examined
    new = examined(sent, limits, "")
    taken: dict[str, int] = {}
    kept: set[str] = set()
    try:
        with writing() as session:
            for page, files in _by_page(session, new):
                rows = attach_all(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    subject_type=SUBJECT,
                    subject_id=page.id,
                    files=files,
                    limits=limits,
                    submission_key=f"{form.submission_key.data}|{page.id}",
                )
                kept |= {row.uid for row in rows}
                taken[page.number] = len(files)
    except (RuleViolation, RuleViolations, NotVisible):
        drop_files(new)
        raise  # after any other failure the rows may be there: the nightly sweep looks
    drop_files([file for file in new if file.uid not in kept])
    return taken


def keep_below_pages(to: AttachedTo) -> list[str]:
    """Scans of paper pages that were uploaded to another record are kept below their own pages as well, each once: the
    numbers of those pages. Whatever page has no room, or is not this actor's to use, goes without."""
    session = db.session()
    if not actor().may(Permission.RECEPTION_WRITE):
        return []
    wanted: list[tuple[int, str, Attachment]] = []
    for row in attachments_of(session, to.subject_type, to.subject_id):
        page = page_numbered(session, actor(), row.paper_page) if row.paper_page else None
        if page is not None and attached_already(session, SUBJECT, page.id, row.sent_digest) is None:
            wanted.append((page.id, page.number, row))
    copies = [(page_id, number, _copy_of(row)) for page_id, number, row in wanted]
    return [number for page_id, number, copy in copies if _kept(page_id, copy)]


def _kept(page_id: int, copy: NewAttachment) -> bool:
    try:
        with writing() as session:
            row = attach(
                session,
                actor=actor(),
                now=clock.now(),
                subject_type=SUBJECT,
                subject_id=page_id,
                stored=copy,
                limits=attachment_limits(),
            )
            is_new = row.uid == copy.uid
    except RuleViolation:
        is_new = False
    if not is_new:
        drop_files([copy])
    return is_new


def _copy_of(row: Attachment) -> NewAttachment:
    """Encrypted anew, with a key of its own. Raises FileDamaged."""
    thumbnail = thumbnail_of(row) if row.has_thumbnail else None
    stored = store(TakenIn(kind_of_media_type(row.media_type), content_of(row), thumbnail=thumbnail))
    same = ("sent_digest", "file_name", "media_type", "pages", "width", "height", "paper_page", "note")
    return NewAttachment(**vars(stored), **{name: getattr(row, name) for name in same})


def refuse_other_pages(page: PaperPage, files: Iterable[NewAttachment]) -> None:
    """On a page's own screen a scan may lack a code, but must not bear another page's. Raises RuleViolations."""
    others = [file for file in files if file.paper_page not in (None, page.number)]
    if others:
        raise RuleViolations([_refused(f, f"是 {f.paper_page} 页的扫描件，不是这一页的。") for f in others])


def _by_page(session: Session, files: list[NewAttachment]) -> list[tuple[PaperPage, list[NewAttachment]]]:
    """Raises RuleViolations naming every file that belongs to no page."""
    pages: dict[str, tuple[PaperPage, list[NewAttachment]]] = {}
    problems: list[RuleViolation] = []
    for file in files:
        page = page_numbered(session, actor(), file.paper_page) if file.paper_page else None
        if page is not None:
            pages.setdefault(page.number, (page, []))[1].append(file)
        elif file.paper_page:
            problems.append(_refused(file, f"没有编号为 {file.paper_page} 的登记簿页，或不归您单位使用。"))
        else:
            problems.append(_refused(file, "没有认出页眉上的二维码。请重新扫描，或打开那一页再上传。"))
    if problems:
        raise RuleViolations(problems)
    return list(pages.values())


def _refused(file: NewAttachment, words: str) -> RuleViolation:
    return RuleViolation(f"“{file.file_name}”：{words}", FIELD)
