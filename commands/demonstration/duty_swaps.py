"""调班 of the demonstration: at the bureau one asked, one that waits for approval, one approved; in some townships, whose
people have no accounts to answer with, the head set somebody else."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.duty_swaps import SwapData, accept_swap, approve_swap, ask_swap, replace_person
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import Plan, Say
from models.roster import Duty, DutySwap
from models.staff import Account
from queries.duty_standing import standing_of
from queries.duty_swaps import duties_in_force
from queries.roster_rows import slot_of
from queries.sign_in import actor_of
from rules.errors import RuleViolation, RuleViolations
from rules.roles import Actor, Role
from rules.roster_words import RosterKind

_TOWNSHIPS = 4
_TAUGHT = "到县里参加培训"
_REASONS = ("家里有事，请同事替一班", "到县里参加培训", "陪家人看病，已与同事说好")


def fill_swaps(session: Session, plan: Plan, county: County, say: Say) -> None:
    """Inside the caller's unit of work, once the rosters are published."""
    asked = [_asked(session, plan, county.bureau, reason) for reason in _REASONS]
    swaps = [swap for swap in asked if swap is not None]
    for swap in swaps[1:]:
        _accept(session, plan, swap)
    for swap in swaps[2:]:
        _approve(session, plan, county.bureau, swap)
    replaced = sum(_set_another(session, plan, township) for township in county.townships[:_TOWNSHIPS])
    say(f"调班 {len(swaps)} 份，直接换人 {replaced} 次")


def _set_another(session: Session, plan: Plan, office: Office) -> bool:
    """The first duty to come that somebody else may take is given to the best one, by the head."""
    people = _with_accounts(session, office)
    heads = [actor for actor in people.values() if actor.role is Role.SUPERVISOR]
    for duty in _to_come(session, plan, office, people) if heads else ():
        best = standing_of(session, [duty], with_accounts=True).replacements(slot_of(duty), duty.person_id)
        if best:
            replace_person(
                session, actor=heads[0], now=plan.now, duty_id=duty.id, version=duty.version,
                person_id=best[0].person_id, reason=_TAUGHT,
            )  # fmt: skip
            return True
    return False


def _asked(session: Session, plan: Plan, office: Office, reason: str) -> DutySwap | None:
    """The first duty to come of somebody with an account that somebody else with one may take."""
    people = _with_accounts(session, office)
    for duty in _to_come(session, plan, office, people):
        for person_id in people:
            if person_id != duty.person_id and (swap := _try(session, plan, people, duty, person_id, reason)):
                return swap
    return None


def _with_accounts(session: Session, office: Office) -> dict[int, Actor]:
    accounts = session.scalars(
        select(Account.id).where(Account.unit_id == office.id, Account.role.is_not(None)).order_by(Account.id)
    )
    actors = [actor for account_id in accounts if (actor := actor_of(session, account_id)) is not None]
    return {actor.person_id: actor for actor in actors if actor.person_id is not None}


def _to_come(session: Session, plan: Plan, office: Office, people: dict[int, Actor]) -> Sequence[Duty]:
    statement = duties_in_force().where(
        Duty.unit_id == office.id, Duty.person_id.in_(list(people)), Duty.starts_at > plan.now
    )
    found = session.scalars(statement.order_by(Duty.starts_at, Duty.id)).all()
    return [duty for duty in found if duty.roster.scheme.kind == RosterKind.DUTY]


def _try(
    session: Session, plan: Plan, people: dict[int, Actor], duty: Duty, person_id: int, reason: str
) -> DutySwap | None:
    """None where a rule speaks against it; nothing is written then."""
    data = SwapData(duty.id, duty.version, reason, other_person_id=person_id)
    try:
        return ask_swap(session, actor=people[duty.person_id or 0], now=plan.now, data=data)
    except (RuleViolation, RuleViolations):
        return None


def _accept(session: Session, plan: Plan, swap: DutySwap) -> None:
    account = session.scalars(select(Account.id).where(Account.person_id == swap.other_person_id)).one()
    who = actor_of(session, account)
    if who is not None:
        accept_swap(session, actor=who, now=plan.now, swap=swap, version=swap.version)


def _approve(session: Session, plan: Plan, office: Office, swap: DutySwap) -> None:
    """By the head of the office, unless it is his own."""
    heads = [
        actor
        for actor in _with_accounts(session, office).values()
        if actor.role in (Role.SUPERVISOR, Role.DIRECTOR)
        and actor.person_id not in (swap.person_id, swap.other_person_id)
    ]
    if heads:
        approve_swap(session, actor=heads[0], now=plan.now, swap=swap, version=swap.version)
