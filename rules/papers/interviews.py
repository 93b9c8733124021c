"""约谈通知书 and 约谈纪要 (信访工作条例第三十九条第三款): units and officials are spoken to about how they handled matters."""

from dataclasses import dataclass
from datetime import date, time

from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    filled,
    hour_text,
    moment_text,
    paragraphs,
    sentence,
    we,
    you,
)
from rules.papers.matters import Matter, matter_lines


@dataclass(frozen=True)
class InterviewFacts:
    """`unit` is the one spoken to, `addressee` as a letter addresses it; `posts` who of it shall come, by post; `ground` a label of `Ground`, "" for none;
    `matters` are those that gave rise to it, where the unit may know of them."""

    issuer: str
    unit: str
    addressee: str
    day: date
    persons: int
    reason: str
    posts: str = ""
    host: str = ""
    place: str = ""
    ground: str = ""
    demands: str = ""
    correct_by: date | None = None
    telephone: str = ""
    matters: tuple[Matter, ...] = ()
    starts_at: time | None = None


def notice(facts: InterviewFacts) -> LetterText:
    """Who shall come when and where, and why."""
    lines = [
        f"{_opening(facts)}经研究，决定对{you(facts.unit)}进行约谈。现将有关事项通知如下：",
        "一、约谈事由",
        paragraphs(facts.reason, "约谈事由"),
        *matter_lines(facts.matters),
        "二、时间和地点",
        f"{moment_text(facts.day, facts.starts_at)}{_unknown_hour(facts)}，{filled(facts.place, '约谈地点')}。",
        "三、参加人员",
        f"{sentence(facts.posts, '被约谈人职务')}，共{facts.persons}人。",
        "四、有关要求",
        f"请{you(facts.unit)}准备书面情况说明，写明办理经过、存在的问题和整改打算，按时参加。",
    ]
    return LetterText(
        title=f"关于约谈{facts.unit}的通知",
        source="\n".join(lines),
        addressee=facts.addressee,
        note=f"联系电话：{facts.telephone}" if facts.telephone else "",
    )


def record(facts: InterviewFacts) -> LetterText:
    """What was said: who spoke with whom, about what, what is to be put right by when."""
    lines = [
        f"{date_text(facts.day)}{hour_text(facts.starts_at)}，{facts.issuer}约谈了{facts.unit}。",
        f"约谈人：{sentence(facts.host, '约谈人及职务')}。",
        f"被约谈人：{sentence(facts.posts, '被约谈人职务')}，共{facts.persons}人。",
        f"地点：{filled(facts.place, '约谈地点')}。",
        "一、约谈事由",
        paragraphs(facts.reason, "约谈事由"),
        *matter_lines(facts.matters),
        "二、整改要求",
        paragraphs(facts.demands, "整改要求"),
        "三、整改期限",
        f"{date_text(facts.correct_by, '整改期限')}前，向{we(facts.issuer)}书面报送整改情况。",
    ]
    return LetterText(title=f"约谈{facts.unit}纪要", source="\n".join(lines))


def _unknown_hour(facts: InterviewFacts) -> str:
    """A unit is called for an hour: without one the notice is not issued."""
    return "" if facts.starts_at else filled("", "几时几分")


def _opening(facts: InterviewFacts) -> str:
    about = f"在信访事项办理中存在{facts.ground}情形。" if facts.ground and facts.ground != "其他" else ""
    return (
        f"{you(facts.unit)}{about}根据{article('第三十九条')}规定，"
        if about
        else f"根据{article('第三十九条')}规定，"
    )
