"""Before every request: deny by default, sign-in, forced password change, same origin."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from rules.roles import Permission
from web.errors import lost_form
from web.guarded_blueprint import DRAFTS, PERMISSIONS
from web.session import lost_session, touch_session

OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
DURING_PASSWORD_CHANGE = frozenset({"account.change_password", "account.sign_out"})


def install_guard(app: Flask) -> None:
    app.before_request(guard)


def permission_of(endpoint: str | None) -> Permission:
    """Raises NotFound without an endpoint, Forbidden for an undeclared one."""
    if endpoint is None:
        raise NotFound
    if endpoint in OPEN_ENDPOINTS:
        return Permission.ANYONE
    permission = current_app.extensions[PERMISSIONS].get(endpoint)
    if permission is None:
        raise Forbidden
    return permission


def guard() -> AnyResponse | None:
    _refuse_foreign_origin()
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    permission = permission_of(request.endpoint) if request.routing_exception is None else Permission.ANYONE
    if current_user.is_authenticated:
        g.signed_in = current_user._get_current_object()
        touch_session(g.signed_in)
    if permission is Permission.ANYONE:
        return None
    if "signed_in" not in g:
        return _ask_to_sign_in()
    if not g.signed_in.actor.may(permission):
        raise Forbidden
    if g.signed_in.actor.must_change_password and request.endpoint not in DURING_PASSWORD_CHANGE:
        return redirect(url_for("account.change_password"), 303)
    return None


def _refuse_foreign_origin() -> None:
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise Forbidden("跨站请求被拒绝。")
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        raise Forbidden("跨站请求被拒绝。")


def _ask_to_sign_in() -> AnyResponse:
    target = _way_back()
    _keep_half_filled_form()
    typed_for_nothing = request.method == "POST" and target is None and not request.headers.get("HX-Request")
    if typed_for_nothing and lost_session() is not None:
        return lost_form("登录已过期，刚才的内容没有保存。")
    address = url_for("account.sign_in", next=target)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _way_back() -> str | None:
    """The page asked for; for a half-filled form the page it was on, which fills it in again.

    That is the form's own address where it can be opened there, else `…/new`.
    """
    if request.method in SAFE_METHODS:
        path = request.full_path.rstrip("?")
        return None if path == "/" else path
    if request.endpoint not in current_app.extensions[DRAFTS]:
        return None
    if request.url_rule is not None and "GET" in (request.url_rule.methods or ()):
        return request.full_path.rstrip("?")
    return f"{request.path}/new"


def _keep_half_filled_form() -> None:
    from web.drafts import keep_posted_form

    form = current_app.extensions[DRAFTS].get(request.endpoint)
    row = lost_session() if form and request.method == "POST" else None
    if row is not None:
        keep_posted_form(row.account_id, form)
        flash("登录已过期，您填写的内容已替您存好，登录后接着填。", "warning")
