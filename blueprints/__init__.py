"""One folder per area of the site."""

from flask import Flask


def register_blueprints(app: Flask) -> None:
    from blueprints.account.routes import account
    from blueprints.accountability import accountability
    from blueprints.audit import audit
    from blueprints.bulletins import bulletins
    from blueprints.decisions import decisions
    from blueprints.duty import duty
    from blueprints.health.routes import health
    from blueprints.home.routes import home
    from blueprints.imports import imports
    from blueprints.leads import leads
    from blueprints.meetings import meetings
    from blueprints.owed import owed
    from blueprints.papers import papers
    from blueprints.petitions import petitions
    from blueprints.prints import prints
    from blueprints.reception import reception
    from blueprints.registers import registers
    from blueprints.staff import staff
    from blueprints.statistics import statistics
    from blueprints.supervision import supervision
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
        leads,
        registers,
        papers,
        owed,
        accountability,
        meetings,
        decisions,
        staff,
        statistics,
        supervision,
        terms,
        bulletins,
    )
    for area in areas:
        app.register_blueprint(area)
