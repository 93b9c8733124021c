"""What the system proposes to supervise; a person files it, alone or several of one unit in one task."""

from flask import render_template, request

from blueprints.supervision import supervision
from extensions import db
from queries.organisation import units_with_ids
from queries.register_filter import number_of, word_of
from queries.supervision_proposals import MOST_SHOWN, Proposal, proposals
from rules.roles import Permission
from rules.supervision_words import Ground
from web import clock
from web.session import actor


@supervision.route("/supervision/proposals", permission=Permission.SUPERVISION_FILE)
def list_proposals() -> str:
    ground, unit_id = word_of(Ground, request.args.get("ground", "")), number_of(request.args.get("unit", ""))
    found = proposals(db.session(), actor(), clock.today())
    shown = found
    if ground is not None or unit_id is not None:
        shown = proposals(db.session(), actor(), clock.today(), ground=ground, unit_id=unit_id)
    return render_template(
        "supervision/list_proposals.html",
        groups=_groups(shown),
        total=len(shown),
        ground=ground,
        unit_id=unit_id,
        grounds=_counted(found),
        units=_units(found),
        most=MOST_SHOWN,
        arguments={
            "petitions.show_petition": "petition_id",
            "reception.show_leader_promise": "promise_id",
            "meetings.show_meeting": "meeting_id",
        },
    )


def _groups(found: list[Proposal]) -> list[tuple[Ground, str, int | None, list[Proposal]]]:
    """By ground and unit, so that those which one task may be about stand together."""
    groups: dict[tuple[Ground, int | None], list[Proposal]] = {}
    for proposal in found:
        groups.setdefault((proposal.ground, proposal.unit_id), []).append(proposal)
    return [(ground, rows[0].unit, unit_id, rows) for (ground, unit_id), rows in groups.items()]


def _units(found: list[Proposal]) -> list[tuple[int, str]]:
    """Those that something is proposed of, in tree order, as the proposals call them."""
    labels = {p.unit_id: p.unit for p in found if p.unit_id is not None}
    return [(unit.id, labels[unit.id]) for unit in units_with_ids(db.session(), set(labels))]


def _counted(found: list[Proposal]) -> list[tuple[Ground, int]]:
    return [(g, count) for g in Ground if (count := sum(p.ground is g for p in found))]
