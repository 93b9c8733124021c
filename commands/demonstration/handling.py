"""What becomes of a visit: outcome, responsible unit, due day, reply, completion."""

import random
from datetime import date, timedelta
from typing import Any

from commands.demonstration.matters import Matter
from commands.demonstration.offices import County, Office
from commands.demonstration.texts import expand
from commands.demonstration.vocabulary import sentences
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, Outcome, Purpose, UnitCategory

_ORDER = (Outcome.SOLVED, Outcome.EXPLAINED, Outcome.FORWARDED, Outcome.COMMITTED, Outcome.ESCALATED)
_CHANCES = {
    UnitCategory.BUREAU: (6, 27, 49, 16, 2),
    UnitCategory.DEPARTMENT: (21, 41, 4, 34, 0),
    UnitCategory.TOWNSHIP: (25, 27, 12, 31, 5),
    UnitCategory.VILLAGE: (62, 18, 0, 14, 6),
}
_COMMITTED_DAYS = (7, 10, 15, 15, 20, 30, 30, 45)
_FORWARDED_DAYS = (30, 60, 60)
_LONG_AGO = 180
_DEMANDS = {
    "completion_money": ("付", "补发", "退费", "退款", "赔偿", "兑付", "结清", "发放"),
    "completion_repair": ("整改", "修", "清淤", "疏通", "整治", "供暖", "供水"),
    "completion_papers": ("办理", "办证", "审批", "登记", "认定", "手续"),
}


def handled(
    rng: random.Random, county: County, unit: Office, matter: Matter, day: date, today: date
) -> dict[str, Any]:
    """Columns of Visit; plausible and within `rules.visit_rules`."""
    outcome = _outcome(rng, unit, matter)
    responsible = _responsible(rng, county, unit, matter, outcome)
    due = _due(rng, outcome, day)
    completed = _completed(rng, day, due, today) if due else None
    words = {"unit": responsible.label if responsible else matter.township.label}
    words["township_or_unit"] = rng.choice((words["unit"], matter.township.label))
    return {
        "outcome": outcome.value,
        "responsible_unit_id": responsible.id if responsible and outcome is not Outcome.EXPLAINED else None,
        "due_date": due,
        "completed_on": completed,
        "reply": expand(rng.choice(sentences(f"reply_{outcome.value}")), rng, words),
        "completion": _completion(rng, matter, words) if completed else "",
    }


def _completion(rng: random.Random, matter: Matter, words: dict[str, str]) -> str:
    """In words that fit the demand: money, works or papers; else something general."""
    fitting = [use for use, signs in _DEMANDS.items() if any(sign in matter.demand for sign in signs)]
    use = rng.choice(fitting) if fitting and rng.random() < 0.7 else "completion"
    return expand(rng.choice(sentences(use)), rng, words)


def _level(unit: Office) -> UnitCategory:
    if unit.category in TOWNSHIP_LEVEL:
        return UnitCategory.TOWNSHIP
    return UnitCategory.VILLAGE if unit.category in VILLAGE_LEVEL else unit.category


def _outcome(rng: random.Random, unit: Office, matter: Matter) -> Outcome:
    if matter.template.purpose is Purpose.ACCUSATION:
        return Outcome.FORWARDED
    if matter.template.purpose is Purpose.OTHER:
        return Outcome.EXPLAINED
    return rng.choices(_ORDER, _CHANCES[_level(unit)])[0]


def _responsible(
    rng: random.Random, county: County, unit: Office, matter: Matter, outcome: Outcome
) -> Office | None:
    named = county.departments.get(matter.template.department, matter.township)
    if outcome is Outcome.ESCALATED:
        return {UnitCategory.VILLAGE: unit.above, UnitCategory.TOWNSHIP: county.bureau}.get(_level(unit))
    if _level(unit) is UnitCategory.VILLAGE:
        return unit if outcome is Outcome.SOLVED else unit.above
    if unit.category in TOWNSHIP_LEVEL and (outcome is Outcome.SOLVED or rng.random() < 0.55):
        return unit if outcome is not Outcome.FORWARDED else named
    if unit.category is UnitCategory.DEPARTMENT:
        return unit if outcome is not Outcome.FORWARDED else matter.township
    return named


def _due(rng: random.Random, outcome: Outcome, day: date) -> date | None:
    if outcome is Outcome.COMMITTED:
        return day + timedelta(days=rng.choice(_COMMITTED_DAYS))
    if outcome is Outcome.FORWARDED and rng.random() < 0.7:
        return day + timedelta(days=rng.choice(_FORWARDED_DAYS))
    return None


def _completed(rng: random.Random, day: date, due: date, today: date) -> date | None:
    """Mostly in time, some late, a few never: those still open after the due day are overdue."""
    chance = rng.random()
    never = 0.012 if (today - due).days > _LONG_AGO else 0.06
    if chance < never:
        return None
    if chance < never + 0.05:
        done = due + timedelta(days=rng.randint(1, 25))
    else:
        done = day + timedelta(days=rng.randint(1, max(1, (due - day).days)))
    return done if done <= today else None
