"""What happens to a record when a paper of it is issued, in the same transaction: one line for each kind that does anything."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.meetings.minuting import minutes_issued
from models.office_paper import OfficePaper
from rules.papers.kinds import PaperKind
from rules.roles import Actor

Effect = Callable[[Session, OfficePaper, Actor, datetime, date], None]
"""(session, paper, actor, now, today); a RuleViolation that it raises refuses the issue."""

EFFECTS: dict[PaperKind, Effect] = {PaperKind.MINUTES: minutes_issued}
