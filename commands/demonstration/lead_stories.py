"""包案 that run: of the batch that runs, through the real acts, one in each situation that an office meets in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.leads import closing, proposing, working
from actions.leads.proposing import LeadData, propose_lead
from actions.leads.steps import LeadAct
from commands.demonstration import lead_texts as texts
from commands.demonstration.acting import morning, staff_of
from commands.demonstration.batches import RUNNING
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import Plan
from models.lead_assignment import LeadAssignment
from models.petition import Petition
from queries.leads import load_lead
from rules.lead_rules import LeadValues
from rules.lead_states import LeadResult
from rules.petition_states import Stage
from rules.petition_words import Resolution
from rules.roles import Actor, Role
from rules.taxonomy import Purpose

MOST = 20
Doing = Callable[["Desk", LeadAssignment, date], object]
Step = tuple[int, Doing]
"""Days before today, and what was done then."""


@dataclass(frozen=True)
class Story:
    """One way of a lead assignment. `due_in` are days from today; a negative one has passed."""

    proposed: int
    due_in: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Who proposes and accepts at the county's office, and who reports for a unit: its own staff, or that office."""

    session: Session
    clerk: Actor
    director: Actor
    plan: Plan
    county: County

    def act(self, row: LeadAssignment, who: Actor, day: date, text: str = "") -> LeadAct:
        seen = load_lead(self.session, who, row.id)
        return LeadAct(who, morning(day), day, seen, seen.version, day, text)

    def unit(self, row: LeadAssignment) -> Actor:
        return staff_of(self.session, row.responsible_unit_id, (Role.CLERK, Role.SUPERVISOR)) or self.clerk


def _assign(desk: Desk, row: LeadAssignment, day: date) -> None:
    proposing.assign_lead(desk.session, desk.act(row, desk.director, day))


def _report(place: int) -> Doing:
    def report(desk: Desk, row: LeadAssignment, day: date) -> None:
        act = desk.act(row, desk.unit(row), day, texts.PROGRESS[place])
        working.record_lead_progress(desk.session, act)

    return report


def _meet(desk: Desk, row: LeadAssignment, day: date) -> None:
    working.meet_people(desk.session, desk.act(row, desk.unit(row), day, texts.MEETINGS[row.id % 2]))


def _ask(desk: Desk, row: LeadAssignment, day: date) -> None:
    act = desk.act(row, desk.unit(row), day, texts.EXTENSION)
    working.ask_extension(desk.session, act, row.due_on + timedelta(days=20))


def _submit(result: LeadResult) -> Doing:
    def submit(desk: Desk, row: LeadAssignment, day: date) -> None:
        act = desk.act(row, desk.unit(row), day, texts.RESULTS[result])
        closing.submit_result(desk.session, act, result, texts.KEPT_AT)

    return submit


def _return(desk: Desk, row: LeadAssignment, day: date) -> None:
    closing.return_result(desk.session, desk.act(row, desk.director, day, texts.RETURNED))


def _accept(desk: Desk, row: LeadAssignment, day: date) -> None:
    closing.accept_result(desk.session, desk.act(row, desk.director, day, texts.ACCEPTED))


def _close(desk: Desk, row: LeadAssignment, day: date) -> None:
    closing.close_lead(desk.session, desk.act(row, desk.director, day, texts.EVIDENCE))


_R = tuple(map(_report, range(len(texts.PROGRESS))))
_BEGUN: tuple[Step, ...] = ((48, _assign), (42, _R[0]), (35, _R[1]), (34, _meet), (27, _R[2]))
_GOING: tuple[Step, ...] = (*_BEGUN, (19, _R[3]))
_WELL: tuple[Step, ...] = (*_GOING, (11, _R[4]))
STORIES = (
    Story(50, 25, (*_WELL, (0, _R[4]))),
    Story(50, 16, _GOING),
    Story(50, 2, (*_GOING, (0, _R[3]))),
    Story(50, -4, _BEGUN),
    Story(50, 8, (*_WELL, (2, _submit(LeadResult.RESOLVED)))),
    Story(2, 58),
    Story(50, 6, (*_GOING, (9, _submit(LeadResult.PARTLY)), (6, _return), (0, _R[4]))),
    Story(50, 9, (*_GOING, (1, _ask), (0, _R[4]))),
    Story(50, 12, (*_WELL, (8, _submit(LeadResult.PROCEDURE)), (4, _accept))),
    Story(50, 10, (*_GOING, (12, _submit(LeadResult.RESOLVED)), (10, _accept), (10, _close))),
)
"""On its way and reported today; silent this week; near its limit; overdue and silent; waiting for acceptance; waiting for
approval; sent back; asking for an extension; accepted and to be struck off; struck off."""


def fill_running_leads(session: Session, plan: Plan, county: County) -> int:
    """How many were made."""
    clerk = staff_of(session, county.bureau.id, (Role.BUREAU,))
    director = staff_of(session, county.bureau.id, (Role.DIRECTOR,))
    if clerk is None or director is None:
        return 0
    desk = Desk(session, clerk, director, plan, county)
    cases = _cases(session, county)[:MOST]
    for place, petition in enumerate(cases):
        leader = county.root.heads[place % len(county.root.heads)]
        _tell(desk, petition, _story(place, petition, plan.today), leader)
    return len(cases)


def _story(place: int, petition: Petition, today: date) -> Story:
    """What is struck off is entered as settled at its petition, which was concluded long before."""
    story = STORIES[place % len(STORIES)]
    old = petition.concluded_on is not None and petition.concluded_on < today - timedelta(days=30)
    return story if story is not STORIES[-1] or old else STORIES[0]


def _cases(session: Session, county: County) -> list[Petition]:
    """Of the batch, what is not settled yet and a leader may answer for."""
    p = Petition
    statement = (
        select(p)
        .where(
            *(p.campaign == RUNNING.name, p.responsible_unit_id != county.bureau.id, p.sealed.is_(False)),
            *(p.purpose != Purpose.ACCUSATION.value, p.accused_person_id.is_(None)),
            p.stage.in_([Stage.HANDLING.value, Stage.CONCLUDED.value]),
            p.resolution.is_distinct_from(Resolution.RESOLVED.value),
        )
        .order_by(p.registered_on, p.id)
    )
    return list(session.scalars(statement))


def _tell(desk: Desk, petition: Petition, story: Story, leader: tuple[int, str, str]) -> None:
    today = desk.plan.today
    responsible = next(o for o in desk.county.by_code.values() if o.id == petition.responsible_unit_id)
    proposed_on = today - timedelta(days=story.proposed)
    values = LeadValues(
        leader_name=leader[1],
        leader_post=leader[2],
        responsible_unit_id=responsible.id,
        responsible_person=person_of(responsible),
        team=f"{responsible.label}、县司法局、县信访局",
        measures=texts.PLANS[petition.id % len(texts.PLANS)],
        due_on=today + timedelta(days=story.due_in),
    )
    asked: dict[str, Any] = {"actor": desk.clerk, "now": morning(proposed_on), "today": proposed_on}
    row = propose_lead(desk.session, **asked, petition=petition, data=LeadData(values, texts.WHY))
    for ago, do in story.steps:
        do(desk, row, today - timedelta(days=ago))


def person_of(office: Office) -> str:
    """姓名、职务 of who answers for a unit."""
    named = office.heads[0][1:] if office.heads else (office.clerks[0][1], "科室负责人")
    return "，".join(named)[:60]
