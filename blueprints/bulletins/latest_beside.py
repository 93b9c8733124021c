"""Two people at one draft: what the other saved, beside what this one typed."""

from dataclasses import dataclass
from datetime import datetime

from wtforms import Field

from blueprints.bulletins.forms import BulletinTextForm, fields_of
from extensions import db
from models.bulletin import Bulletin
from queries.history import history_of
from rules.text_differences import ComparedLine, compared_lines

_SHORT = ("title", "format", "urgency", "kind", "period", "addressees", "copies_to", "note")


@dataclass(frozen=True)
class LatestBeside:
    """The saved draft against the form. `saved_at` is naive UTC; `fields` are (label, saved, typed) where they differ."""

    version: int
    saved_at: datetime | None
    saved_by: str
    fields: list[tuple[str, str, str]]
    saved: list[ComparedLine]
    typed: list[ComparedLine]


def latest_beside(form: BulletinTextForm, row: Bulletin) -> LatestBeside:
    """`row` is the draft as it now stands."""
    last = history_of(db.session(), "bulletin", row.id, {})[-1:]
    typed = form.source.data or ""
    return LatestBeside(
        version=row.version,
        saved_at=last[0].at if last else None,
        saved_by=last[0].who if last else "",
        fields=_differing(form, row),
        saved=compared_lines(row.source, typed),
        typed=compared_lines(typed, row.source),
    )


def _differing(form: BulletinTextForm, row: Bulletin) -> list[tuple[str, str, str]]:
    saved = fields_of(row)
    pairs = [(form[name], saved[name], form[name].data or "") for name in _SHORT]
    found = [(f.label.text, _word(f, was), _word(f, now)) for f, was, now in pairs if was != now.strip()]
    was, now = set(saved["recipients"]), set(form.recipients.data or [])
    return found + ([("发送单位", f"{len(was)} 个", f"{len(now)} 个")] if was != now else [])


def _word(field: Field, value: str) -> str:
    return dict(getattr(field, "choices", None) or []).get(value, value)
