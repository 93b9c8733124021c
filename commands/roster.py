"""`flask --app app roster plan KIND --from D --to D`: propose a roster; nothing is stored unless it is asked for."""

import json
from datetime import date, datetime
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from actions.rosters import require_span, store_plan
from commands.console import console_actor, refuse
from extensions import db
from models.organisation import Unit
from models.roster import RosterScheme
from queries.organisation import unit_by_code
from queries.roster_problem import problem_for_days
from rules.errors import RuleViolation, RuleViolations
from rules.roster import RosterAnswer, duties_text
from rules.roster_words import DayClass, RosterKind
from web import clock
from web.unit_of_work import writing

roster_commands = AppGroup("roster", help="值班表")

DAY = click.DateTime(["%Y-%m-%d"])


@roster_commands.command("plan")
@click.argument("kind", type=click.Choice([k.value for k in RosterKind]))
@click.option("--from", "first", type=DAY, required=True, help="第一天，如 2026-08-01")
@click.option("--to", "last", type=DAY, required=True, help="最后一天")
@click.option("--unit", "code", help="单位编码；不填时，全县这种班次只有一套才行")
@click.option("--scheme", "name", help="班次名称；一个单位同种班次有几套时要写")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--save", is_flag=True, help="存为草稿；不写就只提出方案，什么也不保存")
def plan_roster(
    kind: str, first: datetime, last: datetime, code: str | None, name: str | None, as_json: bool, save: bool
) -> None:
    """提出一份值班表：接着以前发布的班表算账，同样的输入得到同样的结果。"""
    scheme = _scheme(RosterKind(kind), code, name)
    days = first.date(), last.date()
    version, unit = scheme.version, scheme.unit.code
    answer = _planned(scheme, *days, save=save)
    roster_id = _stored(scheme.id, version, *days, answer) if save else None
    found = _as_json(kind, unit, scheme.name, *days, answer) | ({"roster": roster_id} if save else {})
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _as_text(found))


def _scheme(kind: RosterKind, code: str | None, name: str | None) -> RosterScheme:
    statement = select(RosterScheme).where(RosterScheme.kind == kind.value, RosterScheme.closed_at.is_(None))
    if code:
        unit = unit_by_code(db.session(), code)
        if unit is None:
            refuse(f"没有编码为 {code} 的单位。")
        statement = statement.where(RosterScheme.unit_id == unit.id)
    if name:
        statement = statement.where(RosterScheme.name == name)
    found = list(db.session.scalars(statement.join(Unit).order_by(Unit.path, RosterScheme.id)))
    if not found:
        refuse(f"没有“{kind.label}”的班次，请先在“班次设置”里建一套。")
    if len(found) > 1:
        named = "、".join(f"{s.unit.code} {s.name}" for s in found[:6])
        refuse(f"“{kind.label}”的班次有 {len(found)} 套（{named}），请用 --unit 或 --scheme 说明是哪一套。")
    return found[0]


def _planned(scheme: RosterScheme, first: date, last: date, *, save: bool) -> RosterAnswer:
    """Where it will be stored, whether it may be is asked before it is reckoned."""
    try:
        if save:
            require_span(db.session(), scheme, first, last, clock.today())
        if last < first:
            raise RuleViolation("截止日期早于起始日期。")
        problem = problem_for_days(db.session(), scheme, first, last)
    except (RuleViolation, RuleViolations) as refusal:
        refuse(str(refusal))
    from rostering.planner import plan

    return plan(problem)


def _stored(scheme_id: int, version: int, first: date, last: date, answer: RosterAnswer) -> int:
    db.session.rollback()
    try:
        with writing() as session:
            roster = store_plan(
                session,
                actor=console_actor(),
                now=clock.now(),
                today=clock.today(),
                scheme=session.get_one(RosterScheme, scheme_id),
                version=version,
                first=first,
                last=last,
                answer=answer,
            )
            return roster.id
    except (RuleViolation, RuleViolations) as refusal:
        refuse(str(refusal))


def _as_json(
    kind: str, unit: str, scheme: str, first: date, last: date, answer: RosterAnswer
) -> dict[str, Any]:
    posts = answer.problem.post_of
    return {
        "kind": kind,
        "unit": unit,
        "scheme": scheme,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "proven": answer.proven,
        "duties": [
            {
                "day": slot.day.isoformat(),
                "class": answer.problem.classes[slot.day].value,
                "post": posts[slot.post_id].name,
                "seat": slot.seat + 1,
                "person_id": answer.assigned.get(slot),
                "person": answer.problem.name_of(answer.assigned[slot]) if slot in answer.assigned else None,
            }
            for slot in sorted(answer.problem.slots)
        ],
        "empty": [
            {
                "day": empty.slot.day.isoformat(),
                "post": posts[empty.slot.post_id].name,
                "reasons": list(empty.reasons),
            }
            for empty in answer.empty
        ],
        "accounts": [
            {
                "person_id": account.person_id,
                "person": account.name,
                "share": account.share,
                **{
                    part: {c.value: duties_text(getattr(account, part)[c]) for c in DayClass}
                    for part in ("before", "due", "served", "after")
                },
            }
            for account in answer.accounts
        ],
    }


def _as_text(found: dict[str, Any]) -> str:
    """A line for each day, then what was found."""
    by_day: dict[str, list[str]] = {}
    for duty in found["duties"]:
        by_day.setdefault(duty["day"], []).append(f"{duty['post']} {duty['person'] or '（空岗）'}")
    lines = [f"{found['unit']} {found['scheme']} {found['from']} 至 {found['to']}"]
    lines += [f"{day}\t{'，'.join(duties)}" for day, duties in by_day.items()]
    lines += [f"排不上人：{e['day']} {e['post']}：{'；'.join(e['reasons'])}" for e in found["empty"]]
    lines.append(
        "已证明：在现有规则下没有更公平的排法。" if found["proven"] else "未证明：可能还有更公平的排法。"
    )
    lines.append(
        f"已存为草稿 {found['roster']}。" if "roster" in found else "只是方案，没有保存；要保存请加 --save。"
    )
    return "\n".join(lines)
