"""The letters of petitions, and of each: who issues it, to whom, on what page, with number and seal, on which basis.

The articles are those of 信访工作条例 (2022). Where it says nothing of a letter, its basis is what the letter serves.
"""

from dataclasses import dataclass
from typing import ClassVar

from rules.numbering import DocumentSeries
from rules.taxonomy import Labelled


class LetterKind(Labelled):
    """文书种类"""

    FORWARD = "forward", "转送单"
    ASSIGN = "assign", "交办函"
    DISPATCH_NOTICE = "dispatch_notice", "去向告知书"
    ACCEPTANCE = "acceptance", "受理告知书"
    REFUSAL = "refusal", "不予受理告知书"
    NO_LONGER = "no_longer", "不再受理告知书"
    ALREADY_HANDLED = "already_handled", "不重复受理告知书"
    OBJECTION = "objection", "异议（退回）函"
    OBJECTION_DECISION = "objection_decision", "异议答复"
    EXTENSION_APPROVAL = "extension_approval", "延期审批表"
    EXTENSION_NOTICE = "extension_notice", "延期告知书"
    REPLY = "reply", "信访处理意见书"
    REVIEW_ACCEPTANCE = "review_acceptance", "复查（复核）受理告知书"
    REVIEW_OPINION = "review_opinion", "复查意见书"
    REREVIEW_OPINION = "rereview_opinion", "复核意见书"
    HEARING_NOTICE = "hearing_notice", "听证通知书"
    SERVICE_RETURN = "service_return", "送达回证"
    CONCLUSION_REPORT = "conclusion_report", "办结报告"
    MEDIATION = "mediation", "调解协议书"

    @property
    def rule(self) -> "LetterRule":
        return RULES[self]

    @property
    def is_for_petitioner(self) -> bool:
        """Handed to the petitioner, or signed by him: without his true name it serves nobody."""
        return self.rule.recipient is Recipient.PETITIONER or self is LetterKind.SERVICE_RETURN


class Issuer(Labelled):
    """Who may issue it."""

    BUREAU = "bureau", "信访部门"
    RESPONSIBLE = "responsible", "责任单位"
    REVIEWER = "reviewer", "复查（复核）机关"
    SUPERIOR = "superior", "上级机关、信访部门"
    ANY = "any", "收到信访事项的机关、单位"


class Recipient(Labelled):
    """To whom it goes."""

    PETITIONER = "petitioner", "信访人"
    UNIT = "unit", "机关、单位"
    FILE = "file", "存入案卷"


class LetterPage(Labelled):
    """GB/T 9704-2012: 信函式 (10.1), 文件式 (7), 纪要 (10.3); a form and an agreement have neither head nor 发文字号."""

    LETTER = "letter", "信函式"
    DOCUMENT = "document", "文件式"
    MINUTES = "minutes", "纪要"
    FORM = "form", "表格"
    PLAIN = "plain", "无版头"


@dataclass(frozen=True)
class LetterRule:
    """One row of the table. `is_numbered`: takes a 发文字号; `may_be_sealed`: an issued PDF may carry the seal."""

    issuer: Issuer
    recipient: Recipient
    page: LetterPage
    basis: str
    is_numbered: bool = True
    may_be_sealed: bool = True
    series: ClassVar = DocumentSeries.LETTER


_TO_UNIT, _TO_PETITIONER, _TO_FILE = Recipient.UNIT, Recipient.PETITIONER, Recipient.FILE
_LETTER = LetterPage.LETTER

RULES: dict[LetterKind, LetterRule] = {
    LetterKind.FORWARD: LetterRule(Issuer.BUREAU, _TO_UNIT, _LETTER, "第二十二条第一款"),
    LetterKind.ASSIGN: LetterRule(Issuer.BUREAU, _TO_UNIT, _LETTER, "第二十二条第一款第三项"),
    LetterKind.DISPATCH_NOTICE: LetterRule(Issuer.BUREAU, _TO_PETITIONER, _LETTER, "第二十二条、第二十三条"),
    LetterKind.ACCEPTANCE: LetterRule(
        Issuer.RESPONSIBLE, _TO_PETITIONER, _LETTER, "第二十三条、第三十一条、第三十四条"
    ),
    LetterKind.REFUSAL: LetterRule(
        Issuer.ANY, _TO_PETITIONER, _LETTER, "第二十条、第二十二条、第二十三条、第三十一条"
    ),
    LetterKind.NO_LONGER: LetterRule(Issuer.ANY, _TO_PETITIONER, _LETTER, "第三十六条第三款"),
    LetterKind.ALREADY_HANDLED: LetterRule(Issuer.SUPERIOR, _TO_PETITIONER, _LETTER, "第十九条第三款"),
    LetterKind.OBJECTION: LetterRule(Issuer.RESPONSIBLE, _TO_UNIT, _LETTER, "第二十三条第三款"),
    LetterKind.OBJECTION_DECISION: LetterRule(Issuer.BUREAU, _TO_UNIT, _LETTER, "第二十三条第三款"),
    LetterKind.EXTENSION_APPROVAL: LetterRule(
        Issuer.RESPONSIBLE, _TO_FILE, LetterPage.FORM, "第三十四条", False, False
    ),
    LetterKind.EXTENSION_NOTICE: LetterRule(Issuer.RESPONSIBLE, _TO_PETITIONER, _LETTER, "第三十四条"),
    LetterKind.REPLY: LetterRule(
        Issuer.RESPONSIBLE, _TO_PETITIONER, _LETTER, "第三十一条第六项、第三十二条、第三十五条"
    ),
    LetterKind.REVIEW_ACCEPTANCE: LetterRule(
        Issuer.REVIEWER, _TO_PETITIONER, _LETTER, "第三十五条、第三十六条"
    ),
    LetterKind.REVIEW_OPINION: LetterRule(Issuer.REVIEWER, _TO_PETITIONER, _LETTER, "第三十五条、第三十六条"),
    LetterKind.REREVIEW_OPINION: LetterRule(Issuer.REVIEWER, _TO_PETITIONER, _LETTER, "第三十六条"),
    LetterKind.HEARING_NOTICE: LetterRule(
        Issuer.ANY, _TO_PETITIONER, _LETTER, "第三十一条第六项、第三十六条第二款"
    ),
    LetterKind.SERVICE_RETURN: LetterRule(
        Issuer.ANY, _TO_FILE, LetterPage.FORM, "第三十五条、第三十六条", False, False
    ),
    LetterKind.CONCLUSION_REPORT: LetterRule(
        Issuer.RESPONSIBLE, _TO_UNIT, LetterPage.DOCUMENT, "第二十二条第一款第三项"
    ),
    LetterKind.MEDIATION: LetterRule(
        Issuer.RESPONSIBLE, _TO_FILE, LetterPage.PLAIN, "第三十三条", False, False
    ),
}
