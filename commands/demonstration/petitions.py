"""信访事项 of two years: most are handled well and in time, some late, some still on their way."""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from actions.bulk_petitions import PetitionRow
from commands.demonstration.batches import batch_of
from commands.demonstration.matters import Matter, MatterSource
from commands.demonstration.moments import office_time, typed_at
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import Plan
from commands.demonstration.seasons import days
from rules.petition_stage_of import SheetFacts, stage_of
from rules.petition_states import Stage
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
    fits,
)
from rules.taxonomy import Purpose

_CHANNELS = (Channel.LETTER, Channel.VISIT, Channel.ONLINE, Channel.TELEPHONE)
_LEVELS = (
    SourceLevel.COUNTY,
    SourceLevel.CITY,
    SourceLevel.PROVINCE,
    SourceLevel.NATIONAL,
    SourceLevel.TOWNSHIP,
)
_LATE = 0.06
"""How often an office misses a day."""


class PetitionPlanner:
    """Draws petitions in the order of their days; nothing of them lies after today."""

    def __init__(self, rng: random.Random, county: County, categories: Mapping[str, int], plan: Plan) -> None:
        self._rng, self._county, self._categories = rng, county, categories
        self._matters = MatterSource(rng, county)
        self._today, self._now, self._first = plan.today, plan.now, plan.first_day
        self._count, self._batches = plan.size.petitions, plan.rng("batches")

    def rows(self) -> list[PetitionRow]:
        every = [day for day in days(self._first, self._today) if day.weekday() < 5]
        drawn = sorted(self._rng.choices(every, k=self._count)) if every else []
        return [self._row(day) for day in drawn]

    def _row(self, day: date) -> PetitionRow:
        matter, again = self._matters.come(day)
        by_bureau = self._rng.random() < 0.8 or matter.template.purpose is Purpose.ACCUSATION
        unit = self._county.bureau if by_bureau else matter.township
        clerk = self._rng.choice(unit.clerks)
        facts = self._facts(day, matter, unit)
        values = self._values(day, matter, again, unit, clerk[0], facts)
        return PetitionRow(values, facts, by_bureau, [vars(c) for c in matter.contacts])

    def _facts(self, day: date, matter: Matter, unit: Office) -> SheetFacts:
        """What was done so far: each act some days after the one before it, as long as that has come."""
        rng, responsible = self._rng, self._responsible(matter)
        if unit is self._county.bureau:
            sent = self._later(day, 2, 9, 15)
            received = self._later(sent, 0, 3, 3)
            kind = DispatchKind.ASSIGN if rng.random() < 0.25 else DispatchKind.FORWARD
        else:
            sent, received, kind, responsible = None, day, DispatchKind.DIRECT, unit
        known = (sent if kind is not DispatchKind.DIRECT else received) is not None
        told = self._later(received, 4, 12, 15)
        refused = told is not None and rng.random() < 0.08
        handled_as = HandlingClass.PETITION if rng.random() < 0.7 else rng.choice(list(HandlingClass)[1:])
        if not fits(matter.template.purpose, handled_as):
            handled_as = next(c for c in HandlingClass if fits(matter.template.purpose, c))
        extended = handled_as is HandlingClass.PETITION and rng.random() < 0.08
        done = None if refused else self._later(told, 20, 52, 60 + 30 * extended)
        is_petition = done is not None and handled_as is HandlingClass.PETITION
        return SheetFacts(
            registered_on=day,
            dispatch_kind=kind if known else None,
            dispatched_on=sent,
            responsible_unit_id=responsible.id if known else None,
            unit_received_on=received,
            notified_on=told,
            acceptance=(Acceptance.REFUSED if refused else Acceptance.ACCEPTED) if told else None,
            handling_class=handled_as if told and not refused else None,
            extension_days=30 if extended and done else 0,
            extension_approved_on=told + timedelta(days=50) if extended and done and told else None,
            concluded_on=done,
            served_on=done if is_petition else None,
        )

    def _later(self, day: date | None, least: int, most: int, limit: int) -> date | None:
        """A day after `day`, now and then beyond the limit; None where it has not come yet."""
        if day is None:
            return None
        late = self._rng.random() < _LATE
        found = day + timedelta(
            days=limit + self._rng.randint(1, 12) if late else self._rng.randint(least, most)
        )
        return found if found <= self._today else None

    def _responsible(self, matter: Matter) -> Office:
        department = self._county.departments.get(matter.template.department, matter.township)
        chosen = department if self._rng.random() < 0.5 else matter.township
        if matter.accused_unit is not None and chosen.id == matter.accused_unit.id:
            return self._county.bureau
        return chosen

    def _values(
        self, day: date, matter: Matter, again: bool, unit: Office, clerk_id: int, facts: SheetFacts
    ) -> dict[str, Any]:
        rng, purpose = self._rng, matter.template.purpose
        persons = rng.randint(5, 12) if matter.is_group else max(1, len(matter.contacts))
        done = facts.concluded_on is not None
        resolution = (Resolution.RESOLVED if rng.random() < 0.8 else Resolution.UNRESOLVED) if done else None
        content = self._matters.told(matter, persons, again)
        return {
            "unit_id": unit.id,
            "registered_on": day,
            "received_on": day,
            "channel": rng.choices(_CHANNELS, (45, 25, 22, 8))[0].value,
            "source_level": rng.choices(_LEVELS, (62, 12, 12, 8, 6))[0].value,
            "persons": persons,
            "representatives": min(persons, 5),
            "item_kind": (ItemKind.REPEAT if again else ItemKind.FIRST).value,
            "title": f"反映{matter.statement.split('，')[0][:56]}",
            "request": f"{matter.demand}。",
            "content": content,
            "category_id": self._categories[matter.template.category],
            "purpose": purpose.value,
            "location_unit_id": matter.village.id,
            "accused_unit_id": matter.accused_unit.id if matter.accused_unit else None,
            "accused_text": matter.accused_text,
            "included": rng.random() < 0.95,
            "judicial": rng.random() < 0.04,
            "confidential": matter.confidential,
            "sealed": purpose is Purpose.ACCUSATION,
            "anonymous": False,
            "registered_at": self._typed(day),
            "registered_by_id": clerk_id,
            "handler_id": None,
            "campaign": batch_of(self._batches, facts, resolution, self._today),
            **self._filed(facts),
            "dispatch_kind": facts.dispatch_kind.value if facts.dispatch_kind else None,
            "dispatched_on": facts.dispatched_on,
            "responsible_unit_id": facts.responsible_unit_id,
            "unit_received_on": facts.unit_received_on,
            "notified_on": facts.notified_on,
            "acceptance": facts.acceptance.value if facts.acceptance else None,
            "handling_class": facts.handling_class.value if facts.handling_class else None,
            "extension_days": facts.extension_days,
            "extension_approved_on": facts.extension_approved_on,
            "concluded_on": facts.concluded_on,
            "served_on": facts.served_on,
            **self._replied(facts.served_on),
            "resolution": resolution.value if resolution else None,
            "bureau_rating": self._rating() if done else None,
            "unit_rating": self._rating() if done else None,
            **facts.due_dates,
        }

    def _filed(self, facts: SheetFacts) -> dict[str, Any]:
        """What was concluded a season ago stands in the archive; an assigned matter was reported when it was done."""
        done = facts.concluded_on
        filed = done is not None and done + timedelta(days=100) < self._today
        return {
            "stage": (Stage.ARCHIVED if filed else stage_of(facts)).value,
            "reported_on": done if facts.dispatch_kind is DispatchKind.ASSIGN else None,
            "archived_on": done + timedelta(days=100) if filed and done else None,
            "archive_term": ArchiveTerm.THIRTY_YEARS.value if filed else None,
        }

    def _replied(self, served: date | None) -> dict[str, Any]:
        """A supported request is carried out within a month or so."""
        conclusion = self._rng.choices(list(Conclusion), (45, 40, 15))[0] if served else None
        executed = served + timedelta(days=self._rng.randint(5, 40)) if served else None
        is_done = executed is not None and executed <= self._today and conclusion is Conclusion.SUPPORTED
        return {
            "conclusion": conclusion.value if conclusion else None,
            "executed_on": executed if is_done else None,
        }

    def _typed(self, day: date) -> datetime:
        return typed_at(self._rng, day, office_time(self._rng), self._now)

    def _rating(self) -> str:
        return self._rng.choices(list(Rating), (46, 34, 8, 12))[0].value
