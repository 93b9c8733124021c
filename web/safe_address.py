"""Where to go after signing in: only to a path of this site."""

from flask import url_for


def safe_next(target: str | None) -> str:
    """The target when it is a plain path of this site, else the front page."""
    home = url_for("home.show")
    if not target or not target.startswith("/") or target.startswith("//"):
        return home
    if "\\" in target or any(ord(c) < 32 for c in target):
        return home
    return target
