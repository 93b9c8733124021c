"""One folder per area of the site."""

from flask import Flask


def register_blueprints(app: Flask) -> None:
    from blueprints.account.routes import account
    from blueprints.health.routes import health
    from blueprints.home.routes import home
    from blueprints.imports import imports
    from blueprints.reception import reception

    for area in (health, account, home, imports, reception):
        app.register_blueprint(area)
