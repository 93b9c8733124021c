"""What the dated facts of a sheet's row must satisfy among themselves. Pure: refusals out, each with its field.

Only the order that the law itself gives is asked for (信访工作条例 art. 22, 23, 34, 35): a matter is registered, sent on,
received, told of, concluded. A unit may have received what it registers itself before it registers it; a reply may be
served before or after the day of 办结. How it was handled is told, not judged: an old register may hold a request that was
handled as 其他, and a row that is refused would keep ten years out.
"""

from collections.abc import Iterator
from datetime import date

from rules.errors import RuleViolation
from rules.petition_rules import MOST_EXTENSION
from rules.petition_stage_of import SheetFacts
from rules.petition_words import Acceptance

WORDS = {
    "registered_on": "登记日期",
    "dispatched_on": "转送交办日期",
    "unit_received_on": "单位收到日期",
    "notified_on": "告知日期",
    "extension_approved_on": "延期批准日期",
    "concluded_on": "办结日期",
    "served_on": "答复送达日期",
}
_AFTER = {
    "dispatched_on": ("registered_on",),
    "unit_received_on": ("dispatched_on",),
    "notified_on": ("unit_received_on", "dispatched_on", "registered_on"),
    "extension_approved_on": ("notified_on",),
    "concluded_on": ("notified_on", "unit_received_on", "dispatched_on", "registered_on"),
    "served_on": ("notified_on", "unit_received_on", "dispatched_on", "registered_on"),
}
"""Field → those that it may not lie before: the first of them that is filled in."""


def check_sheet_facts(facts: SheetFacts, today: date) -> list[RuleViolation]:
    return [*_days(facts, today), *_results(facts), *_extension(facts)]


def _days(facts: SheetFacts, today: date) -> Iterator[RuleViolation]:
    for field, earlier in _AFTER.items():
        day = getattr(facts, field)
        if day is None:
            continue
        if day > today:
            yield RuleViolation(f"{WORDS[field]} {day} 晚于今天 {today}。", field)
        before = next((name for name in earlier if getattr(facts, name) is not None), None)
        if before is not None and day < getattr(facts, before):
            yield RuleViolation(f"{WORDS[field]} {day} 早于{WORDS[before]} {getattr(facts, before)}。", field)


def _results(facts: SheetFacts) -> Iterator[RuleViolation]:
    if facts.acceptance is not None and facts.notified_on is None:
        yield RuleViolation("填了告知结果，请填写告知日期。", "notified_on")
    if facts.handling_class is not None and facts.acceptance is not Acceptance.ACCEPTED:
        yield RuleViolation("告知结果是“受理”的，才填办理类别。", "handling_class")


def _extension(facts: SheetFacts) -> Iterator[RuleViolation]:
    if facts.extension_days > MOST_EXTENSION:
        yield RuleViolation(
            f"延期最多 {MOST_EXTENSION} 日（《信访工作条例》第三十四条），填的是 {facts.extension_days}。",
            "extension_days",
        )
    if facts.extension_approved_on is not None and not facts.extension_days:
        yield RuleViolation("填了延期批准日期，请填写延期天数。", "extension_days")
