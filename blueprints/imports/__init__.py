"""Sheets brought in: upload, preview, confirm, undo."""

from web.guarded_blueprint import GuardedBlueprint

imports = GuardedBlueprint("imports", __name__)

from blueprints.imports import batches, uploads  # noqa: E402, F401
