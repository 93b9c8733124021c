"""One folder per area of the site."""

from flask import Flask


def register_blueprints(app: Flask) -> None:
    from blueprints.account.routes import account
    from blueprints.audit import audit
    from blueprints.bulletins import bulletins
    from blueprints.decisions import decisions
    from blueprints.duty import duty
    from blueprints.health.routes import health
    from blueprints.home.routes import home
    from blueprints.imports import imports
    from blueprints.meetings import meetings
    from blueprints.papers import papers
    from blueprints.petitions import petitions
    from blueprints.prints import prints
    from blueprints.reception import reception
    from blueprints.staff import staff
    from blueprints.statistics import statistics
    from blueprints.terms import terms

    areas = (
        health,
        account,
        audit,
        home,
        imports,
        prints,
        reception,
        duty,
        petitions,
        papers,
        meetings,
        decisions,
        staff,
        statistics,
        terms,
        bulletins,
    )
    for area in areas:
        app.register_blueprint(area)
