"""Attachments below the page of a record: what their routes call. No route stands here; `web.attachment_doors` opens all
six of a record, and a petition, which asks more of them, its own.

A page shows `attachment_panel(to, …)` with the macro of `components/attachments.html`.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Response, current_app, render_template, url_for
from flask_wtf.file import FileRequired, MultipleFileField
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, StringField

from actions.attachments import (
    NewAttachment,
    attach,
    attach_all,
    may_void_attachment,
    note_look,
    void_attachment,
)
from documents.attached.intake import take_in
from documents.attached.preview import NO_PREVIEW, PAGES_SHOWN, preview_picture, preview_words
from documents.quarantine import FileRefused
from extensions import db
from models.attachment import Attachment
from queries.attachments import attachments_of, load_attachment
from queries.register_filter import number_of
from rules.attachment_rules import (
    ACCEPT,
    ACCEPTED,
    FIELD,
    MEBIBYTE,
    PDF,
    SHOWN_AS_PICTURE,
    SHOWN_AS_TEXT,
    AttachmentKind,
    AttachmentLimits,
    clean_file_name,
    kind_of_media_type,
    paper_page_in,
    require_extension,
    require_size,
)
from rules.errors import NotVisible, RuleViolation, RuleViolations
from web import clock
from web.attachment_files import content_of, drop, store, thumbnail_of
from web.form_fields import Form, OnceForm, ReasonForm, Refused, with_ids, within
from web.kept_files import FileDamaged
from web.pages import file_answer
from web.session import actor
from web.unit_of_work import writing

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
DAMAGED = "这件附件的原件已损坏或缺失，请联系系统管理员从备份中恢复。"

Check = Callable[[Session], object]
Look = Callable[[list[NewAttachment]], object]


def nothing_more(_session: Session) -> None:
    """The record was loaded in scope; nothing else is asked of it."""


class Sight(StrEnum):
    """How much of the attachments a page shows."""

    PLAIN = "plain"
    LISTED = "listed"
    """Their names, without any look inside; each original for a reason of its own."""
    SHUT = "shut"
    """That there may be some, and the form to add one."""


@dataclass(frozen=True)
class AttachedTo:
    """The record whose attachments are served, already loaded in scope: its table, id, blueprint, and what its id is
    called in addresses."""

    subject_type: str
    subject_id: int
    area: str
    argument: str

    def address(self, endpoint: str, **more: Any) -> str:
        return url_for(f"{self.area}.{endpoint}", **{self.argument: self.subject_id}, **more)


class UploadForm(OnceForm):
    file = MultipleFileField("文件", validators=[FileRequired("请选择要上传的文件。")])
    note = StringField("说明", validators=[within(200)])
    added: int | None = None
    """How many files are attached now; None when nothing was."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            field.id = f"attachment-{field.name}"


class VoidAttachmentForm(ReasonForm):
    """One for each attachment of the page."""

    version = HiddenField()
    done = False

    def __init__(self, attachment_id: int, **options: Any) -> None:
        super().__init__(**options)
        self.attachment_id = attachment_id
        for field in self:
            field.id = f"attachment-{attachment_id}-{field.name}"


@dataclass(frozen=True)
class AttachmentLine:
    """One attachment as it is shown; addresses are empty where there is nothing to show."""

    row: Attachment
    kind: AttachmentKind
    facts: str
    thumbnail: str
    pictures: tuple[str, ...]
    words: str
    original: str
    original_form: Form | None
    """Where a reason is asked for before an original is given out."""
    void_address: str
    void_form: VoidAttachmentForm | None
    more_pages: bool


@dataclass(frozen=True)
class AttachmentPanel:
    """What the macro needs. `upload_form` is None for who may not add; `notice` says what was refused, or why nothing is
    listed."""

    sight: Sight
    notice: str
    lines: tuple[AttachmentLine, ...]
    void_rows: tuple[Attachment, ...]
    upload_form: UploadForm | None
    upload_address: str
    accept: str
    hint: str
    no_preview: str = NO_PREVIEW


