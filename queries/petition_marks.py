"""Names of the query string that narrow a list of petitions: coded words, yes-or-no marks and spans of days.

Each is one row of a table, so that a figure can name exactly the petitions it was made from.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_, select

from models.organisation import Unit
from models.petition import COUNTED, Petition
from rules.petition_states import Stage
from rules.petition_words import (
    UPWARD,
    Acceptance,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
)
from rules.taxonomy import Labelled, Purpose, UnitCategory

P = Petition

WORDS: dict[str, tuple[Any, type[Labelled]]] = {
    "stage": (P.stage, Stage),
    "channel": (P.channel, Channel),
    "level": (P.source_level, SourceLevel),
    "kind": (P.item_kind, ItemKind),
    "purpose": (P.purpose, Purpose),
    "dispatch": (P.dispatch_kind, DispatchKind),
    "acceptance": (P.acceptance, Acceptance),
    "class": (P.handling_class, HandlingClass),
    "conclusion": (P.conclusion, Conclusion),
    "resolution": (P.resolution, Resolution),
    "bureau_rating": (P.bureau_rating, Rating),
    "unit_rating": (P.unit_rating, Rating),
}
"""Name → column, closed list."""

SPANS = {
    "dispatch_due": (P.dispatch_due_on, "登记满15日"),
    "notice_due": (P.notice_due_on, "单位收到满15日"),
    "reply_due": (P.reply_due_on, "限办截止"),
    "dispatched": (P.dispatched_on, "转送交办"),
    "notified": (P.notified_on, "告知"),
    "concluded": (P.concluded_on, "办结"),
}
"""Name, to which `_from` and `_to` are added → column, what happened on that day."""


def _rated(column: Any) -> ColumnElement[bool]:
    return column.in_([r.value for r in Rating if r is not Rating.UNRATED])


def _content(column: Any) -> ColumnElement[bool]:
    return column.in_([Rating.SATISFIED.value, Rating.FAIRLY.value])


_COUNTED: ColumnElement[bool] = literal_column(COUNTED)
_BY_A_BUREAU = P.unit_id.in_(select(Unit.id).where(Unit.category == UnitCategory.BUREAU.value))
SENT_IN_TIME = or_(
    and_(P.dispatched_on.is_not(None), P.dispatched_on <= P.dispatch_due_on),
    and_(
        P.dispatch_kind == DispatchKind.DIRECT.value,
        P.notified_on.is_not(None),
        P.notified_on <= P.dispatch_due_on,
    ),
)
"""转送、交办 or 直接受理 came no later than 登记 + 15 日. What was sent on in time stays so, though it came back and the
office then handled it itself; 直接受理 is dated by its 告知日期. The figure counts by it, too."""
_TOLD_IN_TIME = and_(P.notified_on.is_not(None), P.notified_on <= P.notice_due_on)
_ANSWERED_IN_TIME = and_(P.concluded_on.is_not(None), P.concluded_on <= P.reply_due_on)

MARKS: dict[str, dict[str, tuple[Any, str]]] = {
    "included": {"1": (P.included.is_(True), "纳入统计"), "0": (P.included.is_(False), "不纳入统计")},
    "judicial": {"1": (P.judicial.is_(True), "涉法涉诉"), "0": (P.judicial.is_(False), "非涉法涉诉")},
    "counted": {"1": (_COUNTED, "计入考核（纳入统计、初件、非涉法涉诉）")},
    "sender": {"bureau": (_BY_A_BUREAU, "信访部门登记的")},
    "upward": {"1": (P.source_level.in_([level.value for level in UPWARD]), "到市及以上")},
    "reached": {"1": (P.responsible_unit_id.is_not(None), "已有责任单位")},
    "assigned": {"1": (P.campaign.is_not(None), "属交办批次")},
    "on_time": {
        "dispatch": (SENT_IN_TIME, "按时转送交办"),
        "notice": (_TOLD_IN_TIME, "按时告知"),
        "reply": (_ANSWERED_IN_TIME, "按期答复"),
    },
    "rated": {
        "bureau": (_rated(P.bureau_rating), "信访部门已评价"),
        "unit": (_rated(P.unit_rating), "责任单位已评价"),
    },
    "satisfied": {
        "bureau": (_content(P.bureau_rating), "对信访部门满意或基本满意"),
        "unit": (_content(P.unit_rating), "对责任单位满意或基本满意"),
    },
}
"""Name → value → condition, in words."""
