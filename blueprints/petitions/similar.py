"""Whether a matter seems to be registered already: a link to look at, never a merge (第十九条)."""

from flask import render_template, request

from blueprints.petitions import petitions
from extensions import db
from models.petition import Petition
from queries.contact_marks import marks_of
from queries.petitions import SimilarPetition, similar_petitions
from rules.petition_states import Stage
from rules.roles import Permission
from web import clock
from web.session import actor

_FRESH = (Stage.PENDING, Stage.SENT, Stage.RECEIVED)
"""Stages in which it is still worth asking."""


@petitions.route("/petitions/similar", permission=Permission.PETITIONS_WRITE, methods=["POST"])
def find_similar_petitions() -> str:
    """While typing: by the names and the title. Numbers are compared only once the petition is saved."""
    names = [n for i in range(1, 6) if len(n := request.form.get(f"name_{i}", "").strip()) > 1]
    found = similar_petitions(
        db.session(),
        actor(),
        names=names,
        id_digests=[],
        telephone_digests=[],
        today=clock.today(),
        title=request.form.get("title", ""),
    )
    return render_template("petitions/_similar_petitions.html", similar=found)


def similar_to(petition: Petition) -> list[SimilarPetition]:
    """Those besides the petition itself; none where it is a 重件 already, or where it has gone further."""
    if petition.earlier_id or petition.is_void or petition.stage not in _FRESH:
        return []
    marks = marks_of(petition.contacts)
    found = similar_petitions(db.session(), actor(), **marks, today=clock.today(), title=petition.title)
    return [one for one in found if one.id != petition.id]
