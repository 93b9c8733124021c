"""The steps that may be taken for many petitions at once: the doors of one, and what differs where many go through."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from actions.petitions import handling
from actions.petitions.steps import Act
from blueprints.petitions import step_forms as forms
from blueprints.petitions.step_doors import DOOR_OF, Door
from rules.errors import RuleViolation
from rules.petition_states import WAYS, Verb
from rules.petition_words import Acceptance, HandlingClass, Rating


@dataclass(frozen=True)
class ManyDoor:
    """`form` asks what `one` asks but the version, which each petition has for itself."""

    one: Door
    form: type[forms.StepForm]
    act: Callable[[Session, Act, forms.StepForm], None]
    label: str

    @property
    def endpoint(self) -> str:
        return f"{self.one.verb.value}_many"


def _rate(session: Session, act: Act, form: forms.StepForm) -> None:
    """What is left empty stays as it is. Raises RuleViolation."""
    bureau, unit = form.word("bureau_rating", Rating), form.word("unit_rating", Rating)
    if bureau is None and unit is None:
        raise RuleViolation("请至少选一项评价。", "bureau_rating")
    known = act.petition
    handling.rate(
        session,
        act,
        bureau or (Rating(known.bureau_rating) if known.bureau_rating else None),
        unit or (Rating(known.unit_rating) if known.unit_rating else None),
    )


def _accept(session: Session, act: Act, form: forms.StepForm) -> None:
    handling.notify(session, act, Acceptance.ACCEPTED, form.word("handling_class", HandlingClass))


_OTHERWISE = {
    Verb.NOTIFY: (forms.AcceptForm, _accept, "告知受理"),
    Verb.RATE: (forms.RateForm, _rate, Verb.RATE.label),
}


@cache
def _without_version(form: type[forms.StepForm]) -> type[forms.StepForm]:
    """Nor can names be compared for many at once: an accusation that asks for it is sent on by itself."""
    return type(f"Many{form.__name__}", (form,), {"version": None, "compared": None})


def _many(door: Door) -> ManyDoor:
    form, act, label = _OTHERWISE.get(door.verb, (door.form, door.act, door.verb.label))
    return ManyDoor(door, _without_version(form), act, label)


MANY_DOORS = tuple(_many(DOOR_OF[verb]) for verb in Verb if WAYS[verb].for_many)
