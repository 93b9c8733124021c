"""A petition is found by the names of its files where its people's names are read, and nowhere else."""

import pytest
from sqlalchemy import select

from actions.petition_search import index_petition, index_petitions_again, searchable
from actions.search_rows import insert_rows, remove_row
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.petition import Petition
from queries.grams import matching
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petition_index import found_by_file_names
from tests import factories
from tests.people import LIN, NOW, SYSTEM, TODAY, WU, actor


def with_file(session, name="周大山身份证.jpg", **values):
    petition = factories.petition(session, "AL21", **values)
    session.add(
        Attachment(
            subject_type="petition",
            subject_id=petition.id,
            position=1,
            file_name=name,
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
    return petition


def found(session, member, words):
    days = Days(TODAY, TODAY)
    conditions = PetitionFilter(q=words).conditions(session, actor(session, member), days)
    return list(session.scalars(select(Petition.id).where(*conditions)))


def found_as(session, words, column):
    return list(
        session.scalars(select(Petition.id).where(matching(session, words, column, "petition_search")))
    )


def test_indexing_again_keeps_the_names_of_attachments(session):
    petition = with_file(session, "渠道'照片 2.jpg")
    index_petition(session, petition)
    for words in ("渠道", "照片", "2.jpg"):
        assert found_as(session, words, "names") == [petition.id]


@pytest.mark.parametrize("words", ["周大山", "身份证", "周大山身份证.jpg"])
def test_a_file_s_name_finds_it_only_for_who_reads_the_people(session, words):
    petition = with_file(session, names=("李四",))
    assert found(session, LIN, words) == [petition.id]
    assert found(session, WU, words) == []
    petition.confidential = True
    session.flush()
    assert found(session, LIN, words) == []


def test_rows_of_an_older_version_are_looked_up_and_indexed_again(session):
    petition, right = with_file(session), with_file(session, "现场照片.jpg")
    remove_row(session, "petition_search", petition.id)
    old = f"{searchable(lambda name: getattr(petition, name))} 周大山身份证.jpg"
    insert_rows(session, "petition_search", [(petition.id, old, ["周大山"])])
    assert found_by_file_names(session) == [petition.id]
    index_petitions_again(session, found_by_file_names(session), actor=SYSTEM, now=NOW)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject_label) == ("petition.index-again", "重建检索 1 件")
    assert found_by_file_names(session) == []
    assert found_as(session, "身份证", "content") == []
    assert found_as(session, "身份证", "names") == [petition.id]
    assert found_as(session, "现场照片", "names") == [right.id]
