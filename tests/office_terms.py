"""What an office may load over the shipped calendar and limits; written without an audit entry, so a session that uses
it must not commit."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.deadline import CalendarYear, TimeLimitRow
from tests.people import NOW

OCTOBER = "".join(f"2027,国办发明电〔2026〕9号,2027-10-0{n},休,国庆节\n" for n in range(1, 8))
YEAR_2027 = (
    "年份,通知文号,日期,类别,节日\n"
    "2027,国办发明电〔2026〕9号,2027-01-01,休,元旦\n"
    "2027,国办发明电〔2026〕9号,2027-02-05,休,春节\n"
    "2027,国办发明电〔2026〕9号,2027-02-06,休,春节\n"
    "2027,国办发明电〔2026〕9号,2027-04-05,休,清明节\n"
    "2027,国办发明电〔2026〕9号,2027-05-01,休,劳动节\n"
    "2027,国办发明电〔2026〕9号,2027-06-09,休,端午节\n"
    "2027,国办发明电〔2026〕9号,2027-09-15,休,中秋节\n" + OCTOBER
)


def load_year(session: Session, year: int, days: str, version: int = 1) -> None:
    stored = session.get(CalendarYear, year)
    if stored is None:
        session.add(CalendarYear(year=year, notice="测试", loaded_at=NOW, days=days, version=version))
    else:
        stored.days, stored.version = days, version
    session.flush()


def set_limit(session: Session, key: str, days: int, since: date, **values: Any) -> None:
    row = {"counted_in": "day", "set_at": NOW, "basis": "县委办〔2026〕3号"} | values
    session.add(TimeLimitRow(key=key, days=days, valid_from=since, **row))
    session.flush()
