"""Making the county: offices and staff through their actions, registers in lots of a quarter."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from actions.organisation import create_unit
from actions.people import PersonRow, add_people, let_read_sealed
from actions.staff import open_account
from commands.demonstration.accountability import AccountabilityMaker
from commands.demonstration.documents import open_offices
from commands.demonstration.duty_desk import fill_duty_desk
from commands.demonstration.duty_handovers import fill_handovers
from commands.demonstration.duty_rosters import RosterMaker
from commands.demonstration.duty_swaps import fill_swaps
from commands.demonstration.leads import fill_leads
from commands.demonstration.meetings import fill_meetings
from commands.demonstration.office_registers import fill_office_registers
from commands.demonstration.offices import County, Office, office_of
from commands.demonstration.places import plan_units, plan_vicinity
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.registers import Registers
from commands.demonstration.staff import PlannedPost, plan_posts
from commands.demonstration.supervision import fill_supervision
from models.organisation import Unit
from models.planner import refresh_planner_statistics
from rules.roles import Actor, Role

_REGISTERING = (Role.CLERK, Role.VILLAGE, Role.BUREAU)


def build_county(
    session: Session,
    *,
    actor: Actor,
    plan: Plan,
    password_hashes: Mapping[str, str],
    other_hash: str,
    seal: bytes | None,
    say: Say,
) -> list[PlannedPost]:
    """Everything, inside the caller's unit of work; returns the posts. `password_hashes` are by user name.

    `other_hash` is the hash of a password that nobody knows, for the accounts not meant for signing in;
    `seal` is the bureau's, drawn before the unit of work.
    """
    units = plan_units(plan.rng("places"), plan.size.townships, plan.size.villages)
    posts = plan_posts(plan.rng("staff"), units)
    stored: dict[str, Unit] = {}
    for order, unit in enumerate(units):
        stored[unit.code] = create_unit(
            session, actor=actor, now=plan.now, today=plan.first_day, code=unit.code, name=unit.name,
            category=unit.category, parent=stored[unit.parent] if unit.parent else None,
            short_name=unit.short_name, sort_order=order, telephone=unit.telephone,
        )  # fmt: skip
    say(f"机构 {len(stored)} 个")
    county = _county(stored, plan)
    _appoint(session, actor, plan, county, stored, posts, password_hashes, other_hash)
    say(f"人员 {len(posts)} 名，其中有账号的 {sum(bool(p.username) for p in posts)} 名")
    open_offices(session, actor=actor, plan=plan, units=stored, seal=seal)
    by_id = {u.id: u for u in stored.values()}
    Registers(session, actor, plan, county, by_id).fill(say)
    AccountabilityMaker(session, actor, plan, county, by_id).make(say)
    fill_leads(session, actor, plan, county, by_id, say)
    fill_office_registers(session, actor, plan, county, by_id, say)
    fill_meetings(session, actor, plan, county, by_id, say)
    RosterMaker(session, actor, plan, county, by_id).make(say)
    fill_handovers(session, actor, plan, county, say)
    fill_swaps(session, plan, county, say)
    fill_duty_desk(session, actor, plan, county, by_id, say)
    fill_supervision(session, plan, county, say)
    refresh_planner_statistics(session)
    return posts


def _county(stored: Mapping[str, Unit], plan: Plan) -> County:
    by_id: dict[int, Office] = {}
    for unit in stored.values():
        by_id[unit.id] = office_of(unit, by_id.get(unit.parent_id or 0))
    return County({o.code: o for o in by_id.values()}, plan_vicinity(plan.rng("vicinity")))


def _appoint(
    session: Session, actor: Actor, plan: Plan, county: County, stored: Mapping[str, Unit], posts: list[PlannedPost],
    password_hashes: Mapping[str, str], other_hash: str,
) -> None:  # fmt: skip
    for post in (p for p in posts if p.username):
        account = open_account(
            session, actor=actor, now=plan.now, today=plan.first_day, username=post.username, name=post.name,
            unit=stored[post.unit_code], password_hash=password_hashes.get(post.username, other_hash),
            role=post.role, post=post.post, telephone=post.telephone,
        )  # fmt: skip
        if post.reads_sealed:
            let_read_sealed(session, actor=actor, now=plan.now, account=account)
        _take_up(county.by_code[post.unit_code], post, account.person_id)
    without = [p for p in posts if not p.username]
    people = [PersonRow(p.name, p.telephone, stored[p.unit_code].id, p.post, plan.first_day) for p in without]
    ids = add_people(session, actor=actor, now=plan.now, rows=people, reason=REASON)
    for post, person_id in zip(without, ids, strict=True):
        _take_up(county.by_code[post.unit_code], post, person_id)


def _take_up(office: Office, post: PlannedPost, person_id: int) -> None:
    office.has_account |= bool(post.username)
    if post.role in (Role.LEADER, Role.SUPERVISOR, Role.DIRECTOR):
        office.heads.append((person_id, post.name, post.post))
    elif post.role is None or post.role in _REGISTERING:
        office.clerks.append((person_id, post.name))
