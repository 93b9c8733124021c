"""A small July 2026 of supervision whose figures a reader can add up, made through the acts of offices and units.

All are issued on Tuesday 7 July; A and B are one task with a feedback each week: 14, 21, 28 July, 4 August and so on.

   unit  limit                      what was done
A  AL21  31 August                  reported 14 July (in time) and 22 July (for the 21st: late), then no more: owes the 28th
B  AL22  31 August                  never reported: owes the 14th
C  AL11  24 July, weekly            applied on 13 July, before the first feedback day; struck off on the 27th: in time
D  AL12  20 July, extended to 27th  applied on 28 July: late
E  AL21  17 July                    withdrawn on the 16th: a task, but held to no limit
F  AL22  17 July                    withdrawn on the 20th: late all the same
G  AL11  22 July                    about a sealed matter, applied on the 22nd: in time, in the county's figures only
   AL21  20 July                    a draft: counts nowhere

Decisions of a final county meeting of 10 July:

   unit  limit    what was done
P  AL21  14 July  carried out on the 14th
Q  AL21  14 July  carried out on the 15th: late
R  AL22  20 July  —
S  AL22  —        —: without a limit, never late
T  AL11  20 July  became a task; the unit applied on the 19th, not examined yet: in time
U  AL12  20 July  became a task; the unit applied on the 21st: late
   AL21  14 July  of a meeting whose record is not final; and one of a void meeting
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.supervision import answering, judging
from models.meeting import MeetingDecision
from models.supervision import SupervisionLine
from queries.supervision_origins import Origin
from rules.supervision_words import FeedbackCycle, Ground, TaskSource
from rules.taxonomy import Purpose
from tests import meetings, petitions
from tests.people import BAI, LIN, NOW, WU, ZHENG, ZHU, Member, unit
from tests.supervision import act, filed, issued, line_of

HANDS = {"AL21": LIN, "AL22": BAI, "AL11": ZHU, "AL12": WU}
"""Who enters it: for AL12 the county's office."""


def july_day(number: int) -> date:
    return date(2026, 7, number)


def build_supervision(session: Session) -> dict[str, int]:
    both = issued(session, "AL21", "AL22")
    lines = {"A": signed(session, line_of(both, "AL21")), "B": signed(session, line_of(both, "AL22"))}
    for day in (14, 22):
        report(session, lines["A"], july_day(day))
    lines["C"] = given(session, "AL11", 24, cycle=FeedbackCycle.WEEKLY)
    apply(session, lines["C"], july_day(13))
    judging.close(session, act(session, lines["C"], WU, july_day(27)))
    lines["D"] = given(session, "AL12", 20)
    extend(session, lines["D"], july_day(27))
    apply(session, lines["D"], july_day(28))
    for letter, code, day in (("E", "AL21", 16), ("F", "AL22", 20)):
        lines[letter] = given(session, code, 17)
        judging.withdraw(session, act(session, lines[letter], ZHENG, july_day(day), "另行安排。"))
    lines["G"] = given(session, "AL11", 22, **_about_sealed(session))
    apply(session, lines["G"], july_day(22))
    filed(session, "AL21", due_on=july_day(20), cycle=FeedbackCycle.NONE)
    return {letter: line.id for letter, line in lines.items()}


def build_decisions(session: Session) -> dict[str, int]:
    final = meetings.meeting(session, "AL01", state="minuted", held_on=july_day(10))
    made = {
        "P": meetings.decision(session, final, "AL21", due_on=july_day(14), done_on=july_day(14)),
        "Q": meetings.decision(session, final, "AL21", due_on=july_day(14), done_on=july_day(15)),
        "R": meetings.decision(session, final, "AL22", due_on=july_day(20)),
        "S": meetings.decision(session, final, "AL22", due_on=None),
        "T": meetings.decision(session, final, "AL11", due_on=july_day(20)),
        "U": meetings.decision(session, final, "AL12", due_on=july_day(20)),
    }
    for letter, code, day in (("T", "AL11", 19), ("U", "AL12", 21)):
        line = given(session, code, 31, source=_decided(made[letter]))
        apply(session, line, july_day(day))
    for row in (
        meetings.meeting(session, "AL21", held_on=july_day(10)),
        meetings.meeting(session, "AL21", state="minuted", voided_at=NOW, void_reason="登重了"),
    ):
        meetings.decision(session, row, "AL21", due_on=july_day(14))
    return {letter: row.id for letter, row in made.items()}


def given(session: Session, code: str, limit: int, **values: Any) -> SupervisionLine:
    """Issued, without feedback unless said otherwise, and signed for."""
    task = issued(session, code, **{"due_on": july_day(limit), "cycle": FeedbackCycle.NONE} | values)
    return signed(session, line_of(task, code))


def signed(session: Session, line: SupervisionLine) -> SupervisionLine:
    answering.receive(session, act(session, line, hands(line), july_day(8)))
    return line


def report(session: Session, line: SupervisionLine, day: date) -> None:
    answering.report(session, act(session, line, hands(line), day, "已进场施工。"))


def apply(session: Session, line: SupervisionLine, day: date) -> None:
    """申请销号."""
    answering.submit(session, act(session, line, hands(line), day, "渠道已修复通水。"), "本单位档案柜")


def extend(session: Session, line: SupervisionLine, until: date) -> None:
    """Asked on 10 July, granted on the 14th."""
    answering.ask_extension(session, act(session, line, hands(line), july_day(10), "汛期停工。"), until)
    judging.decide_extension(session, act(session, line, ZHENG, july_day(14)), granted=True)


def hands(line: SupervisionLine) -> Member:
    return HANDS[line.unit.code]


def _about_sealed(session: Session) -> dict[str, Any]:
    accused = unit(session, "AL21").id
    matter = petitions.registered(
        session, purpose=Purpose.ACCUSATION, accused_unit_id=accused, content="检举镇里违规。"
    )
    origin = Origin(TaskSource.PETITION, "petition", matter.id, "", matter.id)
    return {"source": origin, "ground": Ground.NOT_FORWARDED}


def _decided(row: MeetingDecision) -> Origin:
    return Origin(TaskSource.MEETING, "meeting_decision", row.id, row.content)
