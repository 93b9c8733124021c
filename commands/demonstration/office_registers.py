"""信息稿件 of two years, and the monthly numbers that townships report themselves."""

import random
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_office_registers import add_publications, add_reported_figures
from commands.demonstration.moments import typed_at
from commands.demonstration.offices import County
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.seasons import days, is_office_day
from models.base import new_uid
from models.organisation import Unit
from rules.periods import PeriodKind, period_of
from rules.register_words import PublicationLevel
from rules.roles import Actor

_TITLES = (
    "{unit}推行村级周三接访，把问题解决在家门口",
    "{unit}领导干部带案下访化解信访积案",
    "{unit}建立联席会议议定事项督办台账",
    "{unit}开展信访业务规范化培训",
    "{unit}“一站式”接访提升群众满意度",
    "{unit}做好汛期信访矛盾排查化解",
)
_OUTLETS = {
    PublicationLevel.PROVINCE: "省信访局《信访工作信息》",
    PublicationLevel.CITY: "市委办公室《要情》",
    PublicationLevel.COUNTY: "县委办公室《工作信息》",
}
_CHANCES = (30, 30, 40)
_FIGURES = ("领导接访人次", "矛盾纠纷排查件数", "矛盾纠纷化解率")
_MONTHS = 4


def fill_office_registers(
    session: Session, actor: Actor, plan: Plan, county: County, units: Mapping[int, Unit], say: Say
) -> None:
    """Inside the caller's unit of work."""
    rng = plan.rng("office registers")
    reports = [_report(rng, day, county, plan) for day in _office_days(plan) if rng.random() < 0.22]
    add_publications(session, actor=actor, now=plan.now, units=units, rows=reports, reason=REASON)
    numbers = [row for month in _months(plan.today) for row in _numbers(rng, month, county, plan)]
    add_reported_figures(session, actor=actor, now=plan.now, units=units, rows=numbers, reason=REASON)
    say(f"信息稿件 {len(reports)} 篇，自报数据 {len(numbers)} 个")


def _office_days(plan: Plan) -> list[date]:
    return [day for day in days(plan.first_day, plan.today - timedelta(days=1)) if is_office_day(day)]


def _report(rng: random.Random, day: date, county: County, plan: Plan) -> dict[str, Any]:
    office = county.bureau if rng.random() < 0.5 else rng.choice(county.townships)
    level = rng.choices(list(_OUTLETS), _CHANCES)[0]
    return {
        "uid": new_uid(), "unit_id": office.id, "published_on": day, "level": level.value, "outlet": _OUTLETS[level],
        "title": rng.choice(_TITLES).format(unit=office.label), "registered_by_id": office.clerks[0][0],
        "registered_at": typed_at(rng, day, time(16, 30), plan.now),
    }  # fmt: skip


def _months(today: date) -> list[str]:
    """The latest whole months, the oldest first."""
    found, period = [], period_of(today, PeriodKind.MONTH)
    for _ in range(_MONTHS):
        period = period.previous()
        found.append(period.text)
    return found[::-1]


def _numbers(rng: random.Random, month: str, county: County, plan: Plan) -> list[dict[str, Any]]:
    found = []
    for office in county.townships:
        values = (rng.randint(0, 3), rng.randint(6, 40), Decimal(rng.randint(8200, 10000)) / 100)
        for name, value in zip(_FIGURES, values, strict=True):
            found.append({
                "uid": new_uid(), "unit_id": office.id, "period": month, "indicator": name, "value": Decimal(value),
                "registered_at": plan.now, "registered_by_id": office.clerks[0][0],
            })  # fmt: skip
    return found
