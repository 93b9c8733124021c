"""空白登记簿: numbered pages to write on where there is no computer, and typing them in later."""

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from actions.paper_pages import MOST_PAGES, close_page, issue_pages
from blueprints.reception import reception
from documents.blank_register import ROWS
from extensions import db
from models.office import PaperPage
from models.print_order import PrintOrder
from queries.attachments import attachment_counts
from queries.organisation import units_in_scope
from queries.paper_pages import page_numbered, pages_in_scope
from queries.scope import load_in_scope, load_unit
from rules.attachment_rules import ACCEPT
from rules.roles import Permission
from web import clock
from web.form_fields import OnceForm, Refused, unprocessable
from web.pages import pdf_answer, see_other
from web.paper_scans import SUBJECT, ScansForm, take_scans
from web.prints.at_once import order_wanted, print_at_once, wanted_in_background
from web.prints.blank_registers import AT_ONCE, arguments_for
from web.prints.kinds import PRINTS
from web.session import actor
from web.unit_of_work import writing


class BlankRegisterForm(OnceForm):
    unit = SelectField("单位", coerce=int)
    count = IntegerField(
        "页数",
        default=2,
        validators=[
            InputRequired("请填写页数。"),
            NumberRange(1, MOST_PAGES, f"一次可打印 1 至 {MOST_PAGES} 页。"),
        ],
    )


def _form(**options: object) -> BlankRegisterForm:
    form = BlankRegisterForm(**options)
    lines = units_in_scope(db.session(), actor(), clock.today())
    form.unit.choices = [(u.id, "\u3000" * u.depth + u.label) for u in lines]
    return form


def _fresh() -> BlankRegisterForm:
    return _form(formdata=None, data={"unit": actor().unit_id, "count": 2})


def _page(form: BlankRegisterForm, scans_form: ScansForm | None = None) -> str:
    pages = pages_in_scope(db.session(), actor())
    return render_template(
        "reception/show_blank_register.html",
        form=form,
        scans_form=scans_form or ScansForm(formdata=None),
        accept=ACCEPT,
        pages=pages,
        scans=attachment_counts(db.session(), SUBJECT, [page.id for page in pages]),
        rows=ROWS,
        most=MOST_PAGES,
        at_once=AT_ONCE,
    )


@reception.route("/reception/blank-register", permission=Permission.RECEPTION_WRITE)
def show_blank_register() -> str:
    return _page(_fresh())


@reception.route("/reception/blank-register", permission=Permission.RECEPTION_WRITE, methods=["POST"])
def print_blank_register() -> str | Response:
    """Number the pages, then draw them; many are ordered together with their numbers, or not numbered."""
    form = _form()
    if not form.validate_on_submit():
        return unprocessable(_page(form))
    try:
        with form.refusals(), writing() as session:
            unit = load_unit(session, actor(), form.unit.data)
            pages = issue_pages(
                session,
                actor=actor(),
                now=clock.now(),
                year=clock.today().year,
                unit=unit,
                count=form.count.data,
                lines=ROWS,
                submission_key=form.submission_key.data or "",
            )
            order = _ordered(session, pages) if len(pages) > AT_ONCE else None
    except Refused:
        return unprocessable(_page(form))
    if order is not None:
        return see_other(url_for("prints.show_order", order_id=order.id))
    return _printed(pages)


@reception.route("/reception/blank-register/scans", permission=Permission.RECEPTION_WRITE, methods=["POST"])
def upload_scans() -> str | Response:
    """A heap of scanned pages: each goes to the page that its QR code names."""
    form = ScansForm()
    try:
        with form.refusals():
            taken = take_scans(form) if form.validate_on_submit() else {}
    except Refused:
        taken = {}
    if not taken:
        return unprocessable(_page(_fresh(), form))
    flash(
        "已放到 " + "、".join(f"{number}（{count} 份）" for number, count in taken.items()) + "。", "success"
    )
    return see_other(url_for("reception.show_blank_register"))


@reception.route("/reception/blank-register/<int:page_id>.pdf", permission=Permission.RECEPTION_WRITE)
def reprint_blank_page(page_id: int) -> Response:
    page = load_in_scope(db.session(), PaperPage, actor(), page_id, Permission.RECEPTION_WRITE)
    return _printed([page])


@reception.route("/reception/paper", permission=Permission.RECEPTION_WRITE)
def open_paper_page() -> Response:
    """From a page's number, typed or scanned, to the form that types it in."""
    number = request.args.get("number", "").strip().upper()
    page = page_numbered(db.session(), actor(), number)
    if page is None:
        flash(
            f"没有编号为 {number[:40] or '（空）'} 的登记簿页，或不归您单位使用。请核对页眉上的编号。",
            "danger",
        )
        return see_other(url_for("reception.show_blank_register"))
    return see_other(url_for("reception.new_visit", paper=page.number, fresh=1))


@reception.route(
    "/reception/blank-register/<int:page_id>/closing", permission=Permission.RECEPTION_WRITE, methods=["POST"]
)
def close_blank_page(page_id: int) -> Response:
    with writing() as session:
        page = load_in_scope(session, PaperPage, actor(), page_id, Permission.RECEPTION_WRITE)
        close_page(session, actor=actor(), now=clock.now(), page=page)
    flash(f"{page.number} 已标记录完。", "success")
    return see_other(url_for("reception.show_blank_register"))


def _ordered(session: Session, pages: list[PaperPage]) -> PrintOrder:
    """Raises RuleViolation on too many orders."""
    wanted = wanted_in_background(session, actor(), "blank-register", arguments_for(pages))
    return order_wanted(session, actor(), "blank-register", wanted)


def _printed(pages: list[PaperPage]) -> Response:
    """Numbered pages, drawn while the reader waits. Raises RenderingFailed."""
    kind = PRINTS["blank-register"]
    settled = kind.settle(db.session(), actor(), arguments_for(pages)).arguments
    content = print_at_once(db.session(), actor(), kind, settled)
    return pdf_answer(content, f"空白登记簿_{pages[0].number}")
