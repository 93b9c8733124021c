"""The policy: every door explained, none forgotten, none unused; the separation of duties; the page in docs."""

import pytest

from rules.roles import FOR_ALL_SIGNED_IN, GRANTS, PERMISSION_HELP, Actor, Permission, Role
from tests.shape.permission_page import PAGE, permission_page
from web.guarded_blueprint import PERMISSIONS

ADMINISTRATORS = {Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR}


def test_the_page_in_docs_is_what_the_policy_says():
    assert PAGE.read_text(encoding="utf-8") == permission_page(), "run: python -m tests.shape.permission_page"


def test_every_permission_is_explained_and_granted():
    assert set(Permission) == set(PERMISSION_HELP) == set(GRANTS)
    assert all(GRANTS.values())


def test_every_permission_is_asked_for_somewhere(walk):
    asked = set(walk.app.extensions[PERMISSIONS].values())
    inside = {Permission.IMPORT_REGISTERS, Permission.IMPORT_ORGANISATION}
    assert set(Permission) - asked <= inside


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Permission.ACCOUNTS_OPEN, Permission.ACCOUNTS_GRANT),
        (Permission.ACCOUNTS_OPEN, Permission.AUDIT),
        (Permission.ACCOUNTS_GRANT, Permission.AUDIT),
        (Permission.SETTINGS, Permission.AUDIT),
    ],
)
def test_no_role_holds_two_of_system_security_and_audit(one, other):
    """等保: 系统管理员, 安全管理员, 审计管理员 are three people."""
    assert not GRANTS[one] & GRANTS[other]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_read_no_records(role):
    for permission in (Permission.RECEPTION_READ, Permission.PERSONAL_DATA, Permission.STATISTICS):
        assert role not in GRANTS[permission]


def test_a_leader_reads_and_instructs_and_registers_nothing():
    held = {p for p in Permission if Role.LEADER in GRANTS[p]} - FOR_ALL_SIGNED_IN
    assert held == {
        Permission.TELEPHONE_BOOK,
        Permission.RECEPTION_READ,
        Permission.PETITIONS_READ,
        Permission.PETITIONS_INSTRUCT,
        Permission.SUPERVISION_READ,
        Permission.LEADS_READ,
        Permission.LEADS_INSTRUCT,
        Permission.MEETINGS_READ,
        Permission.PAPERS_READ,
        Permission.OWED_READ,
        Permission.REGISTERS_READ,
        Permission.DUTY_READ,
        Permission.DUTY_OWN,
        Permission.DUTY_LOG_READ,
        Permission.DUTY_INSTRUCT,
        Permission.STATISTICS,
        Permission.TERMS_READ,
        Permission.BULLETINS_READ,
        Permission.PRINTS,
    }


def test_an_account_without_a_role_may_only_look_after_itself():
    nobody = Actor(1, 1, "新来的", None, 1, "/1/", "/1/")
    assert {p for p in Permission if nobody.may(p)} == FOR_ALL_SIGNED_IN
