"""What an office may owe: every decision, instruction, promise and limit ends here until it is closed with evidence."""

from rules.taxonomy import Labelled


class OwedKind(Labelled):
    """应办事项的种类"""

    PETITION = "petition", "信访期限"
    SUPERVISION = "supervision", "督办"
    DECISION = "decision", "议定事项"
    PROMISE = "promise", "领导承诺"
    ANSWER = "answer", "信息和指令"
    LEAD = "lead", "领导包案"
    SUGGESTION = "suggestion", "建议答复"
    INTERVIEW = "interview", "约谈整改"
    PROBLEM = "problem", "督查整改"
