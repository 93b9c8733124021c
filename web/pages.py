"""Answers: a page or the part of it that htmx asked for, a redirect after a change, a file."""

from typing import Any
from urllib.parse import quote

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_or_part(whole: str, part: str, /, **context: Any) -> str:
    """The whole page, or only its region when htmx asks for it: `_visit_rows.html` is `#visit-rows`.

    Templates are told `is_part`: a region sent alone may bring along what else must change (`hx-swap-oob`).
    """
    is_part = wants_part()
    return render_template(part if is_part else whole, is_part=is_part, **context)


def wants_part() -> bool:
    """Whether htmx asks for a region alone; a page that the Back button brings again is wanted whole."""
    asked = request.headers
    return "HX-Request" in asked and not ("HX-Boosted" in asked or "HX-History-Restore-Request" in asked)


def see_other(address: str) -> AnyResponse:
    """Where to look after a change; htmx follows it as a whole page."""
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def file_answer(content: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
    """A file under a Chinese name, cleaned of anything a header or a file system cannot hold."""
    clean = "".join(c for c in name if c.isprintable() and c not in '\\/:*?"<>|\u202e')[:120] or "file"
    kind = "inline" if inline else "attachment"
    return Response(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(clean)}"},
    )


def pdf_answer(content: bytes, name: str) -> Response:
    return file_answer(content, f"{name}.pdf", "application/pdf", inline=True)


def xlsx_answer(content: bytes, name: str) -> Response:
    return file_answer(content, f"{name}.xlsx", XLSX)