def attachment_panel(
    to: AttachedTo,
    *,
    may_add: bool,
    may_void: bool,
    sight: Sight = Sight.PLAIN,
    notice: str = "",
    upload_form: UploadForm | None = None,
    void_form: VoidAttachmentForm | None = None,
) -> AttachmentPanel:
    """One statement, none where they are shut. The forms are those that were refused, so that they are shown again with
    their messages."""
    shut = sight is Sight.SHUT
    rows = [] if shut else attachments_of(db.session(), to.subject_type, to.subject_id, with_void=True)
    lines = tuple(_line(to, row, may_void, void_form, sight) for row in rows if not row.is_void)
    return AttachmentPanel(
        sight,
        "".join((*_unshown(void_form, lines), notice)),
        lines,
        tuple(row for row in rows if row.is_void),
        (upload_form or UploadForm(formdata=None)) if may_add else None,
        to.address("upload_attachments") if may_add else "",
        ACCEPT,
        _hint(attachment_limits()),
    )


def messages_of(form: Form) -> list[str]:
    """All that was said against a form."""
    at_fields = [message for messages in form.errors.values() for message in messages]
    return list(dict.fromkeys([*at_fields, *form.form_errors]))


def _unshown(refused: VoidAttachmentForm | None, lines: tuple[AttachmentLine, ...]) -> list[str]:
    """Of a form that this page has no place for."""
    if refused is None or any(line.void_form is refused for line in lines):
        return []
    return messages_of(refused)


def no_look(_files: list[NewAttachment]) -> None:
    """Whatever was examined is welcome."""


def take_uploads(
    to: AttachedTo, check: Check = nothing_more, after: Check = nothing_more, look: Look = no_look
) -> UploadForm:
    """All files of the form or none: `added` tells. `check(session)` runs inside the unit of work, where the record may
    have changed since: it raises RuleViolation or NotVisible; `after(session)` runs there once the rows are in; `look(files)` sees
    what was read from the files before. On None show the page again with 422 and the form."""
    form = UploadForm()
    if form.validate_on_submit():
        with suppress(Refused), form.refusals():
            form.added = _attached(to, form, check, after, look)
    return form


def attach_one(
    to: AttachedTo,
    file: FileStorage,
    *,
    note: str,
    check: Check = nothing_more,
    after: Check = nothing_more,
) -> int:
    """The id of the attachment that one file of another form became; the same file again is the one it was. Raises
    RuleViolation or RuleViolations on `file`, NotVisible."""
    limits = attachment_limits()
    db.session.rollback()  # nothing stays open while the file is examined
    (new,) = examined([file], limits, note)
    try:
        with writing() as session:
            check(session)
            row = attach(
                session,
                actor=actor(),
                now=clock.now(),
                subject_type=to.subject_type,
                subject_id=to.subject_id,
                stored=new,
                limits=limits,
            )
            after(session)
            found, kept = row.id, row.uid == new.uid
    except (RuleViolation, RuleViolations, NotVisible):
        drop_files([new])
        raise
    if not kept:
        drop_files([new])
    return found


def take_void(
    to: AttachedTo, attachment_id: int, check: Check = nothing_more, after: Check = nothing_more
) -> VoidAttachmentForm:
    """`done` tells; `check` and `after` as for uploads. Raises NotVisible."""
    form = VoidAttachmentForm(attachment_id)
    if form.validate_on_submit():
        with suppress(Refused), form.refusals(), writing() as session:
            check(session)
            void_attachment(
                session,
                actor=actor(),
                now=clock.now(),
                subject_type=to.subject_type,
                subject_id=to.subject_id,
                attachment_id=attachment_id,
                version=number_of(str(form.version.data or "")) or 0,
                reason=form.reason.data,
            )
            after(session)
        form.done = not form.errors and not form.form_errors
    return form


