"""Searching a register by a whole ID or telephone number, or its last four characters: the form and its digests."""

from wtforms import StringField

from models.contact_columns import LAST
from models.protected import search_digest
from rules.redaction import normalise_id_number, normalise_telephone
from web.form_fields import ReasonForm, required, within


class NumberSearchForm(ReasonForm):
    number = StringField("证件号码或电话", validators=[required("号码"), within(30)])


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
