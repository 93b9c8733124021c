"""`flask bulletins`: draft, issue and export from the console, on both databases."""

import pytest
from sqlalchemy import select

from extensions import db
from models.audit_entry import AuditEntry
from models.bulletin import Bulletin
from models.seal import SealUse
from tests import bulletins, factories, people
from web.unit_of_work import writing


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["bulletins", *arguments])


@pytest.fixture
def office(both):
    """The bureau with its number register."""
    with both.app_context(), writing() as session:
        bulletins.register(session)
    return both


def drafted(app, *arguments):
    done = run(app, "draft", *arguments)
    assert done.exit_code == 0, done.output
    return done.output.split("\t")[0]


def test_draft_issue_and_export(office, tmp_path):
    number = drafted(office, "daily", "--period", "2026-07-15")
    issued = run(office, "issue", number)
    assert (issued.exit_code, issued.output) == (0, "安信通〔2026〕1号\n")
    again = run(office, "issue", number)
    assert (again.exit_code, again.output) == (0, "安信通〔2026〕1号\n")
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        target = tmp_path / f"通报.{form}"
        assert run(office, "export", number, "--format", form, str(target)).exit_code == 0
        assert target.read_bytes().startswith(magic)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["通报.docx", "通报.pdf"]


def test_kinds_are_known_by_their_chinese_names_too(office):
    done = run(office, "draft", "月站队", "--period", "2026-06")
    assert "关于2026年6月全县信访接待工作情况的通报" in done.output


def test_a_unit_writes_about_itself(office):
    number = drafted(office, "daily", "--period", "2026-07-15", "--unit", "AL21")
    with office.app_context():
        row = db.session.get_one(Bulletin, int(number))
        assert row.unit_id == people.unit(db.session(), "AL21").id
        assert row.title == "关于2026年7月15日柳溪镇信访接待工作情况的通报"
        assert "全县" not in row.source


def test_the_console_is_named_in_the_audit_log(office):
    run(office, "issue", drafted(office, "daily", "--period", "2026-07-15"))
    with office.app_context():
        names = db.session.scalars(select(AuditEntry.actor_name).where(AuditEntry.action == "bulletin.issue"))
        assert all(name.startswith("命令行：") for name in names)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("draft", "daily", "--period", "2026-07"), "日通报的期间写法不对"),
        (("draft", "daily", "--period", "昨天"), "看不懂期间"),
        (("draft", "yearly", "--period", "2026"), "没有“yearly”这种通报的模板"),
        (("draft", "daily", "--period", "2026-07-15", "--unit", "NONE"), "没有代码为 NONE 的机构"),
        (("issue", "999"), "没有编号为 999 的通报"),
        (("export", "999", "--format", "pdf", "x.pdf"), "没有编号为 999 的通报"),
    ],
)
def test_a_refusal_is_one_line_and_nothing_is_done(office, arguments, message):
    done = run(office, *arguments)
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    with office.app_context():
        assert db.session.scalar(select(Bulletin.id)) is None


def test_without_a_register_nothing_is_issued_or_submitted(both):
    number = drafted(both, "daily", "--period", "2026-07-15")
    done = run(both, "issue", number)
    assert done.exit_code == 1
    assert "没有启用机关代字" in done.stderr
    with both.app_context():
        assert db.session.get_one(Bulletin, int(number)).state == "draft"


def test_names_of_visitors_stop_the_console_too(office):
    with office.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", names=("周大山",))
        row = factories.bulletin(
            session, "AL01", subject_unit_id=people.unit(session, "AL").id, source="办好周大山的事。"
        )
        session.commit()
        number = str(row.id)
    done = run(office, "issue", number)
    assert done.exit_code == 1
    assert "周大山" in done.stderr


def test_a_file_that_cannot_be_written_leaves_nothing(office, tmp_path):
    number = drafted(office, "daily", "--period", "2026-07-15")
    done = run(office, "export", number, "--format", "pdf", str(tmp_path / "none" / "x.pdf"))
    assert done.exit_code == 1
    assert "写不了文件" in done.stderr


def test_a_seal_is_chosen_by_its_name(office):
    with office.app_context(), writing() as session:
        name = bulletins.seal(session).name
    number = drafted(office, "daily", "--period", "2026-07-15")
    unknown = run(office, "issue", number, "--seal", "没有的章")
    assert unknown.exit_code == 1
    assert "没有名为“没有的章”的可用印章" in unknown.output
    assert run(office, "issue", number, "--seal", name).exit_code == 0
    with office.app_context():
        assert db.session.scalar(select(SealUse.id)) is not None


def test_a_period_that_has_not_begun_is_refused(office):
    done = run(office, "draft", "daily", "--period", "2026-07-16")
    assert done.exit_code == 1
    assert "2026年7月16日还没有开始" in done.output
