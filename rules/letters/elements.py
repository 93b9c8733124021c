"""What each letter must say: the table of required elements (信访工作条例 art. 19–36).

`needs` are values that the office must know; `sections` are headings with something under them, and `says` are words
of the text. Both are asked of the text as the clerk left it, so that editing loses nothing that the law wants.
"""

from dataclasses import dataclass

from rules.letters.kinds import LetterKind

_KNOWN = (
    ("issuer", "发文单位"),
    ("petition.number", "信访事项编号"),
    ("petition.title", "事项标题"),
    ("petition.petitioner", "信访人"),
)
_SENT = (("passing.sent_on", "转送（交办）日期"),)
_RECEIVED = (("petition.received_on", "收到日期"),)
_ASK = (("telephone", "联系电话"),)
_UNIT = (("passing.unit", "责任单位"),)
_SENDER = (("passing.sender", "转送（交办）单位"), ("passing.number", "转送（交办）文号"), *_SENT)
_DUE = (("due.accepted_on", "受理日期"), ("due.due_on", "原办理期限"))
_EXTENDED = (*_DUE, ("extension.days", "延长天数"), ("extension.new_due_on", "延长后的期限"))
_DISPUTED = (("review.requested_on", "收到请求的日期"), ("review.disputed", "不服的意见书"))
_OPINION = (*_DISPUTED, ("review.outcome", "维持、撤销、变更或者责令重办"))


@dataclass(frozen=True)
class Said:
    """`pattern` is a regular expression; {path} in it is that value, as printed. `label` says what is missing."""

    label: str
    pattern: str


@dataclass(frozen=True)
class Section:
    """A heading that the pattern finds; at least one line stands under it."""

    label: str
    pattern: str


@dataclass(frozen=True)
class Elements:
    needs: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = ()
    says: tuple[Said, ...] = ()


def _article(number: str) -> Said:
    return Said(f"依据（《信访工作条例》第{number}条）", rf"《信访工作条例》[^。]*第{number}条")


_ABOUT = Said("信访事项编号", "{petition.number}")
_FIFTEEN_DAYS = Said("“自收到之日起15日内书面告知信访人”的要求", r"(?:15日内书面|按照有关规定)告知信访人")
_OBJECT = Said("“5个工作日内提出异议”的要求", r"5个工作日内[^。]*提出异议")
_BASIS = Section("法律法规依据", r"依据")
_FACTS = Section("认定的事实", r"事实")

