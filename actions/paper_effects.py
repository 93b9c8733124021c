"""What happens to a record when a paper of it is issued, in the same transaction: one line for each kind that does anything."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.meetings.minuting import minutes_issued
from actions.suggestions import mark_issued
from actions.supervision.issuing import issued_by_letter
from models.office_paper import OfficePaper
from rules.papers.kinds import PaperKind
from rules.roles import Actor
from rules.suggestion_rules import PAPERS

Effect = Callable[[Session, OfficePaper, Actor, datetime, date], None]
"""(session, paper, actor, now, today); a RuleViolation that it raises refuses the issue."""

EFFECTS: dict[PaperKind, Effect] = {
    **{kind: mark_issued for kind in PAPERS.values()},
    PaperKind.SUPERVISION: issued_by_letter,
    PaperKind.MINUTES: minutes_issued,
}
