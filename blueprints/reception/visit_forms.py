"""The visit form: shape only; the rules are asked by the action."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from actions.contacts import ContactData
from actions.visits import VisitData
from models.visit import Visit
from queries.choices import Choice, category_choices, person_named, understood, unit_choices
from rules.errors import RuleViolation
from rules.redaction import (
    normalise_id_number,
    normalise_telephone,
    valid_id_number,
    valid_telephone,
)
from rules.roles import Actor
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from rules.visit_rules import MOST_CONTACTS
from web.form_fields import DayField, OnceForm, ReasonForm, required, within

POSITIONS = range(1, MOST_CONTACTS + 1)
NONE_ANY_MORE = "-"


def numbered(words: type[Any]) -> list[tuple[str, str]]:
    """`1 初访`, `2 重访`: one digit chooses in a native select."""
    return [(code, f"{n} {label}") for n, (code, label) in enumerate(words.choices(), start=1)]


class VisitForm(OnceForm):
    unit = StringField("登记单位", validators=[required("登记单位"), within(80)])
    visit_date = DayField("来访日期", validators=[InputRequired("请填写来访日期。")])
    visit_time = TimeField("时间", validators=[Optional()])
    reception_type = SelectField(
        "接访类型", choices=numbered(ReceptionType), default=ReceptionType.DAILY.value
    )
    place = StringField("地点", validators=[within(80)])
    receptionist = StringField("接访人", validators=[within(80)])
    persons = IntegerField(
        "来访人数",
        default=1,
        validators=[InputRequired("请填写来访人数。"), NumberRange(1, 9999, "来访人数应在 1 到 9999 之间。")],
    )
    representatives = IntegerField(
        "代表人数",
        validators=[Optional(), NumberRange(1, 5, "代表人数应在 1 到 5 之间（《信访工作条例》第二十条）。")],
    )
    involved_persons = IntegerField(
        "涉及人数", validators=[Optional(), NumberRange(1, 999_999, "涉及人数要填一个正整数。")]
    )
    visit_kind = SelectField("初访/重访", choices=numbered(VisitKind), default=VisitKind.FIRST.value)
    anonymous = BooleanField("匿名")
    confidential = BooleanField("要求保密")
    category = StringField("内容分类", validators=[required("内容分类"), within(80)])
    purpose = SelectField("信访目的", choices=numbered(Purpose), default=Purpose.REQUEST.value)
    location_unit = StringField("问题属地", validators=[within(80)])
    accused_unit = StringField("被反映单位", validators=[within(80)])
    accused_person = StringField("被反映的工作人员", validators=[within(80)])
    content = TextAreaField("反映内容", validators=[required("反映内容"), within(2000)])
    reply = TextAreaField("答复意见", validators=[within(2000)])
    outcome = SelectField("处理结果", choices=numbered(Outcome), default=Outcome.EXPLAINED.value)
    responsible_unit = StringField("责任单位", validators=[within(80)])
    due_date = DayField("限办日期", validators=[Optional()])
    paper_page = HiddenField()

    def data_for(self, session: Session, actor: Actor, today: date) -> VisitData:
        """What was typed, with names of units and categories understood. Adds errors; raises RuleViolation last."""
        units = unit_choices(session, actor.account_id, today)
        chosen = {
            name: self._choice(
                name, category_choices(session, actor.account_id) if name == "category" else units
            )
            for name in ("unit", "category", "location_unit", "responsible_unit")
        }
        accused = self._accused(units)
        accused_person = self._accused_person(session, today)
        contacts = self._contacts()
        if self.errors:
            raise RuleViolation("")
        return VisitData(
            unit_id=chosen["unit"].id,  # type: ignore[union-attr]
            category_id=chosen["category"].id,  # type: ignore[union-attr]
            location_unit_id=_id(chosen["location_unit"]),
            responsible_unit_id=_id(chosen["responsible_unit"]),
            accused_unit_id=_id(accused),
            accused_text=(self.accused_unit.data or "").strip(),
            accused_person_id=accused_person,
            visit_date=self.visit_date.data,
            visit_time=self.visit_time.data,
            reception_type=ReceptionType(self.reception_type.data),
            place=(self.place.data or "").strip(),
            receptionist=(self.receptionist.data or "").strip(),
            persons=self.persons.data,
            representatives=self.representatives.data,
            involved_persons=self.involved_persons.data,
            visit_kind=VisitKind(self.visit_kind.data),
            purpose=Purpose(self.purpose.data),
            content=(self.content.data or "").strip(),
            reply=(self.reply.data or "").strip(),
            outcome=Outcome(self.outcome.data),
            due_date=self.due_date.data,
            confidential=self.confidential.data,
            anonymous=self.anonymous.data,
            paper_page=self.paper_page.data or None,
            contacts=contacts,
        )

    def _choice(self, name: str, choices: list[Choice]) -> Choice | None:
        text = (self[name].data or "").strip()
        if not text:
            return None
        try:
            return understood(choices, text, name)
        except RuleViolation as violation:
            self.add_error(violation)
            return None

    def _accused(self, units: list[Choice]) -> Choice | None:
        """A unit of the tree where the text names exactly one, else just the text."""
        text = (self.accused_unit.data or "").strip()
        exact = [u for u in units if text in (u.label, u.code, u.hint)]
        return exact[0] if text and len(exact) == 1 else None

    def _accused_person(self, session: Session, today: date) -> int | None:
        text = (self.accused_person.data or "").strip()
        try:
            return person_named(session, text, today, "accused_person") if text else None
        except RuleViolation as violation:
            self.add_error(violation)
            return None

    def _contacts(self) -> tuple[ContactData | None, ...]:
        return tuple(c for n in POSITIONS if (c := self._contact(n)) is not None)

    def _typed(self, n: int) -> tuple[str, str, str, str]:
        parts = (self[f"{part}_{n}"].data for part in ("name", "address", "id_number", "telephone"))
        name, address, id_number, telephone = ((text or "").strip() for text in parts)
        return name, address, id_number, telephone

    def _contact(self, n: int) -> ContactData | None:
        name, address, id_number, telephone = self._typed(n)
        if not any((name, address, id_number, telephone)):
            return None
        if not name and not self.anonymous.data:
            self.add_error(RuleViolation("请填写这一位的姓名。", f"name_{n}"))
        return ContactData(name, address, self._id_number(n, id_number), self._telephone(n, telephone))

    def _id_number(self, n: int, text: str) -> str | None:
        number = normalise_id_number(text)
        if len(number) in (15, 18) and number[:-1].isdigit() and not valid_id_number(number):
            self.add_error(RuleViolation("身份证号校验不对，请核对。", f"id_number_{n}"))
        return number

    def _telephone(self, n: int, text: str) -> str | None:
        if text and not valid_telephone(text):
            self.add_error(
                RuleViolation("电话号码不对，请核对（手机 11 位，固定电话带区号）。", f"telephone_{n}")
            )
        return normalise_telephone(text)


for _n in POSITIONS:
    setattr(VisitForm, f"name_{_n}", StringField("姓名", validators=[within(60)]))
    setattr(VisitForm, f"telephone_{_n}", StringField("联系电话", validators=[within(30)]))
    setattr(VisitForm, f"id_number_{_n}", StringField("证件号码", validators=[within(30)]))
    setattr(VisitForm, f"address_{_n}", StringField("住址", validators=[within(120)]))


class CorrectionForm(VisitForm):
    """The same form over a saved visit: what is not shown stays when its field is left empty, `-` removes it.

    `present` is how many contacts the visit has; `masked` says that their names are not shown to this actor.
    """

    version = IntegerField(validators=[InputRequired()])
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])
    present = 0
    masked = False

    def _contacts(self) -> tuple[ContactData | None, ...]:
        return tuple(self._contact(n) for n in POSITIONS)

    def _contact(self, n: int) -> ContactData | None:
        if not self.masked or n > self.present:
            return super()._contact(n)
        name, address, id_number, telephone = self._typed(n)
        if name == NONE_ANY_MORE:
            return None
        return ContactData(
            name or None,
            _kept_or(address, lambda: address),
            self._id_number(n, id_number),
            self._telephone(n, telephone),
        )

    def _id_number(self, n: int, text: str) -> str | None:
        return _kept_or(text, lambda: super(CorrectionForm, self)._id_number(n, text))

    def _telephone(self, n: int, text: str) -> str | None:
        return _kept_or(text, lambda: super(CorrectionForm, self)._telephone(n, text))


class VoidForm(ReasonForm):
    version = IntegerField(validators=[InputRequired()])


class CompletionForm(OnceForm):
    version = IntegerField(validators=[InputRequired()])
    completed_on = DayField("办结日期", validators=[InputRequired("请填写办结日期。")])
    completion = TextAreaField("办理结果", validators=[required("办理结果"), within(1000)])


def fields_of(visit: Visit, labels: dict[str, str], *, masked: bool) -> dict[str, Any]:
    """A saved visit as form values; numbers are never sent to the browser, names and addresses only unmasked."""
    plain = (
        "visit_date",
        "visit_time",
        "reception_type",
        "place",
        "receptionist",
        "persons",
        "representatives",
        "involved_persons",
        "visit_kind",
        "anonymous",
        "confidential",
        "purpose",
        "content",
        "reply",
        "outcome",
        "due_date",
        "version",
        "paper_page",
    )
    values: dict[str, Any] = {name: getattr(visit, name) for name in plain}
    for contact in [] if masked else visit.contacts:
        values[f"name_{contact.position}"] = contact.name
        values[f"address_{contact.position}"] = contact.address
    return values | labels


def _kept_or(text: str, typed: Any) -> str | None:
    if not text:
        return None
    return "" if text == NONE_ANY_MORE else typed()


def _id(choice: Choice | None) -> int | None:
    return choice.id if choice else None
