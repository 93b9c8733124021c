"""The files of a bulletin: of a draft made anew, of an issued one made once and kept."""

from sqlalchemy.orm import Session

from actions.bulletin_issue import keep_file
from documents.bulletin_pages import DOCX, PDF, bulletin_file
from documents.render_process import render
from models.bulletin import Bulletin, BulletinFile
from models.seal import SealUse
from rules.roles import Actor
from web import clock
from web.kept_files import keep, kept
from web.unit_of_work import writing

TIMEOUT_SECONDS = 120


def draft_file(content: str, form: str) -> bytes:
    """Raises RenderingFailed."""
    return render(bulletin_file, form, content, None, timeout_seconds=TIMEOUT_SECONDS)


def issued_file(session: Session, row: Bulletin, form: str) -> bytes:
    """The kept file; where none is kept yet, the same bytes made anew. Raises RenderingFailed, FileDamaged."""
    stored = session.get(BulletinFile, (row.id, form))
    return kept(stored.digest) if stored else _made(session, row, form)


def keep_issued_files(session: Session, actor: Actor, bulletin_id: int) -> None:
    """Make and keep both files of an issued bulletin; what is kept already stays. Raises RenderingFailed."""
    for form in (PDF, DOCX):
        row = session.get_one(Bulletin, bulletin_id)
        if session.get(BulletinFile, (row.id, form)) is not None:
            continue
        content = _made(session, row, form)
        digest = keep(content)
        with writing() as unit:
            keep_file(
                unit,
                actor=actor,
                now=clock.now(),
                row=unit.get_one(Bulletin, bulletin_id),
                form=form,
                digest=digest,
                size=len(content),
            )


def _made(session: Session, row: Bulletin, form: str) -> bytes:
    if row.issue is None:
        raise ValueError("only an issued bulletin has frozen content")
    content, seal = row.issue.content, _seal_of(session, row)
    session.rollback()  # nothing stays open while pages are made
    return render(bulletin_file, form, content, seal, timeout_seconds=TIMEOUT_SECONDS)


def _seal_of(session: Session, row: Bulletin) -> bytes | None:
    use = session.query(SealUse).filter_by(bulletin_id=row.id).first()
    return use.seal.image if use else None
