from sqlalchemy.orm import Session

from models.office import FormDraft
from models.protected import reveal


def draft_place(uid: str) -> str:
    """Associated data under which a draft is encrypted."""
    return f"form_draft|{uid}|content"


def draft_of(session: Session, account_id: int, form: str) -> str | None:
    """The content an account left in a form, decrypted."""
    row = session.get(FormDraft, (account_id, form))
    return reveal(row.cipher, place=draft_place(row.uid)) if row and row.cipher else None
