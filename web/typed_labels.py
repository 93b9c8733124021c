"""What the fields of the site's forms are called, for a page that shows what was typed into one of them."""

import re
from functools import cache

from wtforms import BooleanField, HiddenField, SelectFieldBase
from wtforms.fields.core import UnboundField

from web.form_fields import Form

OTHER = "其他内容"
_NOT_TYPED = (HiddenField, SelectFieldBase, BooleanField)


def label_of(name: str, package: str) -> str:
    """The Chinese label; "" of a field that nothing is typed into. The forms of `package`, where the page is, are asked
    before all others; those that call one name differently are all named."""
    for forms in (_fields(package + "."), _fields("")):
        fields = forms.get(re.sub(r"[_-]\d+$", "", name)) or forms.get(name)
        if fields is not None:
            return "／".join(sorted(fields)[:3])
    return OTHER


@cache
def _fields(module_start: str) -> dict[str, frozenset[str]]:
    """Field name → its labels, over all forms of these modules; a name that no form lets type has none."""
    found: dict[str, set[str]] = {}
    for form in _forms(Form):
        if not form.__module__.startswith(module_start):
            continue
        for name in dir(form):
            field = getattr(form, name)
            if isinstance(field, UnboundField):
                found.setdefault(name, set()).update(_labels(field))
    return {name: frozenset(labels) for name, labels in found.items()}


def _labels(field: UnboundField) -> list[str]:
    label = field.args[0] if field.args else field.kwargs.get("label", "")
    return [str(label)] if label and not issubclass(field.field_class, _NOT_TYPED) else []


def _forms(parent: type[Form]) -> list[type[Form]]:
    return [parent, *(form for child in parent.__subclasses__() for form in _forms(child))]
