"""Organisation, accounts, telephone book, the office's own rules."""

from web.guarded_blueprint import GuardedBlueprint

staff = GuardedBlueprint("staff", __name__)

from blueprints.staff import (  # noqa: E402, F401
    account_list,
    account_rights,
    accounts,
    leaving,
    office_rules,
    people,
    telephone_book,
    units,
)
