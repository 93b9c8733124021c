"""Long prints: ordering them, watching them, fetching them."""

from web.guarded_blueprint import GuardedBlueprint

prints = GuardedBlueprint("prints", __name__)

from blueprints.prints import orders  # noqa: E402, F401
