"""交接班记录: the list, one record, its A4 print."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from actions.handovers import unsigned_lines
from blueprints.duty import duty
from blueprints.duty.handovers import fresh_on_form
from documents.handover import HandoverSheet, SheetMatter, handover_pdf
from documents.render_process import render
from extensions import db
from models.duty_desk import DeskHandover
from queries.desk_scope import load_handover, own_desk
from queries.handovers import HandoverFilter, list_handovers, matters_of
from queries.organisation import units_to_step_down
from queries.shift_people import coming
from rules.desk_words import EntryKind
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import pdf_answer
from web.quick_periods import quick_periods
from web.session import actor
from web.template_filters import moment

READ = Permission.DUTY_LOG_READ


@duty.route("/duty/handovers", permission=READ, endpoint="list_handovers")
def handovers() -> str | Response:
    try:
        chosen = HandoverFilter.from_args(request.args, usual_unit=own_desk(actor()) or None)
    except RuleViolation as violation:
        return unprocessable(_list_page(HandoverFilter(), {violation.field or "": violation.message}))
    return _list_page(chosen, {})


@duty.route("/duty/handovers/<int:handover_id>", permission=READ)
def show_signed_handover(handover_id: int) -> str:
    row = load_handover(db.session(), actor(), handover_id)
    may_sign = row.unit_id == own_desk(actor()) and row.on_signed_at is None
    return render_template(
        "duty/show_signed_handover.html",
        row=row,
        kinds=EntryKind,
        matters=matters_of(db.session(), row.id),
        on_form=fresh_on_form(row) if may_sign else None,
        coming=coming(db.session(), row.unit, row.shift_ends_at) if may_sign else {},
        unsigned=unsigned_lines(db.session(), row, clock.now()) if may_sign else [],
    )


@duty.route("/duty/handovers/<int:handover_id>.pdf", permission=READ)
def print_handover(handover_id: int) -> Response:
    row = load_handover(db.session(), actor(), handover_id)
    day = f"{clock.local(row.shift_ends_at):%Y-%m-%d}"
    return pdf_answer(render(handover_pdf, _sheet(row)), f"交接班记录_{row.unit.label}_{day}")


def _sheet(row: DeskHandover) -> HandoverSheet:
    return HandoverSheet(
        unit=row.unit.name,
        shift=moment(row.shift_ends_at),
        off_person=_signer(row.off_person.name, row.off_reason),
        off_signed_at=moment(row.off_signed_at),
        on_person=_signer(row.on_person.name, row.on_reason) if row.on_person else "",
        on_signed_at=moment(row.on_signed_at),
        articles=row.articles,
        notes=row.notes,
        made_at=moment(clock.now()),
        matters=tuple(
            SheetMatter(
                number=m.number,
                happened_at=moment(m.happened_at),
                kind=EntryKind(m.kind).label,
                content=m.content,
                due_at=moment(m.due_at),
                note=m.note,
            )
            for m in matters_of(db.session(), row.id)
        ),
    )


def _signer(name: str, reason: str) -> str:
    return f"{name}（不在班表上：{reason}）" if reason else name


def _list_page(chosen: HandoverFilter, problems: dict[str, str]) -> str:
    session = db.session()
    page = list_handovers(
        session,
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    context: dict[str, Any] = {"problems": problems, "quick": quick_periods(clock.today())}
    return render_template(
        "duty/list_handovers.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        sentence=chosen.sentence(session),
        units=units_to_step_down(session, actor(), chosen.unit),
        **context,
    )
