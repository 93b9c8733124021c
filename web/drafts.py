"""Half-filled forms that survive a session that ran out."""

import json

from flask import request

from actions.drafts import keep_draft
from extensions import db
from queries.drafts import draft_of
from rules.roles import Actor
from web import clock
from web.unit_of_work import writing

LARGEST = 64 * 1024
_NOT_CONTENT = frozenset({"csrf_token", "submission_key"})


def posted_fields() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in _NOT_CONTENT}


def keep_posted_form(account_id: int, form: str) -> None:
    """Store what was posted, for that account only. Larger than 64 KB is not a form somebody typed."""
    content = json.dumps(posted_fields(), ensure_ascii=False)
    if len(content) > LARGEST:
        return
    with writing() as session:
        keep_draft(session, account_id=account_id, form=form, content=content, now=clock.now())


def kept_fields(actor: Actor, form: str) -> dict[str, list[str]]:
    """The fields kept for this actor, or nothing."""
    if actor.account_id is None:
        return {}
    content = draft_of(db.session(), actor.account_id, form)
    return json.loads(content) if content else {}
