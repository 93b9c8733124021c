"""Where a petition stands by its facts alone: what an import knows of it is dates and results, not how it went.

What was told ends or begins the handling (信访工作条例 art. 23, 31); what was concluded is concluded, whatever is missing
before it in an old register.
"""

from dataclasses import dataclass
from datetime import date

from rules.petition_due import dispatch_due, notice_due, reply_due
from rules.petition_states import Stage
from rules.petition_words import Acceptance, DispatchKind, HandlingClass


@dataclass(frozen=True)
class SheetFacts:
    """The dated facts of one row of the sheet `petitions`; None where the cell is empty."""

    registered_on: date
    dispatch_kind: DispatchKind | None = None
    dispatched_on: date | None = None
    responsible_unit_id: int | None = None
    unit_received_on: date | None = None
    notified_on: date | None = None
    acceptance: Acceptance | None = None
    handling_class: HandlingClass | None = None
    extension_days: int = 0
    extension_approved_on: date | None = None
    concluded_on: date | None = None
    served_on: date | None = None

    @property
    def is_direct(self) -> bool:
        return self.dispatch_kind is DispatchKind.DIRECT

    @property
    def due_dates(self) -> dict[str, date | None]:
        """The columns of a petition that figures count by (`rules.petition_due`)."""
        return {
            "dispatch_due_on": dispatch_due(self.registered_on),
            "notice_due_on": notice_due(self.unit_received_on),
            "reply_due_on": reply_due(
                self.acceptance,
                self.handling_class,
                self.notified_on,
                self.extension_days,
                self.extension_approved_on,
            ),
        }


def stays_where_registered(facts: SheetFacts, unit_id: int, by_bureau: bool) -> bool:
    """A unit that is no 信访部门 and sends nothing on handles what it registers itself (第二十三条第二款): in a sheet that
    leaves 办理方式 empty, it has taken it directly. What is at an end stays as the old register has it."""
    sent = facts.dispatch_kind is not None or facts.dispatched_on is not None
    elsewhere = facts.responsible_unit_id not in (None, unit_id)
    ended = stage_of(facts) in (Stage.CLOSED, Stage.CONCLUDED)
    return not (by_bureau or sent or elsewhere or ended)


def stage_of(facts: SheetFacts) -> Stage:
    """A notice without a result leaves it to be told anew: nobody knows whether the matter was taken on."""
    if facts.acceptance in (Acceptance.REFUSED, Acceptance.NO_LONGER):
        return Stage.CLOSED
    if facts.concluded_on is not None:
        return Stage.CONCLUDED
    if facts.acceptance is Acceptance.ACCEPTED:
        return Stage.HANDLING
    if facts.unit_received_on is not None or facts.notified_on is not None or facts.is_direct:
        return Stage.RECEIVED
    if facts.dispatched_on is not None or facts.responsible_unit_id is not None:
        return Stage.SENT
    return Stage.PENDING
