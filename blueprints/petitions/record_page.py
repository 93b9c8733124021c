"""The page of one petition: facts masked as the actor may read them, clocks, what may be done next, what was done."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from actions.petitions.ending import undo_refusal
from actions.petitions.joining import live_joint_parts
from actions.petitions.on_paper import LATE
from actions.petitions.registering import decides_on_counting, may_change
from actions.petitions.steps import Act
from blueprints.petitions.forms import UnsealPetitionForm, VoidPetitionForm
from blueprints.petitions.letter_panel import LetterPanel, letter_panel
from blueprints.petitions.served_letters import opinion_note, served_next
from blueprints.petitions.similar import similar_to
from blueprints.petitions.step_doors import DOOR_OF
from blueprints.petitions.step_forms import DatedForm, EndUnitForm, PaperForm, ReplyForm, StepForm, UndoForm
from extensions import db
from models.petition import Petition, PetitionReply
from queries.accused import accused_of
from queries.attachments import attachments_of
from queries.heads import has_head
from queries.history import history_of
from queries.leads import leads_of_petition, state_in_words
from queries.office_rules import GROUP_VISIT_PERSONS, NEAR_DAYS, rule_book
from queries.petition_closing import closed_because
from queries.petition_days import Days, light_of
from queries.petition_letters import handled_by
from queries.petition_record import Linked, clocks_shown, entered_late, linked_petitions, visits_of
from queries.petition_rows import without_clock
from queries.petition_standing import Surroundings, hands_to, named_in, standing_of, surroundings_of
from queries.petition_words import FIELD_LABELS, petition_value_in_words
from queries.supervision_scope import tasks_of_petition
from queries.terms import terms_of
from rules.lead_states import LeadState
from rules.lights import Ladder, near_until
from rules.petition_rules import asks_to_compare
from rules.petition_states import Offer, Stage, Verb, offers, own_and_others, usual_first
from rules.petition_words import (
    HANDLING_ARTICLES,
    Acceptance,
    ArchiveTerm,
    Channel,
    Conclusion,
    DeliveryMethod,
    DispatchKind,
    HandlingClass,
    ItemKind,
    MatterClass,
    Rating,
    Resolution,
    ReviewKind,
    ReviewOpinion,
    ServedPaper,
    SourceLevel,
    UnitPart,
    fits,
    matter_class,
)
from rules.roles import Permission
from rules.supervision_states import TaskState
from rules.taxonomy import Labelled, Purpose
from web import clock
from web.attachment_pages import AttachedTo, AttachmentPanel, Sight, attachment_panel, messages_of
from web.form_fields import Form, ReasonForm, with_ids
from web.guard import permission_of
from web.paper_scans import scans_beside
from web.session import actor
from web.shown_contacts import ShownContact, shown_contacts

WORDS = {
    "acceptance": Acceptance,
    "archive_term": ArchiveTerm,
    "channel": Channel,
    "conclusion": Conclusion,
    "dispatch_kind": DispatchKind,
    "handling_class": HandlingClass,
    "item_kind": ItemKind,
    "purpose": Purpose,
    "bureau_rating": Rating,
    "unit_rating": Rating,
    "resolution": Resolution,
    "source_level": SourceLevel,
    "stage": Stage,
}
OUTCOMES: dict[Verb, tuple[type[Labelled], ...]] = {
    Verb.NOTIFY: (Acceptance,),
    Verb.APPROVE_REPLY: (Conclusion,),
    Verb.APPROVE_ON_PAPER: (Conclusion,),
    Verb.SERVE: (ServedPaper,),
    Verb.CONCLUDE: (Resolution, Conclusion),
    Verb.RESOLVE: (Resolution,),
    Verb.DECIDE_REVIEW: (ReviewOpinion,),
    Verb.ARCHIVE: (ArchiveTerm,),
}
"""In which lists the outcome of a step stands; all others decide, and are agreed or refused."""
_DECIDED = {"agreed": "同意", "refused": "不同意", LATE: "逾期批准，不算延期"}


def is_handled(petition: Petition) -> bool:
    return handled_by(actor(), petition)


def is_masked(petition: Petition) -> bool:
    return petition.confidential or not is_handled(petition)


def contacts_of(petition: Petition, *, revealed: bool = False) -> list[ShownContact]:
    return shown_contacts(petition, handled=is_handled(petition), revealed=revealed)


def petition_page(
    petition: Petition, *, revealed: bool = False, refused: dict[Verb, StepForm] | None = None, **forms: Any
) -> str:
    """`refused` holds the forms of steps that were refused, open with their errors."""
    session, today = db.session(), clock.today()
    around, terms, rules = surroundings_of(session, petition), terms_of(session), rule_book(session)
    _named = named_in(session, around)  # kept while the page is made
    ladder = Ladder(rules.on(NEAR_DAYS, today))
    days = Days(today, near_until(today, ladder, terms.calendar))
    visits = visits_of(session, actor(), petition)
    offered = _offered(petition, around, refused or {})
    live = around.live_steps
    clocks = clocks_shown(session, petition, today, terms, ladder)
    papers = letter_panel(
        petition,
        around,
        handled=is_handled(petition),
        must_compare=must_compare(petition),
        form=forms.get("letter_form"),
        case_form=forms.get("case_form"),
    )
    linked = linked_petitions(session, actor(), petition, around.steps)
    return render_template(
        "petitions/show_petition.html",
        petition=petition,
        contacts=contacts_of(petition, revealed=revealed),
        revealed=revealed,
        names_plain=revealed or not is_masked(petition),
        words={
            name: words(getattr(petition, name)).label
            for name, words in WORDS.items()
            if getattr(petition, name)
        },
        matter=matter_class(Purpose(petition.purpose)).label,
        article=HANDLING_ARTICLES.get(HandlingClass(petition.handling_class))
        if petition.handling_class
        else "",
        at_odds=bool(petition.handling_class)
        and not fits(Purpose(petition.purpose), HandlingClass(petition.handling_class)),
        is_group=petition.persons >= rules.on(GROUP_VISIT_PERSONS, petition.registered_on),
        light=light_of(petition.next_due_on, days),
        clocks=clocks,
        without_clock=without_clock(petition),
        entered_late=entered_late(petition, around.steps, clocks),
        around=around,
        reply=around.reply,
        reply_form=with_ids(forms.get("reply_form") or reply_form(petition, around.reply), "reply"),
        may_draft=any(o.verb is Verb.DRAFT_REPLY for o in (*offered.own, *offered.on_behalf)),
        opinion_note=opinion_note(petition, around, papers),
        steps_open=_doors(offered.own, petition, around, refused or {}, papers),
        steps_on_behalf=_doors(offered.on_behalf, petition, around, refused or {}, papers),
        steps_shut=offered.shut,
        attached=_attached(petition, forms, revealed=revealed),
        letter_panel=papers,
        visits=visits,
        scans=scans_beside(visit.paper_page for visit in visits),
        history=history_of(session, "petition", petition.id, FIELD_LABELS, petition_value_in_words(session)),
        may_change=may_change(actor(), petition),
        closed=counting_note(petition),
        undoable=live[-1].id if live and not _undo_refused(petition, live, papers) else None,
        undo_form=forms.get("undo_form")
        or UndoForm(formdata=None, data={"version": petition.version, "on": today}),
        void_form=forms.get("void_form")
        or VoidPetitionForm(formdata=None, data={"version": petition.version}),
        may_unseal=petition.sealed and not petition.is_void and actor().may_unseal,
        unseal_form=with_ids(
            forms.get("unseal_form") or UnsealPetitionForm(formdata=None, data={"version": petition.version}),
            "unseal",
        ),
        reveal_form=forms.get("reveal_form") or ReasonForm(formdata=None),
        on_paper=(Verb.EXTEND_ON_PAPER, Verb.APPROVE_ON_PAPER),
        scans_listed=is_handled(petition) and (revealed or not petition.confidential),
        verb_label=lambda code: Verb(code).label,
        linked=linked,
        tasks=[
            (task, TaskState(task.state).label) for task in tasks_of_petition(session, actor(), petition.id)
        ],
        instructed=any(s.verb == Verb.INSTRUCT for s in live),
        leads=leads_of_petition(session, actor(), petition.id),
        lead_state=lambda lead: state_in_words(LeadState(lead.state), lead.accepted_on),
        may_propose_lead=_may_propose_lead(petition),
        similar=similar_to(petition) if is_handled(petition) and not is_masked(petition) else [],
        outcome_label=lambda verb, code: _outcome_label(verb, code, linked),
        review_words=lambda r: (
            ReviewKind(r.kind).label,
            ReviewOpinion(r.opinion).label if r.opinion else "",
        ),
        part_label=lambda code: UnitPart(code).label,
        delivery_words=lambda d: (ServedPaper(d.paper).label, DeliveryMethod(d.method).label),
        conclusion_label=lambda code: Conclusion(code).label,
    )


def counting_note(petition: Petition) -> str:
    """Why this actor may neither void it nor change what it counts by; "" where he may."""
    if decides_on_counting(actor()) or not may_change(actor(), petition):
        return ""
    return closed_because(db.session(), petition, clock.today())


def _may_propose_lead(petition: Petition) -> bool:
    """Accusations are not led; what is merged or archived is over."""
    over = petition.is_void or petition.stage in (Stage.MERGED, Stage.ARCHIVED)
    return not over and matter_class(Purpose(petition.purpose)) is not MatterClass.ACCUSATION


def _attached(petition: Petition, forms: dict[str, Any], *, revealed: bool) -> AttachmentPanel | None:
    """A file shows names and papers as they are: none for who does not handle the matter. Where secrecy was asked for,
    they are listed to who gave a reason; to add one needs none."""
    if not is_handled(petition):
        return None
    is_open = not petition.is_void and petition.stage != Stage.ARCHIVED
    may_write = actor().may(Permission.PETITIONS_WRITE) and is_open
    return attachment_panel(
        AttachedTo("petition", petition.id, "petitions", "petition_id"),
        may_add=may_write,
        may_void=may_write,
        sight=_sight(petition, revealed),
        notice=_said_of_attachments(petition, forms, revealed),
        upload_form=forms.get("upload_form"),
        void_form=forms.get("attachment_void_form"),
    )


def _sight(petition: Petition, revealed: bool) -> Sight:
    if not petition.confidential:
        return Sight.PLAIN
    return Sight.LISTED if revealed else Sight.SHUT


def _said_of_attachments(petition: Petition, forms: dict[str, Any], revealed: bool) -> str:
    """What was said against a look that is not offered here, and why nothing is listed."""
    if not petition.confidential or revealed:
        return ""
    refused = forms.get("attachment_reason_form")
    said = messages_of(refused) if refused else []
    return "".join((*said, "信访人要求保密：写明理由查看完整信息以后，才列出附件，可以逐件下载。"))


def reply_form(petition: Petition, reply: PetitionReply | None) -> ReplyForm:
    """What stands in the draft; a first draft begins with what the petition itself asks."""
    if reply is None:
        data = {"requests": petition.request, "version": petition.version, "reply_version": 0}
        return ReplyForm(formdata=None, data=data)
    names = ("conclusion", "requests", "facts", "opinion", "legal_basis")
    data = {name: getattr(reply, name) for name in names}
    return ReplyForm(formdata=None, data=data | {"version": petition.version, "reply_version": reply.version})


@dataclass(frozen=True)
class Offered:
    """What the actor's own office does next, what he may enter that a unit did, and what says why not."""

    own: list[Offer]
    on_behalf: list[Offer]
    shut: list[Offer]