def thumbnail_answer(to: AttachedTo, attachment_id: int) -> Response:
    """A small JPEG. Raises NotVisible, also where there is none."""
    try:
        return Response(thumbnail_of(_loaded(to, attachment_id)), mimetype="image/jpeg")
    except FileDamaged as damage:
        raise NotVisible("thumbnail") from damage


def page_answer(to: AttachedTo, attachment_id: int, page: int = 1) -> Response:
    """A picture, or one page of a PDF, drawn anew. Raises NotVisible where no page can be, RuleViolation."""
    if not 1 <= page <= PAGES_SHOWN:
        raise NotVisible("page")
    content, kind = _content(to, attachment_id)
    try:
        picture, media_type = preview_picture(content, kind, page)
    except FileRefused as refused:
        raise RuleViolation(refused.message) from refused
    return Response(picture, mimetype=media_type)


def words_answer(to: AttachedTo, attachment_id: int) -> str:
    """A page with the words of a Word, Excel or text file; htmx takes its region only. Raises NotVisible, RuleViolation."""
    row = _loaded(to, attachment_id)
    name, original = row.file_name, to.address("download_attachment", attachment_id=attachment_id)
    content, kind = _content(to, attachment_id)
    try:
        words = preview_words(content, kind)
    except FileRefused as refused:
        raise RuleViolation(refused.message) from refused
    return render_template("attachments/words.html", name=name, words=words, original=original)


