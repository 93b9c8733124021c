"""包案 and 积案化解: the batches that the petitions bear, the lead assignments of the one that is over, those that run."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.bulk_registers import describe, insert_children, insert_found_again, numbered
from commands.demonstration.batches import BATCHES, PAST, Batch
from commands.demonstration.lead_stories import fill_running_leads, person_of
from commands.demonstration.lead_texts import (
    ACCEPTED,
    EVIDENCE,
    INSTRUCTION,
    MEETINGS,
    PLANS,
    PROGRESS,
    RESULTS,
    WHY,
)
from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import REASON, Plan, Say
from models.base import new_uid
from models.lead_assignment import Campaign, LeadAssignment, LeadStep
from models.organisation import Unit
from models.petition import Petition
from rules.lead_states import LeadResult, LeadState, LeadVerb
from rules.numbering import RecordKind
from rules.petition_states import Stage
from rules.petition_words import Resolution
from rules.roles import Actor
from rules.taxonomy import Purpose

_MOST_LED = 24
Row = dict[str, Any]


def fill_leads(
    session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit], say: Say
) -> None:
    """Inside the caller's unit of work, after the petitions."""
    insert_children(session, Campaign, [_batch(batch, plan, county) for batch in BATCHES])
    describe(session, actor, plan.now, "campaign.register", "campaign", len(BATCHES), REASON, ())
    planner = _PastLeads(plan.rng("leads"), plan, county)
    drawn = [planner.assignment(row) for row in _past_cases(session, county)[:_MOST_LED]]
    drawn.sort(key=lambda one: one[0]["proposed_on"])
    columns = numbered(session, units, RecordKind.LEAD_ASSIGNMENT, "proposed_on", [row for row, _ in drawn])
    ids = insert_found_again(session, LeadAssignment, columns)
    steps = [step | {"assignment_id": id_} for id_, (_, own) in zip(ids, drawn, strict=True) for step in own]
    insert_children(session, LeadStep, steps)
    said = ("lead_assignment.propose", "lead_assignment")
    describe(session, actor, plan.now, *said, len(ids), REASON, ("lead_step",))
    running = fill_running_leads(session, plan, county)
    say(f"交办批次 {len(BATCHES)} 个，领导包案 {len(ids) + running} 件")


def _batch(batch: Batch, plan: Plan, county: County) -> Row:
    return {
        "uid": new_uid(), "unit_id": county.bureau.id, "name": batch.name, "source_level": batch.level.value,
        "source": batch.source, "document_number": batch.document_number, "received_on": batch.received_on(plan.today),
        "due_on": batch.due_on(plan.today), "notes": "", "registered_at": plan.now,
        "registered_by_id": county.bureau.clerks[0][0],
    }  # fmt: skip


def _past_cases(session: Session, county: County) -> list[Any]:
    """Concluded ones of the batch that is over, which a leader may answer for, the latest first."""
    p = Petition
    statement = (
        select(p.id, p.responsible_unit_id, p.dispatched_on, p.concluded_on, p.resolution)
        .where(
            *(
                p.campaign == PAST.name,
                p.responsible_unit_id != county.bureau.id,
                p.concluded_on.is_not(None),
            ),
            *(p.sealed.is_(False), p.stage != Stage.CLOSED.value, p.purpose != Purpose.ACCUSATION.value),
            p.accused_person_id.is_(None),
        )
        .order_by(p.dispatched_on.desc(), p.id)
    )
    return list(session.execute(statement))


class _PastLeads:
    """Each proposed after the batch had come, approved the next day, reported on, accepted and struck off."""

    def __init__(self, rng: random.Random, plan: Plan, county: County) -> None:
        self._rng, self._now, self._county = rng, plan.now, county
        self._came_on = PAST.received_on(plan.today)

    def assignment(self, case: Any) -> tuple[Row, list[Row]]:
        rng = self._rng
        leader = rng.choice(self._county.root.heads)
        responsible = next(o for o in self._county.by_code.values() if o.id == case.responsible_unit_id)
        proposed = max(self._came_on, case.dispatched_on) + timedelta(days=rng.randint(2, 20))
        approved, reports = proposed + timedelta(days=1), self._report_days(proposed)
        done = max(reports[-1] + timedelta(days=rng.randint(2, 6)), case.concluded_on)
        ended = done + timedelta(days=3)
        resolved = case.resolution == Resolution.RESOLVED.value
        result = LeadResult.RESOLVED if resolved else rng.choice((LeadResult.PARTLY, LeadResult.PROCEDURE))
        row = {
            "uid": new_uid(), "petition_id": case.id, "unit_id": self._county.bureau.id, "proposed_on": proposed,
            "leader_id": leader[0], "leader_name": leader[1], "leader_post": leader[2],
            "responsible_unit_id": responsible.id, "responsible_person": person_of(responsible),
            "team": f"{responsible.label}、县司法局、县信访局", "measures": rng.choice(PLANS),
            "due_on": max(proposed, case.concluded_on) + timedelta(days=rng.choice((60, 90))),
            "state": LeadState.CLOSED.value, "assigned_on": approved, "result": result.value,
            "result_text": RESULTS[result], "concluded_on": done, "accepted_on": ended, "accepted_by_id": self._clerk,
            "acceptance_text": ACCEPTED, "closed_on": ended, "registered_at": self._typed(proposed),
            "registered_by_id": self._clerk,
        }  # fmt: skip
        return row, self._steps(row, responsible, reports)

    def _report_days(self, proposed: date) -> list[date]:
        days = [proposed + timedelta(days=1 + self._rng.randint(3, 7))]
        while len(days) < len(PROGRESS):
            days.append(days[-1] + timedelta(days=self._rng.randint(5, 9)))
        return days[: self._rng.randint(3, len(PROGRESS))]

    def _steps(self, row: Row, responsible: Office, reports: list[date]) -> list[Row]:
        bureau, unit = (self._county.bureau.id, self._clerk), (responsible.id, _reporter(responsible))
        leader = (self._county.root.id, row["leader_id"])
        found = [
            (LeadVerb.PROPOSE, row["proposed_on"], bureau, WHY),
            (LeadVerb.ASSIGN, row["assigned_on"], (bureau[0], None), ""),
        ]
        for place, day in enumerate(reports):
            found.append((LeadVerb.PROGRESS, day, unit, PROGRESS[place]))
            if place == 1:
                found.append((LeadVerb.MEET, day, unit, self._rng.choice(MEETINGS)))
                found.append((LeadVerb.INSTRUCT, day, leader, INSTRUCTION))
        found += [
            (LeadVerb.SUBMIT, row["concluded_on"], unit, row["result_text"]),
            (LeadVerb.ACCEPT, row["accepted_on"], bureau, row["acceptance_text"]),
            (LeadVerb.CLOSE, row["closed_on"], bureau, EVIDENCE),
        ]
        return [self._step(*one) for one in found]

    def _step(self, verb: LeadVerb, on: date, who: tuple[int, int | None], text: str) -> Row:
        return {
            "verb": verb.value, "happened_on": on, "recorded_at": self._typed(on), "recorded_by_id": who[1],
            "unit_id": who[0], "text": text, "before": "{}", "undo_reason": "",
        }  # fmt: skip

    def _typed(self, day: date) -> datetime:
        return typed_at(self._rng, day, time(16, 0), self._now)

    @property
    def _clerk(self) -> int:
        return self._county.bureau.clerks[0][0]


def _reporter(office: Office) -> int | None:
    return office.clerks[0][0] if office.clerks else None