def _offered(petition: Petition, around: Surroundings, refused: dict[Verb, StepForm]) -> Offered:
    """Only what this actor's role has a door for; of each part the usual step first."""
    headed = around.asks_a_head and has_head(db.session(), petition.handling_unit)
    standing, hands = standing_of(petition, around, has_head=headed), hands_to(actor(), petition)
    mine = [o for o in offers(standing, hands) if o.verb in refused or _has_door(o.verb)]
    opened = [o for o in mine if o.is_open or o.verb in refused]
    own, on_behalf = (usual_first(found, standing) for found in own_and_others(opened, hands))
    return Offered(own, on_behalf, [o for o in mine if not o.is_open])


def _doors(
    found: list[Offer],
    petition: Petition,
    around: Surroundings,
    refused: dict[Verb, StepForm],
    papers: LetterPanel,
) -> list[tuple[Verb, Any, Form | None]]:
    """Each with its door and form; 起草答复 has neither, the draft stands on the page itself."""
    return [
        (o.verb, DOOR_OF[o.verb], step_form_of(o.verb, petition, around, refused, papers))
        if o.verb in DOOR_OF
        else (o.verb, None, None)
        for o in found
    ]


def _has_door(verb: Verb) -> bool:
    if verb is Verb.DRAFT_REPLY:
        return actor().may(permission_of("petitions.save_reply"))
    return actor().may(DOOR_OF[verb].permission)


