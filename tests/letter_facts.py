"""One matter of an invented county, followed from the first letter to the last.

王桂兰 of 柳树沟村 came on 1 July 2026; forwarded on 3 July, accepted on 10 July, sixty days: 8 September.
"""

from dataclasses import replace
from datetime import date, time

from rules.letters.facts import (
    ConclusionFacts,
    DeliveryFacts,
    DueFacts,
    EarlierOpinion,
    ExtensionFacts,
    HearingFacts,
    LetterFacts,
    MediationFacts,
    ObjectionFacts,
    OngoingFacts,
    PassingFacts,
    PetitionFacts,
    RefusalFacts,
    ReplyFacts,
    ReviewFacts,
)
from rules.letters.kinds import LetterKind
from rules.petition_words import (
    Conclusion,
    DeliveryMethod,
    HandlingClass,
    ReviewKind,
    ReviewOpinion,
)

BUREAU, UNIT, COUNTY, CITY = "云江县信访局", "云江县农业农村局", "云江县人民政府", "南江市人民政府"
DAY = date(2026, 9, 1)

PETITION = PetitionFacts(
    number="XF-AL-2026-00017",
    title="反映柳溪镇柳树沟村土地流转费未付的问题",
    summary="柳树沟村2024年将38亩耕地流转给青禾合作社，合作社欠付2025年度流转费15200元，村民委员会多次催要未果。",
    request="督促青禾合作社支付2025年度土地流转费15200元。",
    petitioner="王桂兰",
    received_on=date(2026, 7, 5),
    source="来访",
    handling=HandlingClass.PETITION,
)
REPLY_PAPER = EarlierOpinion(UNIT, "信访处理意见书", "云农信〔2026〕12号", date(2026, 9, 1))
REVIEW_PAPER = EarlierOpinion(COUNTY, "信访事项复查意见书", "云政信复〔2026〕3号", date(2026, 10, 20))
REREVIEW_PAPER = EarlierOpinion(CITY, "信访事项复核意见书", "南政信复〔2026〕21号", date(2026, 12, 18))

FACTS = LetterFacts(
    issuer=UNIT,
    petition=PETITION,
    number="云农信〔2026〕12号",
    day=DAY,
    contact="赵敏",
    telephone="0379-66880012",
    address="云江县人民路12号云江县农业农村局信访接待室",
    signer="刘建国",
    passing=PassingFacts(
        sender=BUREAU,
        number="云信转〔2026〕8号",
        sent_on=date(2026, 7, 3),
        means="转送",
        unit=UNIT,
        unit_line=(COUNTY,),
        feedback_by=date(2026, 9, 20),
    ),
    due=DueFacts(date(2026, 7, 10), date(2026, 9, 8), "农村经济股"),
    refusal=RefusalFacts(
        reason="您与青禾合作社因土地承包经营权流转发生的纠纷应当通过仲裁解决",
        competent="云江县农村土地承包仲裁委员会",
        route="也可以依法向人民法院起诉",
    ),
    ongoing=OngoingFacts(UNIT, date(2026, 7, 10), date(2026, 9, 8)),
    earlier=(REPLY_PAPER, REVIEW_PAPER, REREVIEW_PAPER),
    objection=ObjectionFacts(
        received_on=date(2026, 7, 5),
        reason="青禾合作社与村民委员会签订的是设施用地租赁合同，争议土地的性质须由自然资源部门认定。",
        suggested_unit="云江县自然资源局",
        number="云农信〔2026〕9号",
        day=date(2026, 7, 8),
        is_agreed=True,
    ),
    extension=ExtensionFacts(
        days=30,
        new_due_on=date(2026, 10, 8),
        reason="合作社账目须委托审计，审计尚未结束",
        proposal="建议延长办理期限30日。",
        approver="李建平",
        approved_on=date(2026, 8, 31),
    ),
    reply=ReplyFacts(
        found="经查，2024年3月柳树沟村民委员会与青禾合作社签订流转合同，约定每年12月31日前支付当年流转费。\n"
        "2025年度流转费15200元至今未付，合作社对欠付金额无异议。",
        conclusion=Conclusion.SUPPORTED,
        opinion="责成柳溪镇人民政府督促青禾合作社于2026年10月31日前付清2025年度土地流转费15200元。",
        basis="《中华人民共和国农村土地承包法》第三十九条、《农村土地经营权流转管理办法》第十九条",
        review_organ=COUNTY,
    ),
    review=ReviewFacts(
        kind=ReviewKind.REVIEW,
        requested_on=date(2026, 9, 21),
        request="要求一并支付逾期利息。",
        disputed=REPLY_PAPER,
        disputed_content="责成柳溪镇人民政府督促青禾合作社于2026年10月31日前付清2025年度土地流转费15200元。",
        due_on=date(2026, 10, 21),
        found="流转合同没有约定逾期利息，原处理意见认定事实清楚。",
        outcome=ReviewOpinion.UPHELD,
        opinion="逾期利息可以由双方协商，或者通过仲裁、诉讼解决。",
        basis="《中华人民共和国民法典》第五百八十五条",
        next_organ=CITY,
    ),
    hearing=HearingFacts(
        day=date(2026, 8, 20),
        starts_at=time(9, 30),
        place="云江县信访局二楼听证室",
        subject="青禾合作社欠付土地流转费的事实和支付期限",
        presider="农村经济股股长周立",
        participants="信访人、青禾合作社代表、柳溪镇人民政府代表",
    ),
    service=DeliveryFacts(
        document="信访处理意见书",
        number="云农信〔2026〕12号",
        recipient="王桂兰",
        place="柳溪镇柳树沟村三组",
        method=DeliveryMethod.DIRECT,
        server="赵敏、孙浩",
    ),
    conclusion=ConclusionFacts(
        investigation="我局会同柳溪镇人民政府查阅合同和账目，走访村民代表6人，合作社对欠付15200元无异议。",
        result="已出具信访处理意见书，青禾合作社承诺于2026年10月31日前付清。",
        petitioner_opinion="信访人王桂兰于2026年9月2日签收处理意见书，对处理意见表示认可。",
    ),
    mediation=MediationFacts(
        first_party="王桂兰",
        second_party="青禾种植专业合作社",
        day=date(2026, 8, 25),
        place="柳溪镇综治中心",
        dispute="青禾种植专业合作社欠付2025年度土地流转费15200元。",
        terms="1.乙方认可欠付甲方2025年度土地流转费15200元。\n2.甲方放弃逾期利息的请求。",
        performance="乙方于2026年10月31日前将上述款项一次付清，转入甲方银行账户。",
    ),
)
"""Of the unit; `of_kind` gives the issuer and the facts that another kind needs."""

