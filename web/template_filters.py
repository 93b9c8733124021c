"""What templates may call."""

from datetime import date, datetime, time
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_login import current_user

from rules.roles import Permission
from web import clock
from web.guard import permission_of
from web.navigation import menu_for

WEEKDAYS = "一二三四五六日"


def moment(value: datetime | None) -> str:
    """A stored UTC moment in the office's time."""
    return clock.local(value).strftime("%Y-%m-%d %H:%M") if value else ""


def day(value: date | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""


def weekday(value: date | None) -> str:
    return f"星期{WEEKDAYS[value.weekday()]}" if value else ""


def hour_minute(value: time | None) -> str:
    return value.strftime("%H:%M") if value else ""


def shorten(text: str | None, length: int = 40) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= length else text[: length - 1] + "…"


def may_open(endpoint: str) -> bool:
    """Whether the signed-in actor may follow a link to an endpoint."""
    signed_in = g.get("signed_in")
    return (
        signed_in is not None
        and endpoint in current_app.view_functions
        and signed_in.actor.may(permission_of(endpoint))
    )


def control(field: Any, classes: str, hint: str = "", **attributes: Any) -> Any:
    """The bare control of a form field, tied to its hint and its errors."""
    described = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-error"] * bool(field.errors)
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
        classes += " is-invalid"
    return field(class_=classes, required=False, **attributes)


def install_template_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        moment=moment, day=day, weekday=weekday, hour_minute=hour_minute, shorten=shorten
    )
    app.jinja_env.tests["endpoint"] = lambda name: name in app.view_functions

    app.jinja_env.globals["control"] = control

    @app.context_processor
    def shared() -> dict[str, Any]:
        actor = current_user.actor if current_user.is_authenticated else None
        return {
            "actor": actor,
            "menu": menu_for(actor),
            "may_open": may_open,
            "Permission": Permission,
            "site_name": app.config["SITE_NAME"],
            "demonstration": app.config["DEMONSTRATION"] == "1",
            "today": clock.today(),
            "static_url": lambda name: url_for("static", filename=name),
        }