def step_form_of(
    verb: Verb, petition: Petition, around: Surroundings, refused: dict[Verb, StepForm], papers: LetterPanel
) -> Form:
    """The form as it was refused, else with what is known already; its ids and the name of its day, where it has one, are
    its own."""
    form = refused.get(verb) or _fresh_form(verb, petition, around, papers)
    if isinstance(form, DatedForm):
        form.on.label.text = ON_LABELS.get(verb, "日期")
    if isinstance(form, EndUnitForm):
        form.offer([(part.unit_id, part.unit.label) for part in live_joint_parts(petition)])
    if isinstance(form, PaperForm):
        form.offer(_scans(petition))
    if "compared" in form and not must_compare(petition):
        del form.compared
    return with_ids(form, verb.value)


def _scans(petition: Petition) -> list[tuple[int, str]]:
    """What is attached, for who may read its names without giving a reason."""
    if petition.confidential or not is_handled(petition):
        return []
    rows = attachments_of(db.session(), "petition", petition.id)
    return [(row.id, row.file_name) for row in rows if not row.is_void]


def must_compare(petition: Petition) -> bool:
    """Whether a person has to compare a receiver with whom the petition accuses."""
    known = accused_of(db.session(), petition, petition.received_on).is_known
    return asks_to_compare(Purpose(petition.purpose), accused_is_known=known)


