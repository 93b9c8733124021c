"""The letters that are served, beside the steps: what is still to be drafted or issued, and what 登记送达 begins with."""

from dataclasses import dataclass

from flask import url_for

from blueprints.petitions.letter_panel import LetterLine, LetterPanel
from models.petition import Petition
from queries.petition_standing import Surroundings
from rules.letters.kinds import LetterKind
from rules.petition_states import Stage
from rules.petition_words import HandlingClass, ServedPaper

LETTERS_OF = {
    ServedPaper.NOTICE: (
        *(LetterKind.ACCEPTANCE, LetterKind.REFUSAL, LetterKind.NO_LONGER, LetterKind.ALREADY_HANDLED),
    ),
    ServedPaper.REPLY: (LetterKind.REPLY,),
    ServedPaper.REVIEW: (LetterKind.REVIEW_OPINION,),
    ServedPaper.RE_REVIEW: (LetterKind.REREVIEW_OPINION,),
}


@dataclass(frozen=True)
class Note:
    """`words`, then a link."""

    words: str
    link: str
    address: str


def opinion_note(petition: Petition, around: Surroundings, papers: LetterPanel) -> Note | None:
    """From the reply to its letter: it is approved, then 信访处理意见书 is drafted, issued and served."""
    reply = around.reply
    if (
        petition.stage != Stage.HANDLING
        or petition.served_on
        or petition.handling_class != HandlingClass.PETITION
    ):
        return None
    if reply is None or reply.state != "approved":
        words = "答复批准以后，还要起草、签发信访处理意见书，再登记送达。"
        return Note(words, "到文书", "#letters")
    lines = [line for line in papers.lines if line.row.kind == LetterKind.REPLY]
    issued = next((line for line in reversed(lines) if line.row.state == "issued"), None)
    if issued is not None:
        return Note(
            f"信访处理意见书 {issued.row.number or ''} 已签发，送达信访人以后登记送达。", "到文书", "#letters"
        )
    return _to_be_issued(petition, lines)


def _to_be_issued(petition: Petition, drafts: list[LetterLine]) -> Note:
    if not drafts:
        return Note("答复已批准：先起草信访处理意见书，签发以后送达，再登记送达。", "起草意见书", "#letters")
    line = drafts[-1]
    if not line.may_issue:
        return Note("信访处理意见书已起草，由出具单位负责人签发以后送达，再登记送达。", "到文书", "#letters")
    address = url_for("petitions.issue_letter", petition_id=petition.id, letter_id=line.row.id)
    return Note("信访处理意见书已起草：签发以后送达，再登记送达。", "签发意见书", address)


def served_next(petition: Petition, around: Surroundings, papers: LetterPanel) -> dict[str, str]:
    """The paper that waits to be served, and its number where one letter was issued."""
    reply = around.reply
    waits = petition.served_on is None and reply is not None and reply.state == "approved"
    paper = ServedPaper.REPLY if waits else None
    found = [
        (kind, line.row.number)
        for kind, letters in LETTERS_OF.items()
        for line in papers.lines
        if line.row.state == "issued" and line.row.kind in letters and paper in (None, kind)
    ]
    if len(found) == 1:
        return {"paper": found[0][0].value, "document_number": found[0][1] or ""}
    return {"paper": paper.value} if paper else {}
