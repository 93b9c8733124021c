"""The page of one meeting: head, agenda, attendance, decisions, papers, attachments, what may be done next."""

from typing import Any

from flask import render_template

from blueprints.meetings.forms import ConfirmForm, HoldForm, ReopenForm
from extensions import db
from models.meeting import Meeting
from queries.history import history_of
from queries.meeting_decisions import decision_rows
from queries.meeting_papers import is_attendance_known
from queries.meeting_scope import load_meeting, meeting_name, shown_item_ids
from queries.meeting_standing import reopening_refusal
from queries.petition_days import petition_days
from queries.petition_scope import visible_among
from rules.errors import NotVisible
from rules.meeting_rules import WAYS, MeetingVerb, bodies_above, body_in_words, why_not
from rules.meeting_words import (
    AttendeePart,
    ItemOutcome,
    MeetingKind,
    MeetingLevel,
    MeetingState,
    Presence,
)
from web import clock
from web.attachment_pages import AttachedTo, attachment_panel
from web.form_fields import Form, with_ids
from web.paper_panel import paper_panel
from web.session import actor
from web.template_filters import may_open

FIELD_LABELS = {
    "kind": "会议",
    "title": "会议名称",
    "session_no": "届次、期号",
    "held_on": "会议日期",
    "starts_at": "开始时间",
    "place": "地点",
    "convenor": "召集人",
    "chair": "主持人",
    "notes": "备注",
    "state": "进度",
    "attendees": "参会",
}
"""Without items and decisions: one of them may be about a matter that is sealed from this reader."""


def _how_many(lines: list[list[str]]) -> str:
    return f"{len(lines)} 项"


FIELD_WORDS = {
    "kind": lambda code: MeetingKind(code).label,
    "state": lambda code: MeetingState(code).label,
    "attendees": _how_many,
}


def meeting_page(meeting_id: int, **typed: Any) -> str:
    """`typed` are forms that were refused, by the name of their step. Raises NotVisible."""
    session = db.session()
    row = load_meeting(session, actor(), meeting_id)
    shown = shown_item_ids(session, actor(), row)
    items = [item for item in row.items if item.id in shown]
    decisions = [d for d in row.decisions if d.item_id is None or d.item_id in shown]
    return render_template(
        "meetings/show_meeting.html",
        row=row,
        name=meeting_name(row),
        words=words_of(row),
        items=items,
        decisions=decision_rows(session, decisions, petition_days(session, clock.today())),
        linked=visible_among(session, actor(), [i.petition_id for i in items if i.petition_id]),
        outcomes={o.value: o.label for o in ItemOutcome},
        bodies={k.value: body_in_words(k) for k in MeetingKind},
        parts={p.value: p.label for p in AttendeePart},
        presences={p.value: p.label for p in Presence},
        attendance_missing=row.state != MeetingState.PLANNED and not is_attendance_known(row),
        may=_ways(row),
        forms=_forms(row, typed),
        papers=paper_panel("meeting", row),
        attachments=_attachments(row, len(items) < len(row.items), typed),
        history=history_of(session, "meeting", row.id, FIELD_LABELS, FIELD_WORDS),
    )


def attached_to(meeting_id: int) -> AttachedTo:
    """Raises NotVisible; attachments show what they show, so also where one of the items is kept from the reader."""
    row = load_meeting(db.session(), actor(), meeting_id)
    if len(shown_item_ids(db.session(), actor(), row)) < len(row.items):
        raise NotVisible("attachment")
    return AttachedTo("meeting", row.id, "meetings", "meeting_id")


def words_of(row: Meeting) -> dict[str, str]:
    return {
        "kind": MeetingKind(row.kind).label,
        "level": MeetingLevel(row.level).label,
        "state": MeetingState(row.state).label,
    }


def bodies_of(row: Meeting) -> list[tuple[str, str]]:
    """The bodies above it, as choices."""
    above = bodies_above(MeetingLevel(row.level), MeetingKind(row.kind))
    return [(kind.value, body_in_words(kind)) for kind in above]


def _ways(row: Meeting) -> dict[MeetingVerb, bool]:
    """Verb → whether this actor may use it now."""
    if row.is_void:
        return dict.fromkeys(MeetingVerb, False)
    state = MeetingState(row.state)
    ways = {verb: not why_not(verb, state) and actor().may(WAYS[verb].permission) for verb in MeetingVerb}
    if ways[MeetingVerb.REOPEN]:
        ways[MeetingVerb.REOPEN] = not reopening_refusal(db.session(), row)
    return ways


def _forms(row: Meeting, typed: dict[str, Any]) -> dict[str, Form]:
    version = {"version": row.version}
    held_on = min(row.held_on, clock.today())
    fresh: dict[str, Form] = {
        "hold": HoldForm(formdata=None, data=version | {"held_on": held_on, "chair": row.chair}),
        "minute": ConfirmForm(formdata=None, data=version),
        "reopen": ReopenForm(formdata=None, data=version),
        "void": ReopenForm(formdata=None, data=version),
        "agenda": ConfirmForm(formdata=None, data=version),
    }
    return {name: with_ids(typed.get(name, form), name) for name, form in fresh.items()}


def _attachments(row: Meeting, hides: bool, typed: dict[str, Any]) -> Any:
    """None where one of the items is kept from the reader."""
    if hides:
        return None
    may_add = may_open("meetings.upload_attachments") and not row.is_void
    return attachment_panel(
        AttachedTo("meeting", row.id, "meetings", "meeting_id"),
        may_add=may_add,
        may_void=may_add,
        upload_form=typed.get("upload_form"),
        void_form=typed.get("attachment_void_form"),
    )
