"""督办函 (信访工作条例第三十八条、第四十条): which units must put right what, by when, and how they report on it."""

from dataclasses import dataclass
from datetime import date

from rules.letters.text import LetterText
from rules.letters.wording import article, date_text, filled, paragraphs, sentence, we
from rules.papers.matters import Matter, matter_lines
from rules.supervision_words import FeedbackCycle, Ground


@dataclass(frozen=True)
class UnitFacts:
    """One addressee: who, by which post, what in particular, by when."""

    name: str
    addressed_as: str
    due_on: date
    demand: str = ""
    person: str = ""


@dataclass(frozen=True)
class SupervisionFacts:
    """`matters` are those that it is about, where every addressee may know of them."""

    issuer: str
    title: str
    content: str
    demands: str
    due_on: date
    cycle: FeedbackCycle
    units: tuple[UnitFacts, ...]
    days_to_sign: int
    ground: Ground | None = None
    source_text: str = ""
    matters: tuple[Matter, ...] = ()
    telephone: str = ""


def letter(facts: SupervisionFacts) -> LetterText:
    """To one unit or to many at once."""
    lines = [
        f"根据{_basis(facts)}，现对下列事项予以督办：",
        "一、督办事项",
        *_what(facts),
        "二、工作要求",
        paragraphs(facts.demands, "工作要求"),
        *_of_each(facts),
        "三、反馈和销号",
        _reporting(facts),
    ]
    return LetterText(
        title=f"关于督办{sentence(facts.title, '督办事项').removeprefix('督促')}的函",
        source="\n".join(lines),
        addressee="、".join(unit.addressed_as for unit in facts.units),
        note=f"联系电话：{facts.telephone}" if facts.telephone else "",
    )


def _basis(facts: SupervisionFacts) -> str:
    return article("第四十条") if facts.ground else article("第三十八条")


def _what(facts: SupervisionFacts) -> list[str]:
    found = [paragraphs(facts.content, "督办事由")]
    if facts.source_text:
        found.append(paragraphs(facts.source_text, "批示、议定内容"))
    return [*found, *matter_lines(facts.matters)]


def _of_each(facts: SupervisionFacts) -> list[str]:
    """What is asked of each unit in particular, and a day of its own."""
    special = [u for u in facts.units if u.demand or u.person or u.due_on != facts.due_on]
    return [_unit(unit, facts) for unit in special]


def _unit(unit: UnitFacts, facts: SupervisionFacts) -> str:
    parts = [unit.demand.rstrip("。；") or "按上述要求办理"]
    parts += [f"责任人：{unit.person}"] if unit.person else []
    parts += [f"{date_text(unit.due_on)}前办结"] if unit.due_on != facts.due_on else []
    return f"{unit.name}：{'，'.join(parts)}。"


def _reporting(facts: SupervisionFacts) -> str:
    cycle = {
        FeedbackCycle.WEEKLY: "办理期间每周反馈一次进展；",
        FeedbackCycle.FORTNIGHTLY: "办理期间每两周反馈一次进展；",
        FeedbackCycle.MONTHLY: "办理期间每月反馈一次进展；",
    }.get(facts.cycle, "")
    return (
        f"请在{facts.days_to_sign}个工作日内签收；{cycle}{date_text(facts.due_on, '办理期限')}前办结，"
        f"将办理结果和佐证材料报{filled(we(facts.issuer), '立项单位')}审核销号。"
        "确需延期的，在期限到来之前书面申请并说明理由。"
    )
