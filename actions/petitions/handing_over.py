"""移交: a running matter goes from a unit that is closed or merged to the one that takes on its work. Nothing begins anew:
the successor owes on the same days, by the same clocks."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.petitions.dispatching import end_parts, give_part, receiver
from actions.petitions.steps import Act, Line, begin, take
from models.deadline import Deadline
from models.organisation import Unit
from models.petition import Petition, PetitionReply
from queries.petition_standing import SENDINGS
from rules.errors import RuleViolation
from rules.petition_clocks import OF_THE_UNIT
from rules.petition_rules import check_day, check_length, check_text
from rules.petition_states import Verb
from rules.petition_words import UnitPart

LONGEST_NUMBER = 40


def hand_over(session: Session, act: Act, to_unit_id: int | None, paper_number: str = "") -> None:
    """With the reason, and the number of the paper that orders it, if any. Raises RuleViolation on `to_unit`, `text`,
    `paper_number`, `compared`."""
    petition = act.petition
    begun = begin(session, act, Verb.HAND_OVER)
    if begun.done_before:
        return
    sent = begun.around.last_day_of(*SENDINGS) or petition.dispatched_on
    check_day(act.on, act.today, since=sent, since_words="转送交办日期")
    old, new = petition.handling_unit, receiver(session, act, to_unit_id)
    if old is None or new.id == old.id:
        raise RuleViolation("它已由这个单位办理，请选择承接的单位。", "to_unit")
    check_text(act.text, "移交的理由")
    number = check_length(paper_number, "依据文号", "paper_number", LONGEST_NUMBER)
    _move_work(session, petition, begun.around.replies, old, new)
    end_parts(act, UnitPart.RESPONSIBLE)
    changes = {"responsible_unit_id": new.id, "handler_id": None}
    take(session, act, Verb.HAND_OVER, changes, Line(outcome=number, to_unit_id=new.id))
    give_part(session, act, new, UnitPart.RESPONSIBLE)


def _move_work(
    session: Session, petition: Petition, replies: list[PetitionReply], old: Unit, new: Unit
) -> None:
    """The unit's own clocks as they stand, with their days and traces, and the reply that it has not ended. A clock that the
    successor has already, from the day when the matter was once with it, runs on again itself."""
    rows = list(session.scalars(select(Deadline).where(Deadline.petition_id == petition.id)))
    its_own = {_run_of(row) for row in rows if row.unit_id == new.id}
    for row in rows:
        if row.key in OF_THE_UNIT and row.unit_id == old.id and _run_of(row) not in its_own:
            row.unit_id = new.id
    for reply in replies:
        if reply.state in ("draft", "submitted"):
            reply.unit_id = new.id


def _run_of(row: Deadline) -> tuple[str, int, date]:
    return row.key, row.occasion, row.started_on
