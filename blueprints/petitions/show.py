"""The record page; a stand-in until its own module is here."""

from blueprints.petitions import petitions
from extensions import db
from queries.petition_scope import load_petition
from rules.roles import Permission
from web.session import actor


@petitions.route("/petitions/<int:petition_id>", permission=Permission.PETITIONS_READ)
def show_petition(petition_id: int) -> str:
    return load_petition(db.session(), actor(), petition_id).number
