"""交办批次 of the demonstration: one long over, one that runs, and which petitions they hold."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from rules.petition_stage_of import SheetFacts
from rules.petition_words import Acceptance, DispatchKind, Resolution, SourceLevel


@dataclass(frozen=True)
class Batch:
    """A batch holds petitions that were registered before it came; `ago` and `given` are days."""

    name: str
    level: SourceLevel
    source: str
    document_number: str
    ago: int
    given: int

    def received_on(self, today: date) -> date:
        return today - timedelta(days=self.ago)

    def due_on(self, today: date) -> date:
        return self.received_on(today) + timedelta(days=self.given)


PAST = Batch(
    "重复信访治理第三批",
    SourceLevel.PROVINCE,
    "省信访工作联席会议办公室",
    "信联办〔2025〕3号",
    ago=420,
    given=240,
)
RUNNING = Batch(
    "信访积案化解百日攻坚",
    SourceLevel.CITY,
    "市信访工作联席会议办公室",
    "信联办〔2026〕11号",
    ago=62,
    given=100,
)
BATCHES = (PAST, RUNNING)
_REMEMBERED, _AT_HAND = 300, 100
"""How many days back the running batch reaches; how long what was concluded is not yet archived."""


def batch_of(rng: random.Random, facts: SheetFacts, resolution: Resolution | None, today: date) -> str | None:
    """The name of the batch of a petition: of what was assigned some, of what is at hand and unsettled most."""
    day, assigned = facts.registered_on, facts.dispatch_kind is DispatchKind.ASSIGN
    if facts.dispatched_on is None:
        return None
    if day < PAST.received_on(today):
        return PAST.name if assigned and rng.random() < 0.3 else None
    came = RUNNING.received_on(today)
    if facts.dispatched_on >= came or day < today - timedelta(days=_REMEMBERED):
        return None
    unsettled = facts.acceptance is Acceptance.ACCEPTED and resolution is not Resolution.RESOLVED
    recent = facts.concluded_on is None or facts.concluded_on > today - timedelta(days=_AT_HAND)
    chance = (0.9 if recent else 0.2) if unsettled else 0.15 if assigned else 0.0
    return RUNNING.name if rng.random() < chance else None