def _fresh_form(verb: Verb, petition: Petition, around: Surroundings, papers: LetterPanel) -> StepForm:
    data: dict[str, Any] = {"version": petition.version, "on": clock.today()}
    if verb in (Verb.APPROVE_REPLY, Verb.APPROVE_ON_PAPER) and around.reply:
        data["reply_version"] = around.reply.version
    if verb is Verb.RATE:
        data |= {"bureau_rating": petition.bureau_rating, "unit_rating": petition.unit_rating}
    if verb is Verb.SERVE:
        data |= served_next(petition, around, papers)
    return DOOR_OF[verb].form(formdata=None, data=data)


ON_LABELS = {
    Verb.FORWARD: "转送日期",
    Verb.ASSIGN: "交办日期",
    Verb.RECEIVE: "签收日期",
    Verb.HAND_OVER: "移交日期",
    Verb.NOTIFY: "告知日期",
    Verb.EXTEND_ON_PAPER: "批件日期",
    Verb.APPROVE_ON_PAPER: "批件日期",
    Verb.SERVE: "送达日期",
    Verb.CONCLUDE: "办结日期",
    Verb.APPLY_REVIEW: "收到申请日期",
    Verb.APPLY_RE_REVIEW: "收到申请日期",
    Verb.HEAR: "听证开始日期",
    Verb.DECIDE_REVIEW: "意见日期",
    Verb.WITHDRAW_REVIEW: "撤回日期",
    Verb.REFUSE_REVIEW: "不予受理日期",
    Verb.ADD_UNIT: "开始日期",
    Verb.END_UNIT: "结束日期",
}


def _undo_refused(petition: Petition, live: list[Any], papers: LetterPanel) -> str:
    act = Act(actor(), clock.now(), clock.today(), petition, petition.version, clock.today())
    return undo_refusal(act, live, live[-1], [line.row for line in papers.lines])


def _outcome_label(verb: str, code: str, linked: Linked) -> str:
    if verb == Verb.MERGE:
        return code if code in linked.numbers else ""
    lists = OUTCOMES.get(Verb(verb), ())
    return next((words(code).label for words in lists if code in set(words)), _DECIDED.get(code, code))
