"""The table of leaders' reception days in a public notice: the office's own, of the whole period."""

from indicators.bulletin_material import Material, Need, TableKind
from indicators.written_text import Passage, WrittenTable
from models.leader_schedule import LeaderSchedule
from rules.schedule_notice import COLUMNS, TABLE, NoticeLine
from rules.taxonomy import LeaderReceptionMode

NONE_SCHEDULED = "本期没有接访安排。"


def _schedule(material: Material, number: int) -> WrittenTable:
    rows = tuple(tuple(Passage(cell) for cell in notice_line(row).cells()) for row in material.schedule)
    headings, shares = zip(*COLUMNS, strict=True)
    note = "" if rows else NONE_SCHEDULED
    return WrittenTable(number, TABLE, "", tuple(headings), rows, note, tuple(shares))


def notice_line(row: LeaderSchedule) -> NoticeLine:
    return NoticeLine(
        day=row.day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        leader=row.leader_name,
        post=row.post,
        portfolio=row.portfolio,
        mode=LeaderReceptionMode(row.mode),
        place=row.place,
        telephone=row.telephone,
    )


SCHEDULE_TABLE = TableKind(
    name=TABLE,
    says="统计单位自己的领导接访安排：日期、领导、职务、分管工作、地点、联系电话（公示用，不含下级）",
    needs=frozenset({Need.SCHEDULE}),
    make=_schedule,
)