def original_answer(to: AttachedTo, attachment_id: int, reason: str = "") -> Response:
    """The file as it is kept, for saving only: no browser opens it here. Logged first. Raises NotVisible, RuleViolation."""
    content, kind = _content(to, attachment_id)
    with writing() as session:
        row = load_attachment(session, to.subject_type, to.subject_id, attachment_id)
        note_look(session, actor=actor(), now=clock.now(), attachment=row, reason=reason)
        name = row.file_name
    answer = file_answer(content, name, kind.media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def attachment_limits() -> AttachmentLimits:
    """The site's own, from its settings."""
    settings = current_app.config
    return AttachmentLimits(
        int(settings["ATTACHMENT_MEGABYTES"]) * MEBIBYTE,
        int(settings["ATTACHMENT_FILES"]),
        int(settings["ATTACHMENT_RECORD_MEGABYTES"]) * MEBIBYTE,
    )


def size_in_words(size: int) -> str:
    return f"{size / MEBIBYTE:.1f} MB" if size >= MEBIBYTE else f"{max(1, round(size / 1024))} KB"


def _attached(to: AttachedTo, form: UploadForm, check: Check, after: Check, look: Look) -> int:
    """Raises RuleViolation or RuleViolations on `file`; then nothing is left of any file."""
    limits = attachment_limits()
    sent = [file for file in form.file.data if file]
    if len(sent) > limits.files:
        raise RuleViolation(f"一次最多上传 {limits.files} 个文件。", FIELD)
    db.session.rollback()  # nothing stays open while files are examined
    new = examined(sent, limits, form.note.data or "")
    try:
        look(new)
        with writing() as session:
            check(session)
            rows = attach_all(
                session,
                actor=actor(),
                now=clock.now(),
                subject_type=to.subject_type,
                subject_id=to.subject_id,
                files=new,
                limits=limits,
                submission_key=form.submission_key.data or "",
            )
            kept = {row.uid for row in rows}
            after(session)
    except (RuleViolation, RuleViolations, NotVisible):
        drop_files(new)
        raise  # after any other failure the row may be there: the nightly sweep looks
    drop_files([file for file in new if file.uid not in kept])
    return len(kept)


def examined(sent: list[FileStorage], limits: AttachmentLimits, note: str) -> list[NewAttachment]:
    """Every file that is wrong is told of at once. Raises RuleViolations."""
    new: list[NewAttachment] = []
    problems: list[RuleViolation] = []
    for file in sent:
        name = clean_file_name(file.filename or "")
        try:
            new.append(_taken(file, name, limits, note))
        except (RuleViolation, FileRefused) as refused:
            problems.append(RuleViolation(f"“{name}”：{refused.message}", FIELD))
    if problems:
        drop_files(new)
        raise RuleViolations(problems)
    return new


def _taken(file: FileStorage, name: str, limits: AttachmentLimits, note: str) -> NewAttachment:
    """Examined and written, encrypted. Raises RuleViolation, FileRefused."""
    content = file.stream.read(limits.file_bytes + 1)
    require_size(len(content), limits)
    taken = take_in(content)
    require_extension(taken.kind, name)
    stored = store(taken)
    return NewAttachment(
        **vars(stored),
        sent_digest=hashlib.sha256(content).hexdigest(),
        file_name=name,
        media_type=taken.kind.media_type,
        pages=taken.pages,
        width=taken.width,
        height=taken.height,
        paper_page=paper_page_in(taken.codes),
        note=note.strip(),
    )


def drop_files(files: list[NewAttachment]) -> None:
    for file in files:
        drop(file.uid)


def _loaded(to: AttachedTo, attachment_id: int) -> Attachment:
    return load_attachment(db.session(), to.subject_type, to.subject_id, attachment_id)


def _content(to: AttachedTo, attachment_id: int) -> tuple[bytes, AttachmentKind]:
    """Raises NotVisible, RuleViolation."""
    row = _loaded(to, attachment_id)
    try:
        content = content_of(row)
    except FileDamaged as damage:
        current_app.logger.error("attachment %s is damaged", row.uid)
        raise RuleViolation(DAMAGED) from damage
    kind = kind_of_media_type(row.media_type)
    db.session.rollback()  # nothing stays open while pages are drawn
    return content, kind


def _line(
    to: AttachedTo, row: Attachment, may_void: bool, refused: VoidAttachmentForm | None, sight: Sight
) -> AttachmentLine:
    kind, pages = kind_of_media_type(row.media_type), range(1, min(row.pages or 1, PAGES_SHOWN) + 1)
    plain, may_void = sight is Sight.PLAIN, may_void and may_void_attachment(actor(), row)

    def address(endpoint: str, **more: Any) -> str:
        return to.address(endpoint, attachment_id=row.id, **more)

    return AttachmentLine(
        row,
        kind,
        _facts(row, kind),
        address("show_attachment_thumbnail") if row.has_thumbnail and plain else "",
        tuple(address("show_attachment_page", page=p) for p in pages if plain and kind in SHOWN_AS_PICTURE),
        address("show_attachment_words") if kind in SHOWN_AS_TEXT and plain else "",
        address("download_attachment"),
        None if plain else with_ids(ReasonForm(formdata=None), f"original-{row.id}"),
        address("void_attachment") if may_void else "",
        _void_form(row, refused) if may_void else None,
        (row.pages or 0) > PAGES_SHOWN,
    )


def _void_form(row: Attachment, refused: VoidAttachmentForm | None) -> VoidAttachmentForm:
    if refused is not None and refused.attachment_id == row.id:
        return refused
    return VoidAttachmentForm(row.id, formdata=None, data={"version": row.version})


def _facts(row: Attachment, kind: AttachmentKind) -> str:
    facts = [kind.label, size_in_words(row.size)]
    if kind == PDF and row.pages:
        facts.append(f"{row.pages} 页")
    if row.width and row.height:
        facts.append(f"{row.width}×{row.height} 像素")
    return "，".join(facts)


def _hint(limits: AttachmentLimits) -> str:
    return (
        f"可一次选多个。{ACCEPTED}；每件不超过 {limits.file_bytes // MEBIBYTE} MB，最多 {limits.files} 件。"
        "照片里的拍摄地点等信息会自动去掉。"
    )