_FROM_BUREAU = frozenset(
    {
        LetterKind.FORWARD,
        LetterKind.ASSIGN,
        LetterKind.DISPATCH_NOTICE,
        LetterKind.OBJECTION_DECISION,
        LetterKind.ALREADY_HANDLED,
        LetterKind.NO_LONGER,
    }
)


def of_kind(kind: LetterKind) -> LetterFacts:
    """Facts with which this kind can be issued."""
    if kind in _FROM_BUREAU:
        return _of_bureau(kind)
    if kind is LetterKind.REFUSAL:
        return replace(FACTS, petition=replace(PETITION, handling=HandlingClass.ARBITRATION))
    if kind in (LetterKind.REVIEW_ACCEPTANCE, LetterKind.REVIEW_OPINION):
        return replace(FACTS, issuer=COUNTY)
    if kind is LetterKind.REREVIEW_OPINION:
        review = replace(
            FACTS.review,
            kind=ReviewKind.RE_REVIEW,
            requested_on=date(2026, 11, 18),
            disputed=REVIEW_PAPER,
            disputed_content="维持原处理意见。",
            due_on=date(2026, 12, 18),
            basis="《中华人民共和国民法典》第五百八十五条",
        )
        return replace(FACTS, issuer=CITY, review=review, day=date(2026, 12, 18))
    if kind is LetterKind.CONCLUSION_REPORT:
        passing = replace(FACTS.passing, number="云信交〔2026〕5号", means="交办")
        return replace(FACTS, passing=passing, attachments=("信访处理意见书", "送达回证"))
    return FACTS


def _of_bureau(kind: LetterKind) -> LetterFacts:
    means = "交办" if kind is LetterKind.ASSIGN else "转送"
    return replace(
        FACTS,
        issuer=BUREAU,
        day=date(2026, 7, 3),
        contact="陈志强",
        telephone="0379-66880001",
        address="云江县信访局一楼接待大厅",
        petition=replace(PETITION, received_on=date(2026, 7, 1)),
        passing=replace(FACTS.passing, sender="", number="", means=means),
        attachments=("信访材料复印件",) if kind in (LetterKind.FORWARD, LetterKind.ASSIGN) else (),
    )