ELEMENTS: dict[LetterKind, Elements] = {
    LetterKind.FORWARD: Elements(
        (*_KNOWN, *_UNIT, *_RECEIVED), says=(_ABOUT, _article("二十二"), _FIFTEEN_DAYS, _OBJECT)
    ),
    LetterKind.ASSIGN: Elements(
        (*_KNOWN, *_UNIT, *_RECEIVED, ("passing.feedback_by", "反馈期限"), *_ASK),
        says=(
            _ABOUT,
            _article("二十二"),
            Said("反馈期限", r"{passing.feedback_by}前"),
            Said("提交办结报告的要求", r"办结报告"),
            _FIFTEEN_DAYS,
            _OBJECT,
        ),
    ),
    LetterKind.DISPATCH_NOTICE: Elements(
        (*_KNOWN, *_RECEIVED, *_SENT, *_UNIT, *_ASK),
        says=(_ABOUT, Said("去向单位", "{passing.unit}"), _article("二十二")),
    ),
    LetterKind.ACCEPTANCE: Elements(
        (*_KNOWN, *_RECEIVED, ("petition.handling", "办理类别"), _DUE[0], ("due.handler", "办理单位"), *_ASK),
        says=(
            _ABOUT,
            Said("受理日期", "{due.accepted_on}"),
            Said("处理途径（《信访工作条例》第三十一条的哪一项，或者第二十九条、第三十条）", r"第(?:三十一条第.项|二十九条|三十条)"),
            Said("办理期限", r"期限"),
        ),
    ),
    LetterKind.REFUSAL: Elements(
        (*_KNOWN, *_RECEIVED, ("refusal.reason", "不予受理的理由"), ("refusal.competent", "有权处理的机关、单位")),
        says=(
            _ABOUT,
            Said("不予受理的决定", r"不予受理"),
            Said("不予受理的依据", r"根据[^。]*第[一二三四五六七八九十百]+条"),
            Said("有权处理的机关、单位", "{refusal.competent}"),
        ),
    ),
    LetterKind.NO_LONGER: Elements(
        (*_KNOWN, *_RECEIVED, ("earlier", "原处理、复查、复核意见")),
        says=(
            _ABOUT,
            Said("同一事实和理由", r"同一事实和理由"),
            Said("不再受理的决定", r"不再受理"),
            _article("三十六"),
        ),
    ),
    LetterKind.ALREADY_HANDLED: Elements(
        (*_KNOWN, *_RECEIVED, ("ongoing.unit", "正在办理的单位"), ("ongoing.accepted_on", "受理日期"), ("ongoing.due_on", "办理期限")),
        says=(
            _ABOUT,
            Said("正在办理的单位", "{ongoing.unit}"),
            Said("受理日期", "{ongoing.accepted_on}"),
            Said("办理期限", "{ongoing.due_on}"),
            _article("十九"),
        ),
    ),
    LetterKind.OBJECTION: Elements(
        (*_KNOWN, *_SENDER, ("objection.received_on", "收到日期")),
        (Section("异议理由", r"理由"), Section("建议的办理单位", r"建议")),
        (_ABOUT, _article("二十三")),
    ),
    LetterKind.OBJECTION_DECISION: Elements(
        (*_KNOWN, *_UNIT, ("objection.number", "异议函文号"), ("objection.is_agreed", "同意或者不同意")),
        says=(Said("同意或者不同意", r"同意"), _article("二十三")),
    ),
    LetterKind.EXTENSION_APPROVAL: Elements((*_KNOWN, *_EXTENDED, ("extension.reason", "延期理由"))),
    LetterKind.EXTENSION_NOTICE: Elements(
        (*_KNOWN, *_EXTENDED, ("extension.reason", "延期理由"), ("extension.approver", "批准的负责人"), ("extension.approved_on", "批准日期")),
        says=(
            _ABOUT,
            Said("延期理由", r"因[^。，]{4,}"),
            Said("延长后的期限", "{extension.new_due_on}"),
            _article("三十四"),
        ),
    ),
    LetterKind.REPLY: Elements(
        (*_KNOWN, *_RECEIVED, _DUE[0], ("reply.conclusion", "处理结论"), ("reply.review_organ", "复查机关")),
        (
            Section("投诉请求", r"请求"),
            Section("事实和理由", r"事实"),
            Section("处理意见", r"意见"),
            _BASIS,
        ),
        (_ABOUT, Said("申请复查的权利、期限和复查机关", r"30日内[^。]*{reply.review_organ}[^。]*复查")),
    ),
    LetterKind.REVIEW_ACCEPTANCE: Elements(
        (*_KNOWN, *_DISPUTED, *_ASK), says=(_ABOUT, Said("依据", r"第三十[五六]条"))
    ),
    LetterKind.REVIEW_OPINION: Elements(
        (*_KNOWN, *_OPINION, ("review.next_organ", "复核机关")),
        (Section("复查请求", r"请求"), _FACTS, Section("复查意见", r"复查意见$"), _BASIS),
        (_ABOUT, Said("申请复核的权利、期限和复核机关", r"30日内[^。]*{review.next_organ}[^。]*复核")),
    ),
    LetterKind.REREVIEW_OPINION: Elements(
        (*_KNOWN, *_OPINION),
        (Section("复核请求", r"请求"), _FACTS, Section("复核意见", r"复核意见$"), _BASIS),
        (_ABOUT, Said("终结告知（同一事实和理由不再受理）", r"同一事实和理由[^。]*不再受理"), _article("三十六")),
    ),
    LetterKind.HEARING_NOTICE: Elements(
        (*_KNOWN, ("hearing.day", "听证日期"), ("hearing.starts_at", "听证时间"), ("hearing.place", "听证地点"), *_ASK),
        says=(
            _ABOUT,
            Said("听证日期", "{hearing.day}"),
            Said("听证地点", "{hearing.place}"),
            Said("依据", r"《信访工作条例》第三十[一六]条"),
        ),
    ),
    LetterKind.SERVICE_RETURN: Elements(
        (*_KNOWN[:2], ("service.document", "送达文书名称"), ("service.number", "发文字号"), ("service.recipient", "受送达人"))
    ),
    LetterKind.CONCLUSION_REPORT: Elements(
        (*_KNOWN, *_SENDER, ("signer", "签发人")),
        (
            Section("调查情况", r"调查"),
            Section("处理结果", r"结果"),
            Section("信访人意见", r"信访人意见"),
        ),
        (_ABOUT,),
    ),
    LetterKind.MEDIATION: Elements(
        (*_KNOWN[:3], ("mediation.first_party", "甲方"), ("mediation.second_party", "乙方"), ("mediation.day", "调解日期")),
        (
            Section("争议事项", r"争议"),
            Section("协议内容", r"协议内容"),
            Section("履行方式和期限", r"履行"),
        ),
        (_ABOUT, _article("三十三")),
    ),
}  # fmt: skip
"""`review.disputed` and `earlier` name papers with numbers and dates; the others are single values."""
