"""What pages and commands share: beginning a bulletin from a template, and whether it may go to be issued."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from actions.bulletins import BulletinData
from models.bulletin import Bulletin
from models.organisation import Unit
from queries.bulletin_templates import TemplateChoice
from queries.organisation import UnitLine, units_in_scope
from rules.bulletin_kinds import BulletinKind
from rules.errors import RuleViolation, RuleViolations
from rules.periods import Period
from rules.roles import Actor
from rules.taxonomy import UnitCategory
from web.bulletin_recipients import expanded, sendable, usual_groups, villages_named
from web.bulletin_writing import words_put_in, write_row


def begun(
    session: Session, actor: Actor, template: TemplateChoice, unit: Unit, period: Period, today: date
) -> BulletinData:
    """The template with its title and addressees put in; the text keeps its tokens until it is issued."""
    units = units_in_scope(session, actor, today)
    texts = (_voiced(t, template, unit) for t in (template.title, *_sent_to(session, actor, template, units)))
    title, addressees, copies_to = (words_put_in(session, unit, period, today, text) for text in texts)
    return BulletinData(
        kind=template.kind,
        period=period,
        subject_unit_id=unit.id,
        title=title,
        addressees=addressees,
        copies_to=copies_to,
        source=_voiced(template.source, template, unit),
        format="notice" if template.kind is BulletinKind.NOTICE else "document",
        recipients=expanded(usual_groups(units), [], sendable(units, actor.unit_id)),
    )


def _sent_to(
    session: Session, actor: Actor, template: TemplateChoice, units: Sequence[UnitLine]
) -> tuple[str, str]:
    """主送 and 抄送: the shipped ones are the county office's; any other unit writes to the villages below it."""
    sender = session.get(Unit, actor.unit_id or 0)
    if template.is_own or not template.addressees or (sender and sender.category == UnitCategory.BUREAU):
        return template.addressees, template.copies_to
    return villages_named(units), ""


def _voiced(text: str, template: TemplateChoice, unit: Unit) -> str:
    """The shipped texts speak for the county; about another unit they say its name instead of 全县."""
    if template.is_own or unit.category == UnitCategory.COUNTY_COMMITTEE:
        return text
    return text.replace("全县", unit.label)


def require_ready(
    session: Session, actor: Actor, row: Bulletin, today: date, *, names_checked: bool = False
) -> None:
    """Raises RuleViolations: every line that cannot be written, and names of people who came."""
    found = write_row(session, actor, row, today)
    problems = [RuleViolation(str(problem)) for problem in found.problems]
    if found.names.visitors and not names_checked:
        words = f"正文里有与信访人相同的姓名（{'、'.join(found.names.visitors)}），请改写；确认不是信访人的，请勾选后再提交。"
        problems.append(RuleViolation(words, "names_checked"))
    if problems:
        raise RuleViolations(problems)
