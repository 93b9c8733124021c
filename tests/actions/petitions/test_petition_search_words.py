"""A petition stays findable by its attachments' names when its registration is corrected."""

from actions.petition_search import index_petition
from models.attachment import Attachment
from models.petition import Petition
from queries.grams import matching
from tests import factories
from tests.people import NOW


def test_indexing_again_keeps_the_names_of_attachments(session):
    petition = factories.petition(session)
    session.add(
        Attachment(
            subject_type="petition",
            subject_id=petition.id,
            position=1,
            file_name="渠道照片.jpg",
            media_type="image/jpeg",
            size=9,
            digest="0" * 64,
            sent_digest="0" * 64,
            sealed_key="",
            uploaded_at=NOW,
        )
    )
    session.flush()
    index_petition(session, petition)
    found = session.query(Petition.id).filter(matching(session, "渠道照片", "content", "petition_search"))
    assert [petition_id for (petition_id,) in found] == [petition.id]
