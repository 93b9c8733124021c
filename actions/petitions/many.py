"""One step for many petitions: the same act for each in one transaction, each with its own line and audit entry. What is
refused of one leaves the others be."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.petitions.steps import Act
from queries.petition_standing import surroundings_of_many
from queries.terms import terms_of
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.petition_states import Stage

MOST_AT_ONCE = 200
OVERTAKEN = "预览以后，这一件刚被别人办理或修改过，没有再改动它。请重新预览。"


@dataclass(frozen=True)
class Outcome:
    """What became of one petition, or why nothing did. `field` names the form field that a refusal belongs to."""

    petition_id: int
    version: int = 0
    """As the petition stood before."""
    stage: Stage | None = None
    """Where it stands afterwards, and what is due next then."""
    due_on: date | None = None
    due_key: str | None = None
    replaced: tuple[tuple[str, Any, Any], ...] = ()
    """Columns that held something else, besides the stage: name, before, after, as plain values."""
    refusal: str = ""
    field: str = ""
    was_done: bool = False
    """Taken before with the same form; nothing was changed now."""

    @property
    def is_refused(self) -> bool:
        return bool(self.refusal)


def take_each(session: Session, acts: Sequence[Act], step: Callable[[Session, Act], None]) -> list[Outcome]:
    """Take the step for each petition, each named once, with one submission key for the form. Sent twice, it is taken
    once for each. Raises RuleViolation for more than MOST_AT_ONCE."""
    require_few(len(acts))
    around = surroundings_of_many(session, [act.petition.id for act in acts])
    terms = terms_of(session)
    return [
        _outcome(
            session,
            replace(act, around=around[act.petition.id], terms=terms, submission_key=_own_key(act)),
            step,
        )
        for act in acts
    ]


def require_few(number: int) -> None:
    """Raises RuleViolation."""
    if number > MOST_AT_ONCE:
        raise RuleViolation(f"一次最多办理 {MOST_AT_ONCE} 件，现在勾选了 {number} 件。")


def _own_key(act: Act) -> str:
    return f"{act.submission_key}|{act.petition.id}" if act.submission_key else ""


def _outcome(session: Session, act: Act, step: Callable[[Session, Act], None]) -> Outcome:
    petition_id, version = act.petition.id, act.petition.version
    try:
        with session.begin_nested():
            step(session, act)
    except StaleVersion:
        return Outcome(petition_id, version, refusal=OVERTAKEN)
    except RuleViolation as refusal:
        return Outcome(petition_id, version, refusal=refusal.message, field=refusal.field or "")
    except RuleViolations as several:
        return Outcome(petition_id, version, refusal="".join(v.message for v in several.violations))
    petition = act.petition
    return Outcome(
        petition_id,
        version,
        Stage(petition.stage),
        petition.next_due_on,
        petition.next_due_key,
        _replaced(act) if petition.version != version else (),
        was_done=petition.version == version,
    )


def _replaced(act: Act) -> tuple[tuple[str, Any, Any], ...]:
    """As the step's own line remembers what stood before it."""
    steps = act.around.steps if act.around else []
    before = json.loads(steps[-1].before) if steps else {}
    values = ((name, old, getattr(act.petition, name)) for name, old in before.items() if old)
    return tuple((name, old, new) for name, old, new in values if name != "stage" and str(old) != str(new))
