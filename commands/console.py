"""What all commands share: who acts from the console, and how a command refuses."""

import getpass
import sys
from typing import NoReturn

import click

from rules.roles import Actor


def console_actor() -> Actor:
    """The operating system's user, as the audit log names it. Sees everything, holds no role."""
    return Actor(
        account_id=None,
        person_id=None,
        name=f"命令行：{getpass.getuser()}"[:40],
        role=None,
        unit_id=None,
        unit_path="",
        scope_path="",
        address="console",
    )


def refuse(message: str) -> NoReturn:
    """One clear line on standard error, non-zero end."""
    click.echo(message, err=True)
    sys.exit(1)
