"""The rows of a list as a printed register: at once, or by an order where there are many."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from extensions import db
from web import clock
from web.pages import pdf_answer, see_other
from web.prints.at_once import print_at_once, wanted_print
from web.prints.kinds import PRINTS
from web.session import actor


def print_list(kind_name: str, list_endpoint: str) -> Response:
    """By the list's own query string. Raises RuleViolation, NotVisible, RenderingFailed."""
    kind = PRINTS[kind_name]
    wanted = wanted_print(db.session(), actor(), kind_name, request.args)
    if wanted.pieces > kind.at_once:
        flash(
            f"共 {wanted.pieces:,} {kind.counted}，超过 {kind.at_once:,} {kind.counted}的在后台打印：请按“打印登记册（后台）”。",
            "warning",
        )
        return see_other(url_for(list_endpoint, **wanted.arguments))
    content = print_at_once(db.session(), actor(), kind, wanted.arguments)
    return pdf_answer(content, f"{kind.title}_{clock.today()}")
