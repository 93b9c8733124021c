"""A June 2026 of twenty-two petitions whose rates a reader can count. 县信访局 registers what is not said otherwise.

Sent on, and told of (登记+15, 登记+30, 单位收到+15 in June):
A  5-18, sent 6-02 (the 15th day) to 县住建局, told 6-17 (the 15th and the 30th day)
B  5-18, sent 6-03 (a day late) to 县住建局, told 6-18 (the 15th day of the unit, the 31st since 登记)
C  6-15, never sent: was to be by 6-30        D  6-16, never sent: was to be by 7-01
E  5-25, handled itself, told 6-09 (the 15th day)        F  5-25, handled itself, told 6-10
G  5-20 by 柳溪镇 itself, told 6-04 that it is not taken on
H, I, J  5-20, never sent: 重件, not 纳入统计, 涉法涉诉        K  6-05, void
L  5-20, sealed, sent 5-25 to 县人社局, never told
Answered (限办截止 in June):
M  县住建局 accepted 4-10, concluded 6-09 (the 60th day); 满意, 基本满意
N  柳溪镇 accepted 4-10, +30 approved on 6-09 (too late), concluded 6-20; 不满意, nothing
O  柳溪镇 accepted 3-12, +30 approved on 5-10 (a day before the 60th), concluded 6-10 (the 90th); nothing, 未评价
P  县住建局 accepted 5-01, not concluded
Q  县人社局 accepted 4-10 as 依法履职, concluded 6-12; 基本满意, 不满意
From above, of campaigns:
R  national, visit of 3, 重件, 6-05; 百日攻坚, sent 6-06 to 柳溪镇, concluded 6-30
S  city, letter, 6-10; 百日攻坚, sent 6-20 to 白石乡, concluded 7-01
T  province, online, 2 persons, 6-30, not 纳入统计; 第一批, sent 6-30 to 柳溪镇
At the cut-off of 7-15:
V  6-30, never sent: was to be by 7-15        W  7-01, never sent: was to be by 7-16
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.petition import Petition
from rules.petition_due import dispatch_due, notice_due, reply_due
from rules.petition_words import Acceptance, HandlingClass
from tests import factories
from tests.people import NOW

_ACCEPTED = {"acceptance": "accepted", "handling_class": "petition"}


def d(month: int, day: int) -> date:
    return date(2026, month, day)


def build_june(session: Session) -> dict[str, Petition]:
    """By letter."""
    made: dict[str, Petition] = {}

    def add(letter: str, registered: date, unit: str = "AL01", to: str = "", **facts: Any) -> None:
        made[letter] = petition(session, unit, registered_on=registered, responsible=to, **facts)

    _of_dispatch(add)
    _of_replies(add)
    _of_campaigns(add)
    add("V", d(6, 30))
    add("W", d(7, 1))
    return made


def _of_dispatch(add: Any) -> None:
    direct = {"dispatch_kind": "direct", **_ACCEPTED}
    add("A", d(5, 18), to="AL11", **sent(d(6, 2)), notified_on=d(6, 17), **_ACCEPTED)
    add("B", d(5, 18), to="AL11", **sent(d(6, 3)), notified_on=d(6, 18), **_ACCEPTED)
    add("C", d(6, 15))
    add("D", d(6, 16))
    add("E", d(5, 25), notified_on=d(6, 9), **direct)
    add("F", d(5, 25), notified_on=d(6, 10), **direct)
    add(
        "G", d(5, 20), "AL21", to="AL21", unit_received_on=d(5, 20), notified_on=d(6, 4), acceptance="refused"
    )
    add("H", d(5, 20), item_kind="repeat")
    add("I", d(5, 20), included=False)
    add("J", d(5, 20), judicial=True)
    void = {"voided_at": NOW, "void_reason": "登错了", "source_level": "national", "persons": 9}
    add("K", d(6, 5), to="AL21", **sent(d(6, 6)), campaign="百日攻坚", **void)
    add("L", d(5, 20), to="AL12", **sent(d(5, 25)), sealed=True)


def _of_replies(add: Any) -> None:
    add(
        "M",
        d(3, 20),
        to="AL11",
        **sent(d(3, 25)),
        notified_on=d(4, 10),
        **_ACCEPTED,
        concluded_on=d(6, 9),
        bureau_rating="satisfied",
        unit_rating="fairly",
    )
    late = {"extension_days": 30, "extension_approved_on": d(6, 9)}
    in_time = {"extension_days": 30, "extension_approved_on": d(5, 10)}
    add(
        "N",
        d(3, 20),
        to="AL21",
        **sent(d(3, 25)),
        notified_on=d(4, 10),
        **_ACCEPTED,
        **late,
        concluded_on=d(6, 20),
        bureau_rating="dissatisfied",
    )
    add(
        "O",
        d(2, 20),
        to="AL21",
        **sent(d(2, 25)),
        notified_on=d(3, 12),
        **_ACCEPTED,
        **in_time,
        concluded_on=d(6, 10),
        unit_rating="unrated",
    )
    add("P", d(4, 10), to="AL11", **sent(d(4, 20)), notified_on=d(5, 1), **_ACCEPTED)
    add(
        "Q",
        d(3, 20),
        to="AL12",
        **sent(d(3, 25)),
        notified_on=d(4, 10),
        acceptance="accepted",
        handling_class="statutory_duty",
        concluded_on=d(6, 12),
        bureau_rating="fairly",
        unit_rating="dissatisfied",
    )


def _of_campaigns(add: Any) -> None:
    national = {"source_level": "national", "channel": "visit", "persons": 3, "item_kind": "repeat"}
    add("R", d(6, 5), to="AL21", **sent(d(6, 6)), **national, campaign="百日攻坚", concluded_on=d(6, 30))
    add(
        "S",
        d(6, 10),
        to="AL22",
        **sent(d(6, 20)),
        source_level="city",
        campaign="百日攻坚",
        concluded_on=d(7, 1),
    )
    online = {"source_level": "province", "channel": "online", "persons": 2, "included": False}
    add("T", d(6, 30), to="AL21", **sent(d(6, 30)), **online, campaign="第一批")


def sent(day: date) -> dict[str, Any]:
    """Sent on and received the same day."""
    return {"dispatch_kind": "forward", "dispatched_on": day, "unit_received_on": day}


def petition(session: Session, unit: str, **values: Any) -> Petition:
    """With the due dates that its facts give."""
    acceptance, handling = values.get("acceptance"), values.get("handling_class")
    due = {
        "dispatch_due_on": dispatch_due(values["registered_on"]),
        "notice_due_on": notice_due(values.get("unit_received_on")),
        "reply_due_on": reply_due(
            Acceptance(acceptance) if acceptance else None,
            HandlingClass(handling) if handling else None,
            values.get("notified_on"),
            values.get("extension_days", 0),
            values.get("extension_approved_on"),
        ),
    }
    return factories.petition(session, unit, names=(), **{"persons": 1} | due | values)
