"""The page of one visit: its facts masked as the actor may read them, its history, its forms."""

from typing import Any

from flask import render_template

from actions.visits import may_change
from blueprints.reception.visit_forms import CompletionForm, VoidForm
from extensions import db
from models.visit import Visit
from queries.contact_marks import marks_of
from queries.history import Change, history_of
from queries.names import visit_is_handled, visit_is_masked
from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from queries.petition_record import petitions_of_visit
from queries.visit_words import FIELD_LABELS, value_in_words
from queries.visits import is_overdue, similar_visits
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from web import clock
from web.form_fields import ReasonForm
from web.paper_scans import scans_beside
from web.session import actor
from web.shown_contacts import ShownContact
from web.shown_contacts import shown_contacts as contacts_shown


def is_handled(visit: Visit) -> bool:
    return visit_is_handled(actor(), visit)


def is_masked(visit: Visit) -> bool:
    """Whether this actor reads the contacts' names masked."""
    return visit_is_masked(actor(), visit)


def shown_contacts(visit: Visit, *, revealed: bool = False) -> list[ShownContact]:
    return contacts_shown(visit, handled=is_handled(visit), revealed=revealed)


def visit_history(visit: Visit) -> list[Change]:
    return history_of(db.session(), "visit", visit.id, FIELD_LABELS, value_in_words(db.session()))


def record_page(visit: Visit, *, revealed: bool = False, **forms: Any) -> str:
    session = db.session()
    threshold = rule_on(session, GROUP_VISIT_PERSONS, visit.visit_date)
    same_scope = actor().sees_county or visit.unit.path.startswith(actor().scope_path)
    return render_template(
        "reception/show_visit.html",
        visit=visit,
        contacts=shown_contacts(visit, revealed=revealed),
        revealed=revealed,
        words={
            "type": ReceptionType(visit.reception_type).label,
            "kind": VisitKind(visit.visit_kind).label,
            "purpose": Purpose(visit.purpose).label,
            "outcome": Outcome(visit.outcome).label,
        },
        is_group=visit.is_group(threshold),
        overdue=is_overdue(visit.due_date, visit.completed_on, clock.today()),
        history=visit_history(visit),
        scans=scans_beside([visit.paper_page]),
        petitions=petitions_of_visit(session, actor(), visit.id),
        similar=_similar(visit),
        may_change=may_change(actor(), visit),
        may_complete=visit.is_open and (same_scope or is_handled(visit)),
        void_form=forms.get("void_form") or VoidForm(formdata=None, data={"version": visit.version}),
        completion_form=forms.get("completion_form")
        or CompletionForm(formdata=None, data={"version": visit.version, "completed_on": clock.today()}),
        reveal_form=forms.get("reveal_form") or ReasonForm(formdata=None),
    )


def _similar(visit: Visit) -> list[Any]:
    marks = marks_of(visit.contacts, by_name=not (visit.anonymous or is_masked(visit)))
    found = similar_visits(db.session(), actor(), **marks, today=clock.today())
    return [row for row in found if row.id != visit.id]
