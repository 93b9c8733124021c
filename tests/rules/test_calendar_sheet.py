"""The sheet of a year's holidays as an office loads it: what is understood, and each refusal with its line."""

import pytest

from rules.calendar_sheet import read_calendar_csv
from rules.errors import RuleViolations
from tests.clocks import DATA, YEARS

TEXT = (DATA / "holidays" / "2026.csv").read_text(encoding="utf-8")
NOTICE = "国办发明电〔2025〕7号"


def refusals(text):
    with pytest.raises(RuleViolations) as refused:
        read_calendar_csv(text)
    return [(problem.message, problem.field) for problem in refused.value.violations]


def changed(old, new):
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_a_year_is_read_in_order_of_its_days():
    year = read_calendar_csv(TEXT)
    assert (year.year, year.notices, len(year.days)) == (2026, (NOTICE,), 39)
    first = year.days[0]
    assert (first.day.isoformat(), first.kind.label, first.name) == ("2026-01-01", "休", "元旦")


def test_the_order_of_rows_and_of_columns_is_free():
    head, *rows = TEXT.splitlines()
    turned = [",".join(reversed(line.split(","))) for line in [head, *reversed(rows)]]
    assert read_calendar_csv("\n".join(turned)) == YEARS[2026]


def test_what_spreadsheet_programs_write_back_is_understood():
    text = "\ufeff" + TEXT.replace("2026-10-01", "2026/10/1").replace("\n", "\r\n") + ",,,,\r\n\r\n"
    assert read_calendar_csv(text) == YEARS[2026]


def test_a_notice_may_begin_in_the_december_before():
    days = [special.day.isoformat() for special in YEARS[2019].days]
    assert days[:3] == ["2018-12-29", "2018-12-30", "2018-12-31"]


@pytest.mark.parametrize("text", ["", "\n\n", "日期,类别\n2026-01-01,休\n", "年份,通知文号,日期,类别,类别\n"])
def test_wrong_headings_are_refused(text):
    assert refusals(text) == [("第1行应是这五个表头：年份、通知文号、日期、类别、节日。", None)]


@pytest.mark.parametrize(
    ("old", "new", "message", "field"),
    [
        ("2026-01-02", "2026-02-30", "第3行：日期“2026-02-30”不存在或写法不对，例如 2026-10-01。", "日期"),
        ("2026-01-02", "1月2日", "第3行：日期“1月2日”不存在或写法不对，例如 2026-10-01。", "日期"),
        ("2026-01-02", "2025-11-30", "第3行：2025-11-30 不在 2026 年，也不在上一年 12 月。", "日期"),
        ("2026-01-02", "2026-01-01", "第3行：2026-01-01 在第2行已经有了。", "日期"),
        (
            "2026-01-02,休",
            "2026-01-02,班",
            "第3行：2026-01-02 是星期五，本来就上班，请核对日期。",
            "日期",
        ),
        (
            "2026-01-02,休",
            "2026-01-02,放假",
            "第3行：类别“放假”不对，放假填 休，调休上班填 班。",
            "类别",
        ),
        (
            f"2026,{NOTICE},2026-01-02",
            f"2027,{NOTICE},2026-01-02",
            "第3行：年份“2027”与上面的 2026 不同，一份表只放一年。",
            "年份",
        ),
        (
            f"{NOTICE},2026-01-02",
            "国办通知,2026-01-02",
            "第3行：通知文号“国办通知”写法不对，例如 国办发明电〔2025〕7号。",
            "通知文号",
        ),
        ("2026-01-02,休,元旦", "2026-01-02,休,", "第3行：请填写节日，最多 30 个字。", "节日"),
        ("2026-01-02,休,元旦", "2026-01-02,休", "第3行：应有 5 格，现有 4 格。", None),
        (
            f"2026,{NOTICE},2026-01-01",
            f"今年,{NOTICE},2026-01-01",
            "第2行：年份“今年”写法不对，应为四位数，例如 2026。",
            "年份",
        ),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(old, new, message, field):
    assert refusals(changed(old, new)) == [(message, field)]


def test_all_wrong_lines_are_told_at_once():
    text = TEXT.replace("2026-01-02,休", "2026-01-02,假").replace("2026-10-02,休", "2026-10-32,休")
    assert [message[:4] for message, _ in refusals(text)] == ["第3行：", "第34行"]


def test_half_a_notice_is_refused():
    half = "\n".join(line for line in TEXT.splitlines() if "端午节" not in line and "10-02" not in line)
    assert refusals(half) == [
        ("表里没有端午节的放假日，请对照通知补全。", "节日"),
        ("10 月 2 日是法定节假日，表里没有列为休。", "日期"),
    ]


def test_headings_alone_and_too_many_rows_are_refused():
    head, first, *_ = TEXT.splitlines()
    assert refusals(head) == [("表里没有日期。", None)]
    assert refusals("\n".join([head, *[first] * 81])) == [("一年最多 80 行，表里有 81 行。", None)]


def test_a_broken_file_is_refused_in_plain_words():
    huge = '"' + "一" * 200_000 + '"'
    assert refusals(TEXT.splitlines()[0] + "\n" + huge) == [("第2行读不懂，请另存为 CSV 再试。", None)]
