"""包案通知 (信访工作条例第十八条第二款): who leads a matter, which unit and who there settles it, until when."""

from dataclasses import dataclass
from datetime import date

from rules.letters.text import LetterText
from rules.letters.wording import date_text, filled, paragraphs, sentence, you


@dataclass(frozen=True)
class LeadFacts:
    """`matter` is the number of the petition, "" where the unit may not read it: a notice names no petitioner."""

    issuer: str
    matter: str
    leader: str
    leader_post: str
    unit: str
    addressee: str
    """The unit as a letter addresses it."""
    person: str
    due_on: date
    team: str = ""
    measures: str = ""
    telephone: str = ""


def lead_notice(facts: LeadFacts) -> LetterText:
    """The four things fixed, and what the unit does each week and at the end."""
    leader = filled(facts.leader, "包案领导")
    post = f"（{facts.leader_post}）" if facts.leader_post else ""
    matter = f"信访事项{facts.matter}" if facts.matter else "有关信访事项"
    lines = [
        f"根据《信访工作条例》第十八条的规定，经研究，决定对{matter}实行领导包案化解。现将有关事项通知如下：",
        "一、牵头领导",
        f"{leader}{post}。",
        "二、责任单位和责任人",
        f"责任单位：{facts.unit}。责任人：{sentence(facts.person, '责任人')}。",
        *([f"工作专班：{sentence(facts.team, '工作专班')}。"] if facts.team else []),
        "三、办理时限",
        f"{date_text(facts.due_on, '办理时限')}前办结。",
        "四、化解方案",
        paragraphs(facts.measures, "化解方案"),
        "五、有关要求",
        f"请{you(facts.unit)}每周报送进展，与当事人当面沟通，依法按政策解决问题；办结后报送结果和佐证材料，验收后销号。",
    ]
    return LetterText(
        title="关于领导包案化解信访事项的通知",
        source="\n".join(lines),
        addressee=facts.addressee,
        note=f"联系电话：{facts.telephone}" if facts.telephone else "",
    )
