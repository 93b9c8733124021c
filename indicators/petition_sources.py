"""信访事项 by each of the days that a figure may go by, and by the unit that it measures.

`COUNTED` are those that rates are made of: 纳入统计的初件, without 涉法涉诉.
"""

from dataclasses import replace

from sqlalchemy import ColumnElement, literal_column, select

from indicators.source import Source
from models.organisation import Unit
from models.petition import COUNTED, Petition
from models.visit import GUARDED
from rules.petition_due import REGISTERED_TO_NOTICE_DAYS
from rules.petition_words import UPWARD
from rules.taxonomy import UnitCategory

_COUNTED: ColumnElement[bool] = literal_column(COUNTED)
_REACHED_A_UNIT = Petition.responsible_unit_id.is_not(None)
_BY_A_BUREAU = Petition.unit_id.in_(select(Unit.id).where(Unit.category == UnitCategory.BUREAU.value))

REGISTERED = Source(
    "petitions",
    "信访事项",
    Petition.registered_on,
    Petition.unit_id,
    Petition.voided_at,
    Petition.sealed,
    literal_column(GUARDED),
)
UPWARD_ITEMS = replace(
    REGISTERED,
    only=(Petition.source_level.in_(sorted(level.value for level in UPWARD)),),
    records={"upward": "1"},
)
DISPATCH_DUE = replace(
    REGISTERED,
    day=Petition.dispatch_due_on,
    only=(_COUNTED, _BY_A_BUREAU),
    is_due=True,
    day_name="dispatch_due",
    records={"counted": "1", "sender": "bureau"},
)
NOTICE_DUE_IN_SYSTEM = replace(
    REGISTERED,
    unit=Petition.responsible_unit_id,
    only=(_COUNTED, _REACHED_A_UNIT),
    days_later=REGISTERED_TO_NOTICE_DAYS,
    is_due=True,
    unit_name="responsible",
    records={"counted": "1", "reached": "1"},
)
NOTICE_DUE = replace(
    NOTICE_DUE_IN_SYSTEM,
    day=Petition.notice_due_on,
    days_later=0,
    day_name="notice_due",
)
REPLY_DUE = replace(
    NOTICE_DUE,
    day=Petition.reply_due_on,
    only=(_COUNTED,),
    day_name="reply_due",
    records={"counted": "1"},
)
CONCLUDED = replace(
    REGISTERED,
    day=Petition.concluded_on,
    only=(_COUNTED,),
    day_name="concluded",
    records={"counted": "1"},
)
CONCLUDED_BY_UNIT = replace(CONCLUDED, unit=Petition.responsible_unit_id, unit_name="responsible")
CAMPAIGNS = replace(
    REGISTERED,
    day=Petition.dispatched_on,
    unit=Petition.responsible_unit_id,
    only=(Petition.campaign.is_not(None),),
    unit_name="responsible",
    day_name="dispatched",
    records={"assigned": "1"},
)
