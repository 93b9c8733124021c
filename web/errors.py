"""Honest pages when something cannot be done."""

from typing import Any

from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.exceptions import HTTPException

from models.write_turn import WriteTurnTimeout
from rules.errors import NotVisible, RuleViolation, RuleViolations
from web.typed_labels import OTHER, label_of

MESSAGES = {
    400: ("请求有误", "浏览器发来的内容不完整或已失效。请返回上一页刷新后再试。"),
    401: ("请先登录", "请登录后再试。"),
    403: ("没有权限", "您的账号不能做这件事。需要的话，请联系系统管理员。"),
    404: ("没有找到", "这条记录不存在，或不在您的查看范围内。"),
    405: ("请求有误", "这个地址不接受这种操作。"),
    409: ("记录已被修改", "这条记录刚被别人修改过，请刷新后再试。"),
    413: ("文件太大", "上传的文件超过了大小上限。"),
    422: ("不能这样做", "所填内容不符合规定。"),
    429: ("操作太频繁", "请稍等一会儿再试。"),
    500: ("系统出错", "系统出了问题，刚才的内容没有保存。请稍后再试；若反复出现，请联系系统管理员。"),
    503: ("暂时不能保存", "数据库暂时不能写入（可能是磁盘已满或连接中断），刚才的内容没有保存。请稍后再试。"),
}


def install_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotVisible, lambda _error: page(404))
    app.register_error_handler(CSRFError, lambda _error: lost_form("表单已失效，刚才的内容没有保存。", 400))
    app.register_error_handler(RuleViolation, lambda error: page(422, error.message))
    app.register_error_handler(
        RuleViolations, lambda error: page(422, "".join(v.message for v in error.violations))
    )
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(WriteTurnTimeout, lambda _error: page(503))
    app.register_error_handler(Exception, _unexpected)


def page(status: int, message: str = "") -> tuple[str, int]:
    title, usual = MESSAGES.get(status, MESSAGES[500 if status >= 500 else 400])
    if request_ctx.url_adapter is None:  # a foreign Host: no address of this site can be written
        return f"{title}：{message or usual}", status
    template = "errors/_error.html" if request.headers.get("HX-Request") else "errors/error.html"
    return render_template(template, title=title, message=message or usual, status=status), status


def lost_form(message: str, status: int = 401) -> Response:
    """What was typed in a form that cannot be taken, so that its owner can copy it. Passwords are not repeated."""
    typed = [
        (label, value)
        for name, values in request.form.lists()
        for value in values
        if value.strip()
        and name not in _NOT_TYPED
        and "password" not in name
        and (label := _label(name, value))
    ]
    if not typed:
        return Response(*page(status, message + "请重新打开页面再试。"))
    return Response(render_template("errors/lost_form.html", message=message, typed=typed), status)


def _label(name: str, value: str) -> str:
    """ "" of what nobody typed: the codes of choices, and of fields that no form knows."""
    view = current_app.view_functions.get(request.endpoint or "")
    label = label_of(name, view.__module__.rpartition(".")[0] if view else "")
    return "" if label == OTHER and value.isascii() else label


_NOT_TYPED = frozenset(
    {"csrf_token", "submission_key", "version", "then", "next", "current", "again", "username"}
)


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    code = error.code or 500
    own_words = error.description if error.description and not error.description.isascii() else ""
    body, status = page(code, own_words)
    response = Response(body, status=status)
    if code == 405:
        response.headers["Allow"] = error.get_response().headers.get("Allow", "")
    return response


def _database_error(error: DBAPIError) -> tuple[str, int]:
    if isinstance(error, IntegrityError):
        current_app.logger.error("clash: %s %s", request.method, _rule(), exc_info=error)
        return page(409)
    current_app.logger.error("database: %s", type(error.orig).__name__, exc_info=error)
    return page(503)


def _unexpected(error: Exception) -> tuple[str, int]:
    current_app.logger.error("unexpected: %s %s", request.method, _rule(), exc_info=error)
    return page(500)


def _rule() -> str:
    """The address with its variable parts left open: one of a calendar is a secret."""
    return str(request.url_rule or "")
