"""docs/time-limits.md, written from data/time_limits.toml: `python -m tests.shape.time_limit_page` writes it anew."""

from pathlib import Path

from rules.time_limit_file import read_limits
from rules.time_limit_kinds import DayUnit, TimeLimit

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "time-limits.md"
DATA = ROOT / "data" / "time_limits.toml"
HEADS = (
    "代码",
    "名称",
    "依据",
    "期限",
    "从哪天起",
    "由谁",
    "做什么",
    "可延长",
    "扣除",
    "施行日期",
    "性质",
    "说明",
)
INTRODUCTION = """# 时限表

本页由 `data/time_limits.toml` 生成（`python -m tests.shape.time_limit_page`），请勿手改；测试会比较两者。
同一代码有几行的，起算日在哪一行的施行期间，就按哪一行计算；本地要求可以由办公室修改。

怎样计算（`rules/time_limits.py`）：

- **起始日不计**（民法典第二百零一条）：收到、受理、送达的当天不算，从第二天数起。“日”是自然日，“工作日”按国务院办公厅的节假日安排，调休上班的周末也算。
- **考核到期日**是数满的那一天，遇节假日不顺延；页面显示、提醒和统计都用它，当天完成算按期。**法定届满日**遇节假日顺延到假期结束的次日（民法典第二百零三条），只供对照；信访人申请复查、复核的，在法定届满日当天申请也不算逾期。
- **延期**必须在原限办日期之前批准，当天批准已晚，不改变限办日期；超期以后再补什么，仍是超期。
- **听证**所用的日子逐日扣除，同一天只扣一次；期限届满以后的听证不再扣除。
- 还没有导入安排的年份，工作日期限先按周一至周五估算，标明**暂定**，导入后重算；自然日期限不受影响，只是法定届满日暂缺。

第二十五条的重大、紧急信访事项要求“及时”报告，没有天数，不在表内。
"""


def extension(limit: TimeLimit) -> str:
    return f"最多 {limit.most_extension} 日" if limit.most_extension else "—"


def nature(limit: TimeLimit) -> str:
    return limit.basis.label if limit.in_use else f"{limit.basis.label}（默认不启用）"


def length(limit: TimeLimit) -> str:
    return "来文指定的日期" if limit.unit is DayUnit.GIVEN_DATE else limit.length


def cells(limit: TimeLimit) -> tuple[str, ...]:
    return (
        f"`{limit.key}`",
        limit.name,
        limit.article,
        length(limit),
        limit.start.label,
        limit.actor.label,
        limit.action,
        extension(limit),
        "听证时间" if limit.pauses else "—",
        f"{limit.valid_from}",
        nature(limit),
        limit.note,
    )


def time_limit_page() -> str:
    """The whole page as Markdown."""
    limits = read_limits(DATA.read_text(encoding="utf-8"))
    lines = [HEADS, ("---",) * len(HEADS), *map(cells, limits)]
    return INTRODUCTION + "\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(time_limit_page(), encoding="utf-8")
