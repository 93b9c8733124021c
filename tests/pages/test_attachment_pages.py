"""Attachments below a record's page: sent, shown, given out and voided, by routes of three lines each."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask import render_template_string
from sqlalchemy import func, select

from app import create_app
from extensions import db
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from queries.scope import load_visit
from rules.errors import RuleViolation
from rules.roles import Permission
from tests import factories, people
from tests.attachments import GPS_MARK, LETTER, docx, old_office, pdf, saved, telephone_photo, xlsx
from tests.browser import Browser
from tests.conftest import SQLITE
from web import clock
from web.attachment_pages import (
    AttachedTo,
    attachment_panel,
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import unprocessable
from web.guarded_blueprint import GuardedBlueprint
from web.pages import see_other
from web.session import actor

PAGE = (
    '{% extends "base.html" %}{% from "components/attachments.html" import attachments %}'
    "{% block heading %}来访{% endblock %}{% block content %}{{ attachments(panel) }}{% endblock %}"
)
READ, WRITE = Permission.RECEPTION_READ, Permission.RECEPTION_WRITE
FOLDED: dict[str, bool] = {}
"""What the check inside the unit of work is to refuse."""


def to(visit_id: int) -> AttachedTo:
    """The record in scope first; 404 for another's."""
    return AttachedTo("visit", load_visit(db.session(), actor(), visit_id).id, "folder", "visit_id")


def page(visit_id: int, **forms: Any) -> str:
    panel = attachment_panel(to(visit_id), may_add=True, may_void=True, **forms)
    return render_template_string(PAGE, panel=panel)


def still_open(_session) -> None:
    if FOLDED:
        raise RuleViolation("这条登记刚被作废，不能再加附件。")


def blueprint() -> GuardedBlueprint:
    folder = GuardedBlueprint("folder", __name__)
    base = "/folder/<int:visit_id>"
    one = base + "/attachments/<int:attachment_id>"

    @folder.route(base, permission=READ)
    def show_folder(visit_id):
        return page(visit_id)

    @folder.route(base + "/attachments", permission=WRITE, methods=["POST"])
    def upload_attachments(visit_id):
        form = take_uploads(to(visit_id), still_open)
        done = form.added is not None
        return see_other(f"/folder/{visit_id}") if done else unprocessable(page(visit_id, upload_form=form))

    @folder.route(one + "/void", permission=WRITE, methods=["POST"])
    def void_attachment(visit_id, attachment_id):
        form = take_void(to(visit_id), attachment_id)
        return (
            see_other(f"/folder/{visit_id}") if form.done else unprocessable(page(visit_id, void_form=form))
        )

    @folder.route(one + "/thumbnail", permission=READ)
    def show_attachment_thumbnail(visit_id, attachment_id):
        return thumbnail_answer(to(visit_id), attachment_id)

    @folder.route(one + "/pages/<int:page>", permission=READ)
    def show_attachment_page(visit_id, attachment_id, page):
        return page_answer(to(visit_id), attachment_id, page)

    @folder.route(one + "/words", permission=READ)
    def show_attachment_words(visit_id, attachment_id):
        return words_answer(to(visit_id), attachment_id)

    @folder.route(one + "/original", permission=READ, methods=["POST"])
    def download_attachment(visit_id, attachment_id):
        return original_answer(to(visit_id), attachment_id)

    return folder


@pytest.fixture
def office(sites, tmp_path):
    """A site with these routes, on the tests' county."""
    directory = tmp_path / "site"
    directory.mkdir()
    for name, copied in (("template", "xinfang.sqlite3"), ("secrets.json", "secrets.json")):
        (directory / copied).write_bytes((sites[SQLITE].directory / name).read_bytes())
    app = create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": ""})
    app.testing = True
    app.register_blueprint(blueprint())
    FOLDED.clear()
    with clock.frozen(people.NOW):
        yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def lin(office):
    return Browser(office).sign_in(people.LIN)


@pytest.fixture
def folder(office):
    with office.app_context(), factories.plain_session() as plain, plain.begin():
        return f"/folder/{factories.visit(plain).id}"


