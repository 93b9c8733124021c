"""A sheet adds to a petition that is here already: its columns, a line for each dated fact, its clocks, one audit entry.

Callers have compared the row (`rules.petition_sheet_update`) and asked who may (`actions.imports.petition_updates`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from actions import audit
from actions.bulk_petitions import KnownTerms
from actions.petition_deadlines import settle_deadlines
from actions.petitions.steps import plain_values, restore
from models.audit_entry import RecordVersion
from models.petition import Petition, PetitionStep, PetitionUnit
from models.petition_update import PetitionUpdate
from queries.petition_standing import Surroundings, surroundings_of_many
from queries.sheet_facts import sheet_facts_of
from queries.terms import terms_of
from rules.calendar_effects import Terms
from rules.errors import RuleViolation
from rules.petition_history import history_of
from rules.petition_sheet_update import LaterStep, later_steps, stage_after
from rules.petition_states import Stage, Verb
from rules.petition_words import Conclusion, UnitPart
from rules.roles import Actor

OVERTAKEN = "检查之后，{number} 又被办理或修改过。没有导入任何一行，请重新上传检查。"


@dataclass(frozen=True)
class Told:
    """What a row adds to one petition, as it stood in `version`."""

    petition_id: int
    version: int
    changes: Mapping[str, Any]


def update_petitions(
    session: Session, *, actor: Actor, now: datetime, today: date, batch_id: int, told: Sequence[Told]
) -> None:
    """All of them, or none. Raises RuleViolation where one has been changed since it was compared."""
    terms = KnownTerms(terms_of(session))
    around = surroundings_of_many(session, [one.petition_id for one in told])
    for one in told:
        petition = session.get_one(Petition, one.petition_id)
        if petition.version != one.version or petition.is_void:
            raise RuleViolation(OVERTAKEN.format(number=petition.number))
        writing = _Update(session, actor, now, today, batch_id, petition, around[petition.id])
        writing.write(dict(one.changes), terms)


@dataclass
class _Update:
    session: Session
    actor: Actor
    now: datetime
    today: date
    batch_id: int
    petition: Petition
    around: Surroundings

    def write(self, changes: dict[str, Any], terms: Terms) -> None:
        petition, stage = self.petition, Stage(self.petition.stage)
        facts = sheet_facts_of(petition, changes)
        conclusion = changes.get("conclusion") or petition.conclusion
        history = history_of(facts, Conclusion(conclusion) if conclusion else None)
        lines = list(later_steps(history, changes, stage))
        unit_id = facts.responsible_unit_id
        if set(changes) & _OF_HANDLING:
            changes["stage"] = stage_after(stage, facts).value
        before = {
            name: getattr(petition, name) for name in changes if getattr(petition, name) != changes[name]
        }
        steps = [*self._lines(lines, unit_id), *self._other_lines(changes, lines)]
        for name in before:
            setattr(petition, name, changes[name])
        petition.version += 1
        self._give_part(changes)
        self.session.flush()
        self.session.expire(petition, ["responsible_unit", "parts"])
        self.around.steps.extend(steps)
        settle_deadlines(self.session, petition, self.today, self.around, terms)
        self._note(before, steps)

    def _lines(self, lines: list[LaterStep], unit_id: int | None) -> list[PetitionStep]:
        stage, found = self.petition.stage, []
        for line in lines:
            before = {name: getattr(self.petition, name) for name in line.columns}
            if line.stage != stage:
                before["stage"] = stage
            past = line.past
            step = self._step(past.verb, past.happened_on, stage, before, past.outcome, past.days)
            if past.to_unit:
                step.to_unit_id = unit_id
            if past.verb is Verb.DECIDE_EXTENSION:
                self._answer(step)
            found.append(step)
            stage = line.stage.value
        return found

    def _other_lines(self, changes: Mapping[str, Any], lines: list[LaterStep]) -> list[PetitionStep]:
        """A rating and a 化解 bear no day in a sheet: they are told of on the day on which it says so."""
        told = {name for line in lines for name in line.columns}
        found = []
        stage = lines[-1].stage.value if lines else self.petition.stage
        if rated := {name: getattr(self.petition, name) for name in _RATINGS if name in changes}:
            found.append(self._step(Verb.RATE, self.today, stage, rated))
        if "resolution" in changes and "resolution" not in told:
            before = {"resolution": self.petition.resolution}
            found.append(self._step(Verb.RESOLVE, self.today, stage, before, changes["resolution"]))
        return found

    def _step(
        self,
        verb: Verb,
        on: date,
        stage: str,
        before: Mapping[str, Any],
        outcome: str = "",
        days: int | None = None,
    ) -> PetitionStep:
        step = PetitionStep(
            petition_id=self.petition.id,
            verb=verb.value,
            happened_on=on,
            recorded_at=self.now,
            recorded_by_id=self.actor.person_id,
            unit_id=self.actor.unit_id,
            from_stage=stage,
            outcome=outcome,
            text=f"表格导入第 {self.batch_id} 批",
            days=days,
            before=json.dumps(plain_values(before)),
        )
        self.session.add(step)
        self.session.flush()
        return step

    def _answer(self, step: PetitionStep) -> None:
        asked = next((s for s in self.around.waiting if s.waits_for == Verb.DECIDE_EXTENSION), None)
        if asked is not None:
            asked.waits_for, step.answers_id = None, asked.id

    def _give_part(self, changes: Mapping[str, Any]) -> None:
        if "responsible_unit_id" in changes:
            since = self.petition.dispatched_on or self.petition.unit_received_on or self.today
            unit_id, part = changes["responsible_unit_id"], UnitPart.RESPONSIBLE.value
            self.session.add(
                PetitionUnit(petition_id=self.petition.id, unit_id=unit_id, part=part, since=since)
            )

    def _note(self, before: Mapping[str, Any], steps: list[PetitionStep]) -> None:
        entry = audit.record(
            self.session,
            actor=self.actor,
            now=self.now,
            action="petition.update-by-import",
            subject=self.petition,
            label=self.petition.number,
            before=plain_values(before),
            after=plain_values({name: getattr(self.petition, name) for name in before}),
            reason=f"导入第 {self.batch_id} 批",
        )
        self.session.add(
            PetitionUpdate(
                import_batch_id=self.batch_id,
                petition_id=self.petition.id,
                audit_entry_id=entry.id,
                before=json.dumps(plain_values(before)),
                steps=json.dumps([step.id for step in steps]),
            )
        )
        self.session.flush()


_RATINGS = ("bureau_rating", "unit_rating")
_OF_HANDLING = frozenset(
    {
        *("dispatch_kind", "dispatched_on", "responsible_unit_id", "unit_received_on"),
        *("notified_on", "acceptance", "concluded_on"),
    }
)
"""Facts by which a petition stands where it stands."""


def worked_on_since(batch_id: int) -> Any:
    """Statement: numbers of the petitions that the batch added to, about which something was written since."""
    later = exists().where(
        RecordVersion.subject_type == "petition",
        RecordVersion.subject_id == PetitionUpdate.petition_id,
        RecordVersion.audit_entry_id > PetitionUpdate.audit_entry_id,
    )
    return (
        select(Petition.number)
        .join(PetitionUpdate, PetitionUpdate.petition_id == Petition.id)
        .where(PetitionUpdate.import_batch_id == batch_id, later)
    )


def take_back_updates(
    session: Session, *, actor: Actor, now: datetime, today: date, batch_id: int, reason: str
) -> int:
    """Everything that the batch added goes again; its lines stay and say so. Returns of how many petitions. The caller
    has asked `worked_on_since`."""
    rows = list(session.scalars(select(PetitionUpdate).filter_by(import_batch_id=batch_id)))
    for row in rows:
        _take_back(session, actor, now, today, row, f"撤销导入：{reason}"[:200])
    return len(rows)


def _take_back(
    session: Session, actor: Actor, now: datetime, today: date, row: PetitionUpdate, reason: str
) -> None:
    petition = row.petition
    before = json.loads(row.before)
    was = restore(petition, before)
    for step_id in json.loads(row.steps):
        step = session.get_one(PetitionStep, step_id)
        step.undone_at, step.undone_by_id, step.undo_reason = now, actor.person_id, reason
        if step.answers_id:
            session.get_one(PetitionStep, step.answers_id).waits_for = Verb.DECIDE_EXTENSION.value
    if "responsible_unit_id" in before:
        for part in petition.parts:
            if part.part == UnitPart.RESPONSIBLE and part.until is None:
                part.until = part.since
    petition.version += 1
    session.flush()
    session.expire(petition, ["responsible_unit"])
    settle_deadlines(session, petition, today)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.undo",
        subject=petition,
        label=petition.number,
        reason=reason,
        before=was,
        after=before,
    )
