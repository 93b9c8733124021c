"""Own print orders. Others' do not exist here (404)."""

from typing import Any

from flask import flash, request, send_file, url_for
from werkzeug.wrappers import Response

from actions.print_orders import CANCELLED, DONE, FAILED, KEPT, OPEN, STATE_LABELS, cancel_print
from blueprints.prints import prints
from extensions import db
from models.print_order import PrintOrder
from queries.print_orders import arguments_of, load_order, own_orders
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.pages import page_or_part, see_other
from web.prints.at_once import order_in_background
from web.prints.files import finished_path
from web.prints.kinds import PRINTS
from web.session import actor
from web.unit_of_work import writing

TAGS = {DONE: "tag-good", FAILED: "tag-bad", CANCELLED: "tag-quiet"}


@prints.route("/prints", permission=Permission.PRINTS)
def list_orders() -> str:
    page = own_orders(
        db.session(), actor(), after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return page_or_part(
        "prints/list_orders.html",
        "prints/_print_orders.html",
        page=page,
        under_way=any(order.state in OPEN for order in page.rows),
        here=request.full_path.rstrip("?"),
        **_words(page.rows),
    )


@prints.route("/prints", permission=Permission.PRINTS, methods=["POST"])
def add_order() -> Response:
    """What `paper` and the list's query string say, e.g. `?paper=visits&from=2026-01-01`; the same one under way is not
    doubled. (A list may have a filter named `kind`.)
    """
    return _ordered(request.args.get("paper", ""), request.args.to_dict())


@prints.route("/prints/<int:order_id>", permission=Permission.PRINTS)
def show_order(order_id: int) -> str:
    order = load_order(db.session(), actor(), order_id)
    return page_or_part(
        "prints/show_order.html",
        "prints/_order_state.html",
        order=order,
        under_way=order.state in OPEN,
        kept_days=KEPT.days,
        **_words([order]),
    )


@prints.route("/prints/<int:order_id>.pdf", permission=Permission.PRINTS)
def download(order_id: int) -> Response:
    """The file, for its owner while he reads the same rows as when it was made; else its page says why not."""
    order = load_order(db.session(), actor(), order_id)
    if not _is_ready(order):
        return see_other(url_for("prints.show_order", order_id=order.id))
    day = clock.local(order.made_at).date()
    return send_file(
        finished_path(order.id), mimetype="application/pdf", download_name=f"{order.title}_{day}.pdf",
        etag=order.file_digest,
    )  # fmt: skip


@prints.route("/prints/<int:order_id>/cancellation", permission=Permission.PRINTS, methods=["POST"])
def cancel_order(order_id: int) -> Response:
    try:
        with writing() as session:
            cancel_print(
                session, actor=actor(), now=clock.now(), order=load_order(session, actor(), order_id)
            )
    except RuleViolation as refusal:
        flash(refusal.message, "warning")
    return see_other(url_for("prints.show_order", order_id=order_id))


@prints.route("/prints/<int:order_id>/repetition", permission=Permission.PRINTS, methods=["POST"])
def repeat_order(order_id: int) -> Response:
    """The same once more, with the rows of now."""
    order = load_order(db.session(), actor(), order_id)
    return _ordered(order.kind, arguments_of(order))


def _ordered(kind: str, args: dict[str, str]) -> Response:
    try:
        order = order_in_background(actor(), kind, args)
    except RuleViolation as refusal:
        flash(refusal.message, "danger")
        return see_other(url_for("prints.list_orders"))
    return see_other(url_for("prints.show_order", order_id=order.id))


def _is_ready(order: PrintOrder) -> bool:
    return order.state == DONE and not _why_not(order)


def _why_not(order: PrintOrder) -> str:
    """Why a finished print cannot be fetched any more; empty where it can."""
    kind = PRINTS.get(order.kind)
    if order.state != DONE:
        return "还没有做完。"
    if kind is None or not actor().may(kind.permission) or actor().reach != order.reach:
        return "打印以后您的岗位或查看范围变了，这份文件不能再取。需要时请重新打印。"
    if order.expires_at is None or clock.now() >= order.expires_at or not finished_path(order.id).exists():
        return "文件已过期删除。需要时请重新打印。"
    return ""


def _words(orders: Any) -> dict[str, Any]:
    return {
        "states": STATE_LABELS,
        "tags": TAGS,
        "counted": {name: kind.counted for name, kind in PRINTS.items()},
        "is_ready": _is_ready,
        "why_not": {order.id: _why_not(order) for order in orders if order.state == DONE},
    }
