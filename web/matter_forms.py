"""What the forms of a visit and of a petition share: who came, what it is about, whom it concerns. Shape only."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from actions.contacts import ContactData
from queries.choices import (
    Choice,
    category_choices,
    label_of_unit,
    person_named,
    understood,
    unit_choices,
)
from rules.errors import RuleViolation
from rules.office_names import names_meant, plain
from rules.redaction import normalise_id_number, normalise_telephone, valid_id_number, valid_telephone
from rules.roles import Actor
from rules.taxonomy import Purpose
from rules.visit_rules import MOST_CONTACTS
from web.form_fields import Form, OnceForm, required, within

POSITIONS = range(1, MOST_CONTACTS + 1)
NONE_ANY_MORE = "-"


def numbered(words: type[Any]) -> list[tuple[str, str]]:
    """`1 初访`, `2 重访`: one digit chooses in a native select."""
    return [(code, f"{n} {label}") for n, (code, label) in enumerate(words.choices(), start=1)]


def chosen(form: Form, name: str, choices: list[Choice]) -> Choice | None:
    """What a text field of units or categories means; an unknown text becomes the field's error."""
    text = (form[name].data or "").strip()
    if not text:
        return None
    try:
        return understood(choices, text, name)
    except RuleViolation as violation:
        form.add_error(violation)
        return None


def id_of(choice: Choice | None) -> int | None:
    return choice.id if choice else None


class MatterForm(OnceForm):
    unit = StringField("登记单位", validators=[required("登记单位"), within(80)])
    persons = IntegerField(
        "人数",
        default=1,
        validators=[InputRequired("请填写人数。"), NumberRange(1, 9999, "人数应在 1 到 9999 之间。")],
    )
    representatives = IntegerField(
        "代表人数",
        validators=[Optional(), NumberRange(1, 5, "代表人数应在 1 到 5 之间（《信访工作条例》第二十条）。")],
    )
    involved_persons = IntegerField(
        "涉及人数", validators=[Optional(), NumberRange(1, 999_999, "涉及人数要填一个正整数。")]
    )
    anonymous = BooleanField("匿名")
    confidential = BooleanField("要求保密")
    category = StringField("内容分类", validators=[required("内容分类"), within(80)])
    purpose = SelectField("信访目的", choices=numbered(Purpose), default=Purpose.REQUEST.value)
    location_unit = StringField("问题属地", validators=[within(80)])
    accused_unit = StringField("被反映单位", validators=[within(80)])
    accused_outside = BooleanField("被反映单位不在机构中")
    accused_person = StringField("被反映的工作人员", validators=[within(80)])

    unit_fields: tuple[str, ...] = ("unit", "location_unit")

    def understood_columns(self, session: Session, actor: Actor, today: date) -> dict[str, Any]:
        """The shared fields as the actions take them. What is not understood becomes an error of its field; raises
        RuleViolation last."""
        units = unit_choices(session, actor.account_id, today)
        found = {f"{name}_id": id_of(chosen(self, name, units)) for name in self.unit_fields}
        found["category_id"] = id_of(chosen(self, "category", category_choices(session, actor.account_id)))
        accused, person = self._accused(units), self._accused_person(session, today)
        contacts = self._contacts()
        if self.errors:
            raise RuleViolation("")
        return found | {
            "accused_unit_id": id_of(accused),
            "accused_text": (self.accused_unit.data or "").strip(),
            "accused_person_id": person,
            "persons": self.persons.data,
            "representatives": self.representatives.data,
            "involved_persons": self.involved_persons.data,
            "purpose": Purpose(self.purpose.data),
            "confidential": self.confidential.data,
            "anonymous": self.anonymous.data,
            "contacts": contacts,
        }

    def text_of(self, name: str) -> str:
        return (self[name].data or "").strip()

    def _accused(self, units: list[Choice]) -> Choice | None:
        """A unit of the tree where the text names exactly one, with or without a tail such as 政府; else just the text.
        Of an accusation a text that names none is an error, unless it is said that the unit stands outside the tree:
        without a unit nobody can keep the matter from it (条例第三十条)."""
        text = self.text_of("accused_unit")
        if not text:
            return None
        names = names_meant(text)
        meant = [u for u in units if u.code == text or names & {plain(u.label), plain(u.hint)}]
        if len(meant) == 1:
            return meant[0]
        if Purpose(self.purpose.data) is not Purpose.ACCUSATION or self.accused_outside.data:
            return None
        return self._chosen_accused(units, text)

    def _chosen_accused(self, units: list[Choice], text: str) -> Choice | None:
        try:
            return understood(units, text, "accused_unit")
        except RuleViolation as violation:
            advice = "检举控告要选定被反映的单位；确实不在本系统机构中的，请勾选“被反映单位不在机构中”。"
            self.add_error(RuleViolation(f"{violation.message}{advice}", "accused_unit"))
            return None

    def _accused_person(self, session: Session, today: date) -> int | None:
        text = self.text_of("accused_person")
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
    setattr(MatterForm, f"name_{_n}", StringField("姓名", validators=[within(60)]))
    setattr(MatterForm, f"telephone_{_n}", StringField("联系电话", validators=[within(30)]))
    setattr(MatterForm, f"id_number_{_n}", StringField("证件号码", validators=[within(30)]))
    setattr(MatterForm, f"address_{_n}", StringField("住址", validators=[within(120)]))


class CorrectingContacts(MatterForm):
    """The same form over a saved record: of a person who is there, what is left empty stays and `-` removes it, whether
    it was shown or not. Numbers never are, and somebody without a name may have left nothing else.

    `present` is how many contacts the record has.
    """

    version = IntegerField(validators=[InputRequired()])
    reason = StringField("更正理由", validators=[required("更正理由"), within(200)])
    present = 0

    def _contacts(self) -> tuple[ContactData | None, ...]:
        return tuple(self._contact(n) for n in POSITIONS)

    def _contact(self, n: int) -> ContactData | None:
        if n > self.present:
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
        return _kept_or(text, lambda: super(CorrectingContacts, self)._id_number(n, text))

    def _telephone(self, n: int, text: str) -> str | None:
        return _kept_or(text, lambda: super(CorrectingContacts, self)._telephone(n, text))


def _kept_or(text: str, typed: Callable[[], str | None]) -> str | None:
    if not text:
        return None
    return "" if text == NONE_ANY_MORE else typed()


def contact_values(contacts: list[Any]) -> dict[str, Any]:
    """Names and addresses of saved contacts as form values; numbers are never sent to the browser."""
    found: dict[str, Any] = {}
    for contact in contacts:
        found[f"name_{contact.position}"] = contact.name
        found[f"address_{contact.position}"] = contact.address
    return found


def matter_labels(record: Any) -> dict[str, str]:
    """Names of a saved visit's or petition's units and category, as the form's fields hold them."""
    return {
        "unit": label_of_unit(record.unit),
        "category": record.category.label,
        "location_unit": label_of_unit(record.location_unit),
        "accused_unit": label_of_unit(record.accused_unit) or record.accused_text,
        "accused_person": record.accused_person.name if record.accused_person else "",
    }
