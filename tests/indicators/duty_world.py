"""A small July 2026 of duty messages whose figures a reader can add up. Hours are the office's; today is 15 July.

   came         kind   desk  for   due          answered
A  7-01 00:00   信息   AL01  AL21  7-01 12:00   7-01 12:00   in time, to the minute; received in AL21's own log, too
B  6-30 23:59   信息   AL01  AL21  7-02 09:00   7-02 09:01   June's by its time, July's by its due day; late
C  7-08 09:00   指令   AL01  —     7-10 17:00   7-09 16:00   the county's desk itself; in time
D  7-14 09:00   指令   AL01  AL22  7-15 18:00   —            due today: counted, not answered
E  7-14 10:00   指令   AL01  AL22  7-16 00:00   —            not due yet
F  7-10 08:00   信息   AL21  —     —            —            the township's own desk
   7-10 08:00   信息   AL01  AL21  void; counts nowhere
   7-10 08:00   来电   AL01  AL21  no message of the two kinds
"""

from sqlalchemy.orm import Session

from models.duty_desk import DeskEntry
from tests.duty_messages import desk_line, received_at
from tests.people import NOW

VOID = {"voided_at": NOW, "void_reason": "登错了"}


def build_duty(session: Session) -> dict[str, DeskEntry]:
    made = {
        "A": desk_line(
            session,
            "2026-07-01 00:00",
            responsible="AL21",
            due="2026-07-01 12:00",
            replied="2026-07-01 12:00",
        ),
        "B": desk_line(
            session,
            "2026-06-30 23:59",
            responsible="AL21",
            due="2026-07-02 09:00",
            replied="2026-07-02 09:01",
        ),
        "C": desk_line(
            session, "2026-07-08 09:00", "instruction", due="2026-07-10 17:00", replied="2026-07-09 16:00"
        ),
        "D": desk_line(
            session, "2026-07-14 09:00", "instruction", responsible="AL22", due="2026-07-15 18:00"
        ),
        "E": desk_line(
            session, "2026-07-14 10:00", "instruction", responsible="AL22", due="2026-07-16 00:00"
        ),
        "F": desk_line(session, "2026-07-10 08:00", desk="AL21"),
    }
    received_at(session, made["A"], "AL21")
    desk_line(session, "2026-07-10 08:00", responsible="AL21", **VOID)
    desk_line(session, "2026-07-10 08:00", "call", responsible="AL21")
    return made
