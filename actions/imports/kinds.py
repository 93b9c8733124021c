"""The kinds of sheet."""

from typing import Any

from actions.imports.duty_messages import MessageSheet
from actions.imports.figures import FigureSheet
from actions.imports.interviews import InterviewSheet
from actions.imports.leader_receptions import ReceptionSheet
from actions.imports.meetings import MeetingSheet
from actions.imports.organisations import UnitSheet
from actions.imports.petitions import PetitionSheet
from actions.imports.publications import PublicationSheet
from actions.imports.staff import StaffSheet
from actions.imports.village_sessions import SessionSheet
from actions.imports.visits import VisitSheet

KINDS: dict[str, Any] = {
    kind.spec.kind: kind
    for kind in (
        VisitSheet(),
        PetitionSheet(),
        SessionSheet(),
        ReceptionSheet(),
        MeetingSheet(),
        MessageSheet(),
        InterviewSheet(),
        PublicationSheet(),
        FigureSheet(),
        UnitSheet(),
        StaffSheet(),
    )
}
"""By the name used on the command line and in the database; each is a `kind.SheetKind`."""
