"""Where the record of a paper stands on this site: one line for each table."""

from flask import url_for

SUBJECT_PAGES: dict[str, tuple[str, str]] = {
    "inspection": ("accountability.show_inspection", "inspection_id"),
    "inspection_visit": ("accountability.show_inspection_visit", "inspection_visit_id"),
    "suggestion": ("accountability.show_suggestion", "suggestion_id"),
    "interview": ("accountability.show_interview", "interview_id"),
    "supervision_task": ("supervision.show_task", "task_id"),
    "lead_assignment": ("leads.show_lead", "assignment_id"),
    "meeting": ("meetings.show_meeting", "meeting_id"),
}
"""Table → endpoint of its page, and what its id is called there."""


def subject_address(subject_type: str, subject_id: int) -> str:
    """Its page, at the panel 公函."""
    endpoint, name = SUBJECT_PAGES[subject_type]
    return url_for(endpoint, _anchor="papers", **{name: subject_id})