def send(browser, folder, *files: tuple[bytes, str], status: int = 303, **fields: str):
    sent = [(io.BytesIO(content), name) for content, name in files]
    return browser.post(f"{folder}/attachments", {"file": sent, **fields}, status=status)


def rows(office) -> list[Attachment]:
    with office.app_context():
        return list(db.session.scalars(select(Attachment).order_by(Attachment.id)))


def files_on_disk(office) -> list[Path]:
    found = (Path(office.config["INSTANCE_DIR"]) / "attachments").rglob("*")
    return [path for path in found if path.is_file()]


def looks(office) -> int:
    with office.app_context():
        opened = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "attachment.open")
        return db.session.scalar(opened)


def test_several_files_are_sent_at_once_and_listed(lin, office, folder):
    send(lin, folder, (telephone_photo(), "现场.jpg"), (pdf(2), "来信.pdf"), note="群众送来")
    page = lin.get(folder)
    assert "附件材料（2 件）" in page.text
    assert "1．现场.jpg" in page.text and "2．来信.pdf" in page.text
    assert "PDF，1 KB，2 页" in page.text and "300×400 像素" in page.text
    assert "2026-07-15 10:30 柳溪镇 林秀 上传" in page.text
    assert page.text.count("群众送来") == 2


def test_a_photograph_is_given_out_without_its_place(lin, office, folder):
    send(lin, folder, (telephone_photo(), "现场.jpg"))
    original = lin.post(f"{folder}/attachments/1/original", status=200)
    assert original.data.startswith(b"\xff\xd8\xff")
    assert GPS_MARK not in original.data


def test_all_or_none_and_every_wrong_file_is_named(lin, office, folder):
    page = send(
        lin,
        folder,
        (pdf(), "来信.pdf"),
        (b"MZ\0\0", "工具.pdf"),
        (saved("PNG"), "照片.jpg"),
        (b"", "空.txt"),
        status=422,
    )
    assert "“工具.pdf”：程序文件不能上传。" in page.text
    assert "“照片.jpg”：内容其实是PNG 图片，与扩展名不符。" in page.text
    assert "“空.txt”：文件是空的" in page.text
    assert "“来信.pdf”" not in page.text
    assert rows(office) == [] and files_on_disk(office) == []


def test_a_refusal_inside_the_unit_of_work_leaves_nothing_on_the_disk(lin, office, folder):
    FOLDED["void"] = True
    page = send(lin, folder, (pdf(), "来信.pdf"), note="扫描件", status=422)
    assert "这条登记刚被作废" in page.text
    assert 'value="扫描件"' in page.html
    assert rows(office) == [] and files_on_disk(office) == []


def test_nothing_chosen_says_so(lin, folder):
    assert "请选择要上传的文件。" in send(lin, folder, status=422).text


def test_the_same_file_again_leaves_one_row_and_one_file(lin, office, folder):
    send(lin, folder, (LETTER, "来信.txt"))
    send(lin, folder, (LETTER, "再来一次.txt"))
    assert [row.file_name for row in rows(office)] == ["来信.txt"]
    assert len(files_on_disk(office)) == 1


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("ATTACHMENT_FILES", 1, "一次最多上传 1 个文件"),
        ("ATTACHMENT_MEGABYTES", 0, "超过 0 MB"),
        ("ATTACHMENT_RECORD_MEGABYTES", 0, "“二.txt”：一条记录的附件合计不能超过 0 MB"),
    ],
)
def test_the_limits_are_the_site_s_settings(lin, office, folder, monkeypatch, setting, value, said):
    monkeypatch.setitem(office.config, setting, value)
    page = send(lin, folder, (b"1", "二.txt"), (b"2", "三.txt"), status=422)
    assert said in page.text


def test_a_name_is_cleaned_and_never_markup(lin, office, folder):
    send(lin, folder, (LETTER, "<img src=x onerror=1>|.txt"))
    assert rows(office)[0].file_name == "img src=x onerror=1.txt"
    assert "<img src=x" not in lin.get(folder).html


