"""The `flask` command line; each module holds one thin group."""

from flask import Flask


def register_commands(app: Flask) -> None:
    from commands.audit import audit_commands
    from commands.backup import backup_commands
    from commands.bulletins import bulletins_commands
    from commands.data import data_commands
    from commands.deadlines import deadlines_commands
    from commands.imports import imports_commands
    from commands.roster import roster_commands
    from commands.serve import serve_command
    from commands.site import site_commands
    from commands.site_needed import need_site
    from commands.staff import staff_commands
    from commands.statistics import statistics_commands

    needing = (
        audit_commands,
        bulletins_commands,
        data_commands,
        imports_commands,
        roster_commands,
        staff_commands,
        statistics_commands,
    )
    for group in needing:
        need_site(group.commands.values())
    for group in (
        audit_commands,
        backup_commands,
        bulletins_commands,
        data_commands,
        deadlines_commands,
        imports_commands,
        roster_commands,
        site_commands,
        staff_commands,
        statistics_commands,
    ):
        app.cli.add_command(group)
    app.cli.add_command(serve_command)
