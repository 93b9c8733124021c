"""受理告知书, and the three ways of not taking a matter up (信访工作条例 art. 19, 23, 31, 36)."""

from rules.letters.addressing import received_sentence, to_petitioner
from rules.letters.facts import EarlierOpinion, LetterFacts
from rules.letters.text import LetterText
from rules.letters.wording import (
    article,
    date_text,
    enquiry,
    filled,
    opinion_text,
    petitioner_you,
    sentence,
    we,
)
from rules.petition_words import HANDLING_ARTICLES, HandlingClass, MatterClass

ROUTES = {
    HandlingClass.STATUTORY_DUTY: "该事项属于申请查处违法行为、履行保护人身权或者财产权等合法权益职责的事项，将依法履行职责或者答复",
    HandlingClass.ARBITRATION: "该事项应当通过仲裁解决，将导入仲裁程序处理",
    HandlingClass.RECONSIDERATION: "该事项可以通过行政复议、行政裁决、行政确认、行政许可、行政处罚等行政程序解决，将导入相应程序处理",
    HandlingClass.LITIGATION: "该事项应当通过诉讼、复议、刑事立案、法律监督等法律程序处理，将按照法律法规规定的程序处理",
    HandlingClass.PARTY_APPEAL: "该事项可以通过党员申诉、申请复审等解决，将导入相应程序处理",
}
"""途径和程序 by the item of art. 31; its sixth has the words of `_heard`."""

_SUGGESTED = ("第二十九条", "该事项属于建议意见类事项，将认真研究论证并予以回复")
_ACCUSED = ("第三十条", "该事项属于检举控告类事项，将依规依纪依法办理和反馈")


def acceptance(facts: LetterFacts) -> LetterText:
    """受理告知: what was received, by which way it will be handled and until when, and how to ask."""
    is_heard = facts.petition.handling is HandlingClass.PETITION
    way = _heard(facts) if is_heard else _other_way(facts)
    return to_petitioner(facts, "信访事项受理告知书", [received_sentence(facts), *way, enquiry(facts)])


def _heard(facts: LetterFacts) -> list[str]:
    """Art. 31, item 6, and art. 34: 60 days, and 30 more at the most."""
    us, due = we(facts.issuer), facts.due
    return [
        f"经审查，该事项属于{us}职权范围。根据{article('第二十三条、第三十一条第六项')}规定，{us}决定自"
        f"{date_text(due.accepted_on, '受理日期')}起予以受理。",
        f"{us}将听取{petitioner_you(facts.petition)}陈述事实和理由，并调查核实，出具信访处理意见书。"
        f"该事项{_by_whom(facts)}自受理之日起60日内办结，期限至{date_text(due.due_on, '办理期限')}；情况复杂的，"
        f"经{us}负责人批准可以延长不超过30日，并告知延期理由。",
    ]


def _other_way(facts: LetterFacts) -> list[str]:
    us, due = we(facts.issuer), facts.due
    place, route = _place_and_route(facts)
    until = f"办理期限至{date_text(due.due_on)}。" if due.due_on else "办理期限按照有关法律、法规和规定执行。"
    return [
        f"经审查，该事项属于{us}职权范围。根据{article('第二十三条')}规定，{us}决定自"
        f"{date_text(due.accepted_on, '受理日期')}起予以受理。",
        f"根据{article(place)}规定，{route}。该事项{_by_whom(facts)}办理，{until}",
    ]


def _place_and_route(facts: LetterFacts) -> tuple[str, str]:
    handling, matter = facts.petition.handling, facts.petition.matter_class
    if matter in (MatterClass.SUGGESTION, MatterClass.ACCUSATION):
        return _SUGGESTED if matter is MatterClass.SUGGESTION else _ACCUSED
    if handling not in ROUTES:
        return filled("", "办理类别"), filled("", "处理途径和程序")
    return HANDLING_ARTICLES[handling], ROUTES[handling]


def _by_whom(facts: LetterFacts) -> str:
    return f"由{sentence(facts.due.handler, '办理单位')}承办，"


def refusal(facts: LetterFacts) -> LetterText:
    """不予受理: the reason, its basis, and who decides such matters."""
    petition, refused, us = facts.petition, facts.refusal, we(facts.issuer)
    handling = petition.handling
    usual = article(f"第二十三条、{HANDLING_ARTICLES[handling]}") if handling else ""
    lines = [
        received_sentence(facts),
        f"经审查，{sentence(refused.reason, '不予受理的理由')}。根据{sentence(refused.basis or usual, '不予受理的依据')}"
        f"规定，{us}不予受理。",
        f"请{petitioner_you(petition)}向{sentence(refused.competent, '有权处理的机关、单位')}提出。"
        + (f"{sentence(refused.route, '办理途径')}。" if refused.route.strip() else ""),
    ]
    return to_petitioner(facts, "信访事项不予受理告知书", lines)


def no_longer(facts: LetterFacts) -> LetterText:
    """不再受理, after 复核: the opinions that were given, and that facts and reasons are the same (art. 36)."""
    given = [_given(number, opinion) for number, opinion in enumerate(facts.earlier, start=1)]
    lines = [
        received_sentence(facts),
        "经审查，该事项已经依照规定作出以下处理：",
        *(given or [f"{filled('', '原处理、复查、复核意见')}。"]),
        f"{petitioner_you(facts.petition)}仍然以同一事实和理由提出投诉请求。根据{article('第三十六条第三款')}规定，"
        f"{we(facts.issuer)}不再受理。",
    ]
    return to_petitioner(facts, "信访事项不再受理告知书", lines)


def _given(number: int, opinion: EarlierOpinion) -> str:
    return f"{number}.{date_text(opinion.day)}，{opinion_text(opinion, '')}。"


def already_handled(facts: LetterFacts) -> LetterText:
    """不重复受理 by the superior, while the matter is being handled in time (art. 19)."""
    ongoing = facts.ongoing
    lines = [
        received_sentence(facts),
        f"经核查，该事项已由{filled(ongoing.unit, '正在办理的单位')}于{date_text(ongoing.accepted_on, '受理日期')}受理，"
        f"正在办理，办理期限至{date_text(ongoing.due_on, '办理期限')}。根据{article('第十九条第三款')}规定，"
        f"{we(facts.issuer)}不予重复受理。",
        f"请{petitioner_you(facts.petition)}等待该单位在规定期限内作出的书面答复，并可以向该单位查询办理情况。",
    ]
    return to_petitioner(facts, "信访事项不重复受理告知书", lines)
