"""通讯录 for everybody: page, print, sheet."""

from collections.abc import Iterator

from flask import render_template, request
from werkzeug.wrappers import Response

from blueprints.staff import staff
from documents.workbook import Sheet, write_workbook
from extensions import db
from models.organisation import Unit
from queries.organisation import units_to_choose
from queries.register_filter import number_of
from queries.telephone_book import UnitPage
from queries.telephone_book import telephone_book as pages_of
from rules.roles import Permission
from web import clock
from web.pages import page_or_part, xlsx_answer

HEADINGS = ("单位", "单位电话", "姓名", "职务", "办公电话")


@staff.route("/staff/telephones", permission=Permission.TELEPHONE_BOOK)
def telephone_book() -> str | Response:
    session, today = db.session(), clock.today()
    q = " ".join(request.args.get("q", "").split())[:40]
    unit_id = number_of(request.args.get("unit"))
    pages = pages_of(session, today, q, session.get(Unit, unit_id) if unit_id else None)
    if request.args.get("format") == "xlsx":
        return xlsx_answer(write_workbook(Sheet("通讯录", HEADINGS, list(_lines(pages)))), f"通讯录_{today}")
    args = {name: value for name, value in (("q", q), ("unit", unit_id)) if value}
    return page_or_part(
        "staff/telephone_book.html",
        "staff/_telephone_rows.html",
        pages=pages,
        q=q,
        unit_id=unit_id,
        args=args,
        people=sum(len(page.lines) for page in pages),
        units=units_to_choose(session, today),
    )


@staff.route("/staff/telephones/print", permission=Permission.TELEPHONE_BOOK)
def print_telephone_book() -> str:
    """Nothing but the book, for the browser's own print."""
    pages = pages_of(db.session(), clock.today())
    return render_template("staff/print_telephone_book.html", pages=pages)


def _lines(pages: list[UnitPage]) -> Iterator[tuple[str, ...]]:
    for page in pages:
        if not page.lines:
            yield (page.name, page.telephone, "", "", "")
        for line in page.lines:
            yield (page.name, page.telephone, line.name, line.post, line.telephone)
