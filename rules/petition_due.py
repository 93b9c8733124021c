"""The due dates that the figures count by: calendar days, the first not counted, never moved by a day off.

They stand on the petition's own row. `rules.time_limits` gives the dates that people work by, with their legal reasons;
these are the ones that rates are made of, so no setting and no calendar may move them.
"""

from datetime import date, timedelta

from rules.petition_words import Acceptance, HandlingClass

DISPATCH_DAYS = 15
NOTICE_DAYS = 15
REGISTERED_TO_NOTICE_DAYS = 30
"""系统口径: 15 days of the 信访部门 and 15 of the unit, both from 登记."""
REPLY_DAYS = 60


def dispatch_due(registered_on: date) -> date:
    """信访部门 must have sent it on by this day (信访工作条例第二十二条, counted from 登记)."""
    return registered_on + timedelta(days=DISPATCH_DAYS)


def notice_due(unit_received_on: date | None) -> date | None:
    """The unit must have told the petitioner by this day (第二十三条); None before it has received anything."""
    return None if unit_received_on is None else unit_received_on + timedelta(days=NOTICE_DAYS)


def registered_notice_due(registered_on: date) -> date:
    """The same duty as the provincial system counts it: from 登记."""
    return registered_on + timedelta(days=REGISTERED_TO_NOTICE_DAYS)


def reply_due(
    acceptance: Acceptance | None,
    handling_class: HandlingClass | None,
    notified_on: date | None,
    extension_days: int = 0,
    extension_approved_on: date | None = None,
) -> date | None:
    """限办截止 (第三十四条): None where no 60 days run. An extension counts only if it was approved before the day on
    which the 60 days end; on that day it is too late."""
    if (
        acceptance is not Acceptance.ACCEPTED
        or handling_class is not HandlingClass.PETITION
        or notified_on is None
    ):
        return None
    first = notified_on + timedelta(days=REPLY_DAYS)
    in_time = extension_approved_on is not None and extension_approved_on < first
    return first + timedelta(days=extension_days) if in_time else first
