"""Forms of letters: shape only; the rules are asked by the actions."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from blueprints.petitions.step_forms import compared_field
from rules.letters.entered import ONE_LINE, Shape, fields_of, written
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind, LetterPage
from web.form_fields import Form, OnceForm, ReasonForm


class DraftLetterForm(OnceForm):
    kind = SelectField("文书种类", choices=LetterKind.choices())
    compared = compared_field()


class LetterForm(Form):
    """`form_for` adds what is entered for the kind, each field by the path of its fact."""

    version = HiddenField()
    renew = BooleanField("按上面填写的和登记的内容重写正文（正文里改过的会失去）")

    @property
    def typed(self) -> dict[str, str]:
        return {field.name: field.data or "" for field in self.entries}

    @property
    def entries(self) -> list[Any]:
        known = ("version", "renew", "source", "csrf_token")
        return [field for field in self if field.name not in known]


class VoidLetterForm(ReasonForm):
    version = HiddenField()


def form_for(kind: LetterKind) -> type[LetterForm]:
    fields: dict[str, Any] = {entry.path: _field(entry.label, entry.shape) for entry in fields_of(kind)}
    if kind.rule.page is not LetterPage.FORM:
        fields["source"] = TextAreaField("正文")
    return type("KindLetterForm", (LetterForm,), fields)


def entered_values(kind: LetterKind, facts: LetterFacts) -> dict[str, str]:
    return {entry.path: written(facts, entry) for entry in fields_of(kind)}


def hints_of(kind: LetterKind) -> dict[str, str]:
    return {entry.path: entry.hint for entry in fields_of(kind)}


def _field(label: str, shape: Shape) -> Any:
    return StringField(label) if shape in ONE_LINE else TextAreaField(label)
