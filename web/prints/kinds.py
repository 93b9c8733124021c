"""Everything that can be printed in the background, by the name that its order carries."""

from web.prints import blank_registers, petition_letters
from web.prints.kind import PrintKind
from web.registers import (
    campaigns,
    decisions,
    desk_log,
    leader_days,
    leads,
    meetings,
    papers,
    petitions,
    publications,
    reported_figures,
    supervision,
    village_sessions,
    visits,
)

PRINTS: dict[str, PrintKind] = {
    "visits": visits.PRINT,
    "petitions": petitions.PRINT,
    "village-sessions": village_sessions.PRINT,
    "leader-days": leader_days.PRINT,
    "meetings": meetings.PRINT,
    "papers": papers.PRINT,
    "decisions": decisions.PRINT,
    "desk-log": desk_log.PRINT,
    "supervision": supervision.PRINT,
    "leads": leads.PRINT,
    "campaign-cases": campaigns.PRINT,
    "publications": publications.PRINT,
    "reported-figures": reported_figures.PRINT,
    "blank-register": blank_registers.PRINT,
    petition_letters.NAME: petition_letters.PRINT,
}
