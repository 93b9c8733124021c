"""The form of a petition: shape only; the rules are asked by the action."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from actions.petitions.registering import PetitionData
from models.petition import Petition
from queries.petition_scope import petition_numbered
from rules.errors import RuleViolation
from rules.petition_rules import LONGEST_CONTENT, LONGEST_REASON, LONGEST_TITLE, is_sealed
from rules.petition_words import Channel, ItemKind, SourceLevel
from rules.roles import Actor
from rules.taxonomy import Purpose
from web.form_fields import DayField, ReasonForm, required, within
from web.matter_forms import CorrectingContacts, MatterForm, contact_values, numbered


class PetitionForm(MatterForm):
    registered_on = DayField("登记日期", validators=[InputRequired("请填写登记日期。")])
    received_on = DayField("收到日期", validators=[InputRequired("请填写收到日期。")])
    postmarked_on = DayField("邮戳日期", validators=[Optional()])
    channel = SelectField("信访形式", choices=numbered(Channel), default=Channel.LETTER.value)
    source_level = SelectField("来源层级", choices=numbered(SourceLevel), default=SourceLevel.COUNTY.value)
    source_number = StringField("来文文号", validators=[within(60)])
    external_number = StringField("省系统编号", validators=[within(64)])
    instruction = TextAreaField("领导批示", validators=[within(1000)])
    oral = BooleanField("口头提出")
    item_kind = SelectField("初件/重件", choices=numbered(ItemKind), default=ItemKind.FIRST.value)
    earlier = StringField("原信访事项编号", validators=[within(40)])
    title = StringField("标题", validators=[within(LONGEST_TITLE)])
    content = TextAreaField("概况", validators=[required("概况"), within(LONGEST_CONTENT)])
    request = TextAreaField("诉求", validators=[within(1000)])
    happened_on = DayField("发生时间", validators=[Optional()])
    other_procedure = StringField("是否已诉讼、复议、仲裁", validators=[within(80)])
    campaign = StringField("交办批次", validators=[within(60)])
    included = BooleanField("纳入统计", default=True)
    judicial = BooleanField("涉法涉诉")
    visit_id = HiddenField()
    look_reason = StringField("带入来访人信息的理由", validators=[within(LONGEST_REASON)])
    unseen_earlier: int | None = None
    """The saved petition's earlier one where its reader may not see it: an empty field leaves it."""

    def data_for(self, session: Session, actor: Actor, today: date) -> PetitionData:
        """What was typed, with names and numbers understood. Adds errors; raises RuleViolation last."""
        earlier_id = self._earlier(session, actor)
        shared = self.understood_columns(session, actor, today)
        return PetitionData(
            **shared,
            registered_on=self.registered_on.data,
            received_on=self.received_on.data,
            postmarked_on=self.postmarked_on.data,
            channel=Channel(self.channel.data),
            source_level=SourceLevel(self.source_level.data),
            source_number=self.text_of("source_number"),
            external_number=self.text_of("external_number") or None,
            instruction=self.text_of("instruction"),
            oral=self.oral.data,
            item_kind=ItemKind(self.item_kind.data),
            earlier_id=earlier_id,
            title=self.text_of("title"),
            content=self.text_of("content"),
            request=self.text_of("request"),
            happened_on=self.happened_on.data,
            other_procedure=self.text_of("other_procedure"),
            campaign=self.text_of("campaign") or None,
            included=self.included.data,
            judicial=self.judicial.data,
        )

    def _earlier(self, session: Session, actor: Actor) -> int | None:
        """The earlier petition of the same matter, as its number names it."""
        number = self.text_of("earlier")
        if not number:
            return self.unseen_earlier
        found = petition_numbered(session, actor, number)
        if found is None:
            self.add_error(RuleViolation(f"没有找到编号为“{number}”的信访事项。", "earlier"))
        return found.id if found else None


class CorrectPetitionForm(PetitionForm, CorrectingContacts):
    """The same form over a saved petition."""


class VoidPetitionForm(ReasonForm):
    version = IntegerField(validators=[InputRequired()])


class UnsealPetitionForm(ReasonForm):
    version = IntegerField(validators=[InputRequired()])
    purpose = SelectField(
        "实际的信访目的",
        choices=[("", "请选择"), *((p.value, p.label) for p in Purpose if not is_sealed(p))],
    )


_PLAIN = (
    *(
        "registered_on",
        "received_on",
        "postmarked_on",
        "channel",
        "source_level",
        "source_number",
        "instruction",
    ),
    *("oral", "persons", "representatives", "involved_persons", "item_kind", "title", "content", "request"),
    *(
        "purpose",
        "happened_on",
        "other_procedure",
        "included",
        "judicial",
        "confidential",
        "anonymous",
        "version",
    ),
)


def petition_values(
    petition: Petition, labels: dict[str, str], *, masked: bool, sees_earlier: bool
) -> dict[str, Any]:
    """A saved petition as form values; numbers of people are never sent to the browser, names and addresses only
    unmasked."""
    values: dict[str, Any] = {name: getattr(petition, name) for name in _PLAIN}
    values["external_number"] = petition.external_number or ""
    values["campaign"] = petition.campaign or ""
    values["earlier"] = petition.earlier.number if petition.earlier and sees_earlier else ""
    return values | ({} if masked else contact_values(petition.contacts)) | labels
