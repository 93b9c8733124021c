"""The office's papers beside bulletins and letters of petitions: which page, with number and seal, on which basis.

The articles are those of 信访工作条例 (2022).
"""

from dataclasses import dataclass
from typing import ClassVar

from rules.letters.kinds import LetterPage
from rules.numbering import DocumentSeries
from rules.taxonomy import Labelled


class PaperKind(Labelled):
    """公函种类"""

    SUPERVISION = "supervision", "督办函"
    WORK_SUGGESTION = "work_suggestion", "改进工作建议书"
    POLICY_SUGGESTION = "policy_suggestion", "完善政策建议"
    LIABILITY_SUGGESTION = "liability_suggestion", "追究责任建议书"
    INTERVIEW_NOTICE = "interview_notice", "约谈通知书"
    INTERVIEW_RECORD = "interview_record", "约谈纪要"
    INSPECTION_NOTICE = "inspection_notice", "督查通知"
    INSPECTION_FEEDBACK = "inspection_feedback", "督查反馈意见"
    LEAD_NOTICE = "lead_notice", "包案通知"
    MEETING_NOTICE = "meeting_notice", "会议通知"
    MINUTES = "minutes", "会议纪要"
    ESCALATION = "escalation", "提请研究的报告"

    @property
    def rule(self) -> "PaperRule":
        return RULES[self]


@dataclass(frozen=True)
class PaperRule:
    """One row of the table. `is_numbered`: takes a 发文字号; `may_be_sealed`: an issued PDF may carry the seal; `once`:
    of one record there is one; `names_signer`: goes up, so that its head names who signed it (GB/T 9704 7.2.6)."""

    page: LetterPage
    basis: str
    is_numbered: bool = True
    may_be_sealed: bool = True
    series: ClassVar = DocumentSeries.PAPER
    once: bool = True
    names_signer: bool = False


_LETTER, _DOCUMENT = LetterPage.LETTER, LetterPage.DOCUMENT

RULES: dict[PaperKind, PaperRule] = {
    PaperKind.SUPERVISION: PaperRule(_LETTER, "第四十条", once=False),
    PaperKind.WORK_SUGGESTION: PaperRule(_LETTER, "第十四条第二款第六项、第四十条"),
    PaperKind.POLICY_SUGGESTION: PaperRule(_DOCUMENT, "第十四条第二款第六项", names_signer=True),
    PaperKind.LIABILITY_SUGGESTION: PaperRule(_LETTER, "第十四条第二款第六项"),
    PaperKind.INTERVIEW_NOTICE: PaperRule(_LETTER, "第三十九条"),
    PaperKind.INTERVIEW_RECORD: PaperRule(LetterPage.PLAIN, "第三十九条", False, False),
    PaperKind.INSPECTION_NOTICE: PaperRule(_LETTER, "第三十八条"),
    PaperKind.INSPECTION_FEEDBACK: PaperRule(_LETTER, "第三十八条"),
    PaperKind.LEAD_NOTICE: PaperRule(_LETTER, "第十八条"),
    PaperKind.MEETING_NOTICE: PaperRule(_LETTER, "第十三条"),
    PaperKind.MINUTES: PaperRule(LetterPage.MINUTES, "第十三条", may_be_sealed=False),
    PaperKind.ESCALATION: PaperRule(_DOCUMENT, "第九条、第十三条", once=False, names_signer=True),
}
