"""应办事项: what each office owes to whom by when, and all offices side by side."""

from web.guarded_blueprint import GuardedBlueprint

owed = GuardedBlueprint("owed", __name__)

from blueprints.owed import offices  # noqa: E402, F401
