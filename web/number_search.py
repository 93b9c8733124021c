"""Searching a register by a whole ID or telephone number, or its last four characters: the form and its digests."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import render_template
from werkzeug.wrappers import Response
from wtforms import StringField

from actions.looks import note_number_search
from models.contact_columns import LAST
from models.protected import search_digest
from rules.redaction import normalise_id_number, normalise_telephone
from web import clock
from web.form_fields import ReasonForm, required, unprocessable, within
from web.session import actor
from web.unit_of_work import writing


class NumberSearchForm(ReasonForm):
    number = StringField("证件号码或电话", validators=[required("号码"), within(30)])


def number_search_page(
    template: str, register: str, find: Callable[[dict[str, str]], Sequence[Any]]
) -> str | Response:
    """The form, or what `find` found by the digests of the posted number: logged with its reason, before it is shown."""
    form = NumberSearchForm()
    if not form.validate_on_submit():
        page = render_template(template, form=form, rows=None)
        return unprocessable(page) if form.errors else page
    kind, digests = digests_of(form.number.data)
    rows = find(digests)
    with writing() as session:
        note_number_search(
            session,
            actor=actor(),
            now=clock.now(),
            register=register,
            kind=kind,
            reason=form.reason.data,
            found=len(rows),
        )
    return render_template(template, form=form, rows=rows)


def digests_of(number: str) -> tuple[str, dict[str, str]]:
    """What kind of search it is, for the log, and the digests to look for: column → digest."""
    id_number, telephone = normalise_id_number(number), normalise_telephone(number)
    if len(id_number) == LAST:
        return "last-four", {
            "id_tail_digest": search_digest("id4", id_number),
            "telephone_tail_digest": search_digest("phone4", telephone or id_number),
        }
    return "number", {
        "id_number_digest": search_digest("id", id_number),
        "telephone_digest": search_digest("phone", telephone or id_number),
    }
