"""The people of a matter, at most five: the statutory minimum to reach them. There is no table of petitioners.

Identity and telephone numbers are encrypted (`models.protected`); the digests find an exact value or its last four
characters again.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class ProtectedContact:
    """Columns of a contact row; the table adds whose contact it is."""

    uid: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    """1 to 5."""
    name: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(120), default="")
    id_number_cipher: Mapped[str | None] = mapped_column(String(200))
    id_number_digest: Mapped[str | None] = mapped_column(String(32))
    id_tail_digest: Mapped[str | None] = mapped_column(String(32))
    telephone_cipher: Mapped[str | None] = mapped_column(String(200))
    telephone_digest: Mapped[str | None] = mapped_column(String(32))
    telephone_tail_digest: Mapped[str | None] = mapped_column(String(32))
