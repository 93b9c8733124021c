"""包案 and 积案化解: the batches that the petitions bear, each with leaders who answer for some of its cases."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.bulk_registers import describe, insert_children, insert_found_again, numbered
from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County
from commands.demonstration.plan import REASON, Plan, Say
from models.base import new_uid
from models.lead_assignment import Campaign, LeadAssignment, LeadStep
from models.organisation import Unit
from models.petition import Petition
from rules.lead_states import LeadResult, LeadState, LeadVerb
from rules.numbering import RecordKind
from rules.petition_states import Stage
from rules.petition_words import Resolution, SourceLevel
from rules.roles import Actor
from rules.taxonomy import Purpose

_BATCHES = {
    "重复信访治理第三批": (SourceLevel.PROVINCE, "省信访工作联席会议办公室", "信联办〔2025〕3号", 420, 240),
    "信访积案化解百日攻坚": (SourceLevel.CITY, "市信访工作联席会议办公室", "信联办〔2026〕11号", 110, 100),
}
"""Name → level, source, number of its paper, days since it came, days given."""
_MOST_LED = 40
_PROGRESS = (
    "召开专题会，明确由责任单位牵头、司法所配合，逐项核实诉求。",
    "到现场核实情况，调阅了原始合同和付款凭证。",
    "与相关单位协商补偿标准，形成初步方案。",
    "方案报县政府分管领导审定，准备签订协议。",
    "首批款项已拨付到位，余款约定分期支付。",
)
_MEETINGS = (
    "当面听取诉求，解释政策依据，就处理方案交换意见。",
    "当面反馈核实结果，对争议部分约定由第三方评估。",
)
_INSTRUCTION = "请责任单位倒排工期，每周报进展；涉及多部门的，由我协调。"
_RESULTS = {
    LeadResult.RESOLVED: "诉求中合理部分已全部落实，双方签订协议并履行。",
    LeadResult.PARTLY: "已落实两项诉求，其余一项正在依法办理。",
    LeadResult.PROCEDURE: "争议属合同纠纷，已引导通过诉讼解决，法院已立案。",
}
_PLANS = (
    "查清事实，厘清责任，先行解决无争议部分。",
    "由专班核实后分类处理，依法能办的限期办结，需诉讼的做好引导。",
)


def fill_leads(
    session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit], say: Say
) -> None:
    """Inside the caller's unit of work, after the petitions."""
    batches = [_batch(name, plan, county) for name in _BATCHES]
    insert_children(session, Campaign, batches)
    describe(session, actor, plan.now, "campaign.register", "campaign", len(batches), REASON, ())
    planner = _LeadPlanner(plan.rng("leads"), plan, county)
    drawn = [planner.assignment(row) for row in _cases(session)[:_MOST_LED]]
    columns = numbered(session, units, RecordKind.LEAD_ASSIGNMENT, "proposed_on", [row for row, _ in drawn])
    ids = insert_found_again(session, LeadAssignment, columns)
    steps = [step | {"assignment_id": id_} for id_, (_, own) in zip(ids, drawn, strict=True) for step in own]
    insert_children(session, LeadStep, steps)
    said = ("lead_assignment.propose", "lead_assignment")
    describe(session, actor, plan.now, *said, len(ids), REASON, ("lead_step",))
    say(f"交办批次 {len(batches)} 个，领导包案 {len(ids)} 件")


def _batch(name: str, plan: Plan, county: County) -> dict[str, Any]:
    level, source, number, ago, given = _BATCHES[name]
    received = plan.today - timedelta(days=ago)
    return {
        "uid": new_uid(), "unit_id": county.bureau.id, "name": name, "source_level": level.value, "source": source,
        "document_number": number, "received_on": received, "due_on": received + timedelta(days=given), "notes": "",
        "registered_at": plan.now, "registered_by_id": county.bureau.clerks[0][0],
    }  # fmt: skip


def _cases(session: Session) -> list[Any]:
    """Those of the batches that a leader may answer for, the latest first."""
    p = Petition
    statement = (
        select(p.id, p.responsible_unit_id, p.dispatched_on, p.concluded_on, p.resolution)
        .where(
            p.campaign.is_not(None), p.responsible_unit_id.is_not(None), p.dispatched_on.is_not(None),
            p.sealed.is_(False), p.stage != Stage.CLOSED.value, p.purpose != Purpose.ACCUSATION.value, p.accused_person_id.is_(None),
        )
        .order_by(p.dispatched_on.desc(), p.id)
    )  # fmt: skip
    return list(session.execute(statement))


