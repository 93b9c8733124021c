"""An arrangement of 2027 that is made up, as the office would upload it."""

from datetime import date, timedelta

NOTICE = "国办发明电〔2026〕99号"
_OFF = (
    ("春节", date(2027, 2, 5), 7),
    ("清明节", date(2027, 4, 5), 1),
    ("劳动节", date(2027, 5, 1), 3),
    ("端午节", date(2027, 6, 9), 1),
    ("中秋节", date(2027, 9, 15), 1),
    ("国庆节", date(2027, 10, 1), 7),
)


def year_2027(new_year_days: int = 3) -> str:
    """New Year off from Friday 1 January for so many days; Sunday 14 February is worked instead."""
    spans = (("元旦", date(2027, 1, 1), new_year_days), *_OFF)
    lines = ["年份,通知文号,日期,类别,节日"]
    for name, first, days in spans:
        lines += [f"2027,{NOTICE},{first + timedelta(days=n)},休,{name}" for n in range(days)]
    return "\n".join([*lines, f"2027,{NOTICE},2027-02-14,班,春节"]) + "\n"
