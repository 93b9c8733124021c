"""What the page of one petition shows besides its facts: clocks, steps, replies, reviews, papers served, visits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.deadline import Deadline
from models.petition import Petition, PetitionPaperApproval, PetitionStep, PetitionVisit
from models.visit import Visit
from queries.petition_days import CLOCK_WORDS
from queries.petition_scope import petition_is_visible, visible_petitions
from queries.scope import visit_is_visible
from rules.calendar_effects import Terms
from rules.lights import Ladder, Light, light
from rules.office_time import day_of
from rules.petition_clocks import HANDLE, MET_BY, RIGHTS
from rules.petition_states import Verb
from rules.roles import Actor
from rules.time_limits import NotInForce, limit_on


@dataclass(frozen=True)
class ShownClock:
    """One clock as the page shows it; `light` is None for a right, whose passing makes nobody late."""

    key: str
    name: str
    article: str
    who: str
    started_on: date
    due_on: date
    legal_due_on: date | None
    provisional: bool
    met_on: date | None
    ended_on: date | None
    light: Light | None
    trace: list[str]

    @property
    def light_words(self) -> str:
        """Only what ends the handling is 办结; a notice or an opinion is 完成."""
        words = self.light.label if self.light else ""
        return words.replace("完成", "办结") if self.key == HANDLE else words


def clocks_shown(
    session: Session, petition: Petition, today: date, terms: Terms, ladder: Ladder
) -> list[ShownClock]:
    """In the order in which they started. One statement."""
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.petition_id == petition.id)
        .options(joinedload(Deadline.unit))
        .order_by(Deadline.started_on, Deadline.id)
    )
    return [_shown(row, today, terms, ladder) for row in rows]


def _shown(row: Deadline, today: date, terms: Terms, ladder: Ladder) -> ShownClock:
    return ShownClock(
        key=row.key,
        name=CLOCK_WORDS.get(row.key, row.key),
        article=_article(terms, row),
        who=row.unit.label if row.unit else "信访人",
        started_on=row.started_on,
        due_on=row.due_on,
        legal_due_on=row.legal_due_on,
        provisional=row.provisional,
        met_on=row.met_on,
        ended_on=row.ended_on,
        light=None
        if row.key in RIGHTS or row.ended_on
        else light(row.due_on, row.met_on, today, ladder, terms.calendar),
        trace=row.trace.split("\n"),
    )


def _article(terms: Terms, row: Deadline) -> str:
    try:
        return limit_on(terms.limits, row.key, row.started_on).article
    except NotInForce:
        return ""


def entered_late(
    petition: Petition, steps: Iterable[PetitionStep], clocks: Sequence[ShownClock]
) -> frozenset[int]:
    """Ids of steps that meet a clock by the day they bear, but were entered only when its last day had passed: 补录. The
    lines that an import brought with the petition were all entered that day and say nothing of it."""
    return frozenset(
        step.id
        for step in steps
        if not _came_whole(petition, step) and any(_meets_it_from_behind(step, clock) for clock in clocks)
    )


def _came_whole(petition: Petition, step: PetitionStep) -> bool:
    return petition.import_batch_id is not None and step.recorded_at == petition.registered_at


def _meets_it_from_behind(step: PetitionStep, clock: ShownClock) -> bool:
    entered_on = day_of(step.recorded_at)
    meets = step.verb in MET_BY[clock.key] and step.happened_on == clock.met_on
    return meets and step.happened_on < entered_on and clock.due_on < entered_on


def is_proof(session: Session, attachment_id: int) -> bool:
    """Whether an approval on paper was entered by this scan."""
    found = select(PetitionPaperApproval.id).filter_by(attachment_id=attachment_id).limit(1)
    return session.scalar(found) is not None


def visits_of(session: Session, actor: Actor, petition: Petition) -> list[Visit]:
    """The visits at which it was told that this actor may see."""
    linked = select(PetitionVisit.visit_id).where(PetitionVisit.petition_id == petition.id)
    statement = select(Visit).where(Visit.id.in_(linked), visit_is_visible(actor)).order_by(Visit.visit_date)
    return list(session.scalars(statement))


@dataclass(frozen=True)
class Linked:
    """Of the petitions that one names, those that its reader may see: ids and numbers."""

    ids: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()


def linked_petitions(session: Session, actor: Actor, petition: Petition, steps: list[PetitionStep]) -> Linked:
    """The earlier one, and those into which it was merged. One statement, none where it names no other."""
    ids = [i for i in (petition.earlier_id, petition.merged_into_id) if i is not None]
    numbers = {step.outcome for step in steps if step.verb == Verb.MERGE}
    if not ids and not numbers:
        return Linked()
    named = or_(Petition.id.in_(ids), Petition.number.in_(numbers))
    seen = session.execute(
        select(Petition.id, Petition.number).where(petition_is_visible(actor), named)
    ).all()
    return Linked(frozenset(row.id for row in seen), frozenset(row.number for row in seen))


def petitions_of_visit(session: Session, actor: Actor, visit_id: int) -> list[Petition]:
    """The petitions that came of a visit and that this actor may see."""
    linked = select(PetitionVisit.petition_id).where(PetitionVisit.visit_id == visit_id)
    return list(
        session.scalars(visible_petitions(actor).where(Petition.id.in_(linked)).order_by(Petition.id))
    )