class _LeadPlanner:
    """Proposed some days after the matter was assigned, approved the next; what is concluded was accepted and closed."""

    def __init__(self, rng: random.Random, plan: Plan, county: County) -> None:
        self._rng, self._today, self._now, self._county = rng, plan.today, plan.now, county

    def assignment(self, case: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        rng, today = self._rng, self._today
        leader = rng.choice(self._county.root.heads)
        responsible = next(o for o in self._county.by_code.values() if o.id == case.responsible_unit_id)
        proposed = min(case.dispatched_on + timedelta(days=rng.randint(1, 6)), today)
        approved = (
            min(proposed + timedelta(days=1), today) if rng.random() < 0.8 or case.concluded_on else None
        )
        state = self._state(case, approved)
        person = responsible.heads[0][1:] if responsible.heads else (responsible.clerks[0][1], "科室负责人")
        row = {
            "uid": new_uid(), "petition_id": case.id, "unit_id": self._county.bureau.id, "proposed_on": proposed,
            "leader_id": leader[0], "leader_name": leader[1], "leader_post": leader[2],
            "responsible_unit_id": responsible.id, "responsible_person": "，".join(person)[:60],
            "team": f"{responsible.label}、县司法局、县信访局", "measures": rng.choice(_PLANS),
            "due_on": proposed + timedelta(days=rng.choice((60, 90))), "state": state.value, "assigned_on": approved,
            "registered_at": self._typed(proposed), "registered_by_id": self._clerk,
            **self._ended(case, state),
        }  # fmt: skip
        return row, self._steps(row, responsible)

    def _state(self, case: Any, approved: date | None) -> LeadState:
        if approved is None:
            return LeadState.PROPOSED
        if case.concluded_on is None:
            return LeadState.WORKING
        return LeadState.CLOSED if self._rng.random() < 0.8 else LeadState.SUBMITTED

    def _ended(self, case: Any, state: LeadState) -> dict[str, Any]:
        ended = state in (LeadState.SUBMITTED, LeadState.CLOSED)
        closed = state is LeadState.CLOSED
        result = LeadResult.RESOLVED if case.resolution == Resolution.RESOLVED.value else LeadResult.PROCEDURE
        after = min(case.concluded_on + timedelta(days=3), self._today) if ended else None
        return {
            "result": result.value if ended else None,
            "result_text": _RESULTS[result] if ended else "",
            "concluded_on": case.concluded_on if ended else None,
            "accepted_on": after if closed else None,
            "accepted_by_id": self._clerk if closed else None,
            "acceptance_text": "现场核实，情况属实，同意验收。" if closed else "",
            "closed_on": after if closed else None,
        }

    def _steps(self, row: dict[str, Any], responsible: Any) -> list[dict[str, Any]]:
        bureau = self._county.bureau.id
        steps = [self._step(LeadVerb.PROPOSE, row["proposed_on"], bureau, "久拖未决，需领导牵头协调。")]
        if row["assigned_on"] is None:
            return steps
        steps.append(self._step(LeadVerb.ASSIGN, row["assigned_on"], bureau, ""))
        last = row["concluded_on"] or self._today
        day, place = row["assigned_on"] + timedelta(days=self._rng.randint(2, 9)), 0
        while day <= last and place < len(_PROGRESS):
            steps.append(self._step(LeadVerb.PROGRESS, day, responsible.id, _PROGRESS[place]))
            if place == 1:
                steps.append(self._step(LeadVerb.MEET, day, responsible.id, self._rng.choice(_MEETINGS)))
            if place == 2 and self._rng.random() < 0.5:
                steps.append(
                    self._step(LeadVerb.INSTRUCT, day, self._county.root.id, _INSTRUCTION, row["leader_id"])
                )
            day, place = day + timedelta(days=self._rng.randint(6, 16)), place + 1
        return steps + self._ending(row, responsible)

    def _ending(self, row: dict[str, Any], responsible: Any) -> list[dict[str, Any]]:
        if row["concluded_on"] is None:
            return []
        found = [self._step(LeadVerb.SUBMIT, row["concluded_on"], responsible.id, row["result_text"])]
        if row["closed_on"]:
            bureau = self._county.bureau.id
            found.append(self._step(LeadVerb.ACCEPT, row["accepted_on"], bureau, row["acceptance_text"]))
            found.append(
                self._step(LeadVerb.CLOSE, row["closed_on"], bureau, "协议、履行凭证原件存县信访局档案柜。")
            )
        return found

    def _step(
        self, verb: LeadVerb, on: date, unit_id: int, text: str, person: int | None = None
    ) -> dict[str, Any]:
        return {
            "verb": verb.value, "happened_on": on, "recorded_at": self._typed(on), "recorded_by_id": person,
            "unit_id": unit_id, "text": text, "before": "{}", "undo_reason": "",
        }  # fmt: skip

    def _typed(self, day: date) -> datetime:
        return typed_at(self._rng, day, time(16, 0), self._now)

    @property
    def _clerk(self) -> int:
        return self._county.bureau.clerks[0][0]
