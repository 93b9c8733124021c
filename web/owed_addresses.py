"""Where a thing that is owed stands on this site."""

from flask import url_for

from queries.owed import OwedLine
from rules.owed_kinds import OwedKind
from web.template_filters import may_open

PAGES: dict[OwedKind, tuple[str, str]] = {
    OwedKind.PETITION: ("petitions.show_petition", "petition_id"),
    OwedKind.SUPERVISION: ("supervision.show_task", "task_id"),
    OwedKind.DECISION: ("decisions.show_decision", "decision_id"),
    OwedKind.PROMISE: ("reception.show_leader_promise", "promise_id"),
    OwedKind.ANSWER: ("duty.show_line", "line_id"),
    OwedKind.LEAD: ("leads.show_lead", "assignment_id"),
    OwedKind.SUGGESTION: ("accountability.show_suggestion", "suggestion_id"),
    OwedKind.INTERVIEW: ("accountability.show_interview", "interview_id"),
    OwedKind.PROBLEM: ("accountability.show_inspection_visit", "inspection_visit_id"),
}
"""Kind → endpoint of its page, and what its id is called there."""


def record_address(line: OwedLine) -> str:
    """ "" for who may not open such a page."""
    endpoint, name = PAGES[line.kind]
    return url_for(endpoint, **{name: line.record_id}) if may_open(endpoint) else ""
