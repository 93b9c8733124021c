"""Whether every attachment of a site, or of an unpacked backup, is still what was kept."""

from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, load_only

from models.attachment import Attachment
from web.attachment_files import check_content
from web.kept_files import FileDamaged


def damaged_attachments(session: Session, instance_dir: Path) -> list[str]:
    """The uids whose file is missing, changed, or stands where another belongs. Those whose key was destroyed have none
    to lose. Every file is read, so it takes as long as the disk."""
    if not inspect(session.connection()).has_table(Attachment.__tablename__):  # a backup of an older program
        return []
    needed = load_only(Attachment.uid, Attachment.sealed_key, Attachment.digest)
    rows = session.scalars(select(Attachment).where(Attachment.sealed_key != "").options(needed))
    return sorted(row.uid for row in rows.yield_per(500) if _is_damaged(row, instance_dir))


def _is_damaged(row: Attachment, instance_dir: Path) -> bool:
    try:
        check_content(row, instance_dir)
    except FileDamaged:
        return True
    return False
