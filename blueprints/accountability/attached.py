"""Which record's attachments an address names: the registers of this area share six routes."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from web.attachment_pages import AttachedTo

SUBJECTS = {"interviews": "interview", "suggestions": "suggestion", "visits": "inspection_visit"}
"""As the address calls the register → the table."""


@dataclass(frozen=True)
class AttachedHere(AttachedTo):
    register: str = ""

    def address(self, endpoint: str, **more: Any) -> str:
        where = {"register": self.register, self.argument: self.subject_id}
        return url_for(f"{self.area}.{endpoint}", **where, **more)


def attached_to(register: str, record_id: int) -> AttachedHere:
    """The caller has loaded the record in scope."""
    return AttachedHere(SUBJECTS[register], record_id, "accountability", "record_id", register)