def test_pictures_and_pages_are_previewed_on_the_page(lin, folder):
    send(lin, folder, (telephone_photo(), "现场.jpg"), (pdf(2), "来信.pdf"))
    html = lin.get(folder).html
    for address in (
        f"{folder}/attachments/1/pages/1",
        f"{folder}/attachments/2/pages/1",
        f"{folder}/attachments/2/pages/2",
    ):
        assert f'src="{address}"' in html
        assert lin.get(address).response.mimetype in ("image/jpeg", "image/png")
    thumbnail = lin.get(f"{folder}/attachments/1/thumbnail")
    assert thumbnail.response.mimetype == "image/jpeg" and len(thumbnail.data) < 20_000
    lin.get(f"{folder}/attachments/2/pages/3", status=422)


def test_words_are_shown_as_our_own_structure(lin, folder):
    send(lin, folder, (docx(), "说明.docx"), (xlsx(), "名单.xlsx"), (b"<script>1</script>", "信.txt"))
    page = lin.get(f"{folder}/attachments/1/words")
    assert "<b>周大山</b>反映村道坑洼。" in page.text
    assert "姓名 村 周大山 上河村" in page.text
    assert "第1户" in lin.get(f"{folder}/attachments/2/words").text
    assert "<script>1" not in lin.get(f"{folder}/attachments/3/words").html


def test_what_cannot_be_shown_says_that_it_can_be_downloaded(lin, folder):
    send(lin, folder, (old_office("WordDocument"), "旧文件.doc"))
    assert "不能预览，可下载。" in lin.get(folder).text
    lin.get(f"{folder}/attachments/1/words", status=422)
    lin.get(f"{folder}/attachments/1/pages/1", status=422)
    lin.get(f"{folder}/attachments/1/thumbnail", status=404)


def test_an_original_is_for_saving_only_and_each_time_is_written_down(lin, office, folder):
    sent = pdf()
    send(lin, folder, (sent, "来信.pdf"))
    answer = lin.post(f"{folder}/attachments/1/original", status=200).response
    assert answer.data == sent
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E6%9D%A5%E4%BF%A1.pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert looks(office) == 1


def test_a_damaged_original_says_so_and_is_not_logged_as_given(lin, office, folder):
    send(lin, folder, (LETTER, "来信.txt"))
    files_on_disk(office)[0].write_bytes(b"x")
    page = lin.post(f"{folder}/attachments/1/original", status=422)
    assert "原件已损坏或缺失" in page.text
    assert looks(office) == 0


def test_voiding_wants_a_reason_and_keeps_the_file(lin, office, folder):
    send(lin, folder, (LETTER, "来信.txt"))
    page = lin.post(f"{folder}/attachments/1/void", {"version": "1", "reason": ""}, status=422)
    assert "请写明理由。" in page.text
    lin.post(f"{folder}/attachments/1/void", {"version": "1", "reason": "传错了文件"})
    page = lin.get(folder)
    assert "还没有附件。" in page.text and "已作废 1 件" in page.text and "理由：传错了文件" in page.text
    assert len(files_on_disk(office)) == 1


def test_another_office_finds_nothing_of_it(lin, office, folder):
    send(lin, folder, (LETTER, "来信.txt"))
    bai = Browser(office).sign_in(people.BAI)
    bai.get(f"{folder}/attachments/1/thumbnail", status=404)
    bai.get(f"{folder}/attachments/1/words", status=404)
    bai.post(f"{folder}/attachments/1/original", status=404)
    bai.post(f"{folder}/attachments/1/void", {"version": "1", "reason": "试试"}, status=404)
    send(bai, folder, (LETTER, "来信.txt"), status=404)


def test_an_attachment_of_another_record_is_not_reached_through_one_s_own(lin, office, folder):
    send(lin, folder, (LETTER, "来信.txt"))
    with office.app_context(), factories.plain_session() as plain, plain.begin():
        other = f"/folder/{factories.visit(plain).id}"
    lin.get(f"{other}/attachments/1/words", status=404)
    lin.post(f"{other}/attachments/1/original", status=404)


def test_the_list_costs_one_statement_however_long(lin, office, folder, count_statements):
    send(lin, folder, (LETTER, "一.txt"))
    with count_statements(office) as one:
        lin.get(folder)
    send(lin, folder, (b"2", "二.txt"), (b"3", "三.txt"), (b"4", "四.txt"))
    with count_statements(office) as four:
        lin.get(folder)
    assert len(four) == len(one)
