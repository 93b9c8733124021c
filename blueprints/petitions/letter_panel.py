"""The panel 文书 of a petition's page: its letters, and the kinds that the actor's office may draft now."""

from dataclasses import dataclass

from blueprints.petitions.letter_forms import DraftLetterForm
from extensions import db
from models.petition import Petition
from models.petition_letter import PetitionLetter
from queries.petition_letters import (
    Desk,
    LetterOffer,
    bears_secret_name,
    letter_offers,
    letters_of,
    may_read_letter,
)
from queries.petition_standing import Surroundings
from rules.bulletin_rules import may_issue_for
from rules.letters.kinds import LetterKind
from rules.roles import Permission
from web.form_fields import Form, ReasonForm, with_ids
from web.session import actor


@dataclass(frozen=True)
class LetterLine:
    row: PetitionLetter
    label: str
    may_read: bool
    wants_reason: bool
    may_edit: bool
    may_issue: bool


@dataclass(frozen=True)
class LetterPanel:
    lines: tuple[LetterLine, ...]
    given_up: tuple[LetterLine, ...]
    offers: tuple[LetterOffer, ...]
    shut: tuple[LetterOffer, ...]
    form: DraftLetterForm
    has_case_file: bool
    case_form: Form
    """Its reason is asked for where the petition is confidential."""
    must_compare: bool
    """Somebody has to say that the receiver is not whom the petition accuses."""


def letter_panel(
    petition: Petition,
    around: Surroundings,
    *,
    handled: bool,
    must_compare: bool,
    form: DraftLetterForm | None = None,
    case_form: ReasonForm | None = None,
) -> LetterPanel:
    """Drafts are shown to their own office, issued letters to everybody who reads the petition. One statement."""
    rows = letters_of(db.session(), petition.id)
    lines = [_line(petition, row) for row in rows]
    shown = [line for line in lines if line.row.state == "issued" or line.may_read]
    offers = letter_offers(Desk(actor(), petition, around, rows))
    return LetterPanel(
        lines=tuple(line for line in shown if line.row.state != "void"),
        given_up=tuple(line for line in shown if line.row.state == "void"),
        offers=tuple(offer for offer in offers if not offer.refusal),
        shut=tuple(offer for offer in offers if offer.refusal),
        form=form or DraftLetterForm(formdata=None),
        has_case_file=bool(lines) and handled and actor().may(Permission.PETITIONS_REVEAL),
        case_form=with_ids(case_form or ReasonForm(formdata=None), "case-file"),
        must_compare=must_compare,
    )


def _line(petition: Petition, row: PetitionLetter) -> LetterLine:
    is_own_draft = row.state == "draft" and row.unit_id == actor().unit_id
    return LetterLine(
        row,
        LetterKind(row.kind).label,
        may_read=may_read_letter(actor(), petition, row) and actor().may(Permission.PETITIONS_REVEAL),
        wants_reason=bears_secret_name(petition, row),
        may_edit=is_own_draft and actor().may(Permission.PETITIONS_WRITE),
        may_issue=is_own_draft and may_issue_for(actor(), row.unit_id, row.unit.category),
    )
