"""What a module declares so that its papers can be printed, at once or in the background."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from documents.drawn import Drawn, Part
from documents.register_slice import SHEETS, register_slice, whole_register
from rules.roles import Actor, Permission

MOST_ROWS = 50_000

Head = dict[str, Any]
"""What all slices share, as plain JSON values."""

Gathered = Generator[Any, None, Head]
"""Yields the pieces, one row, sheet or letter each, as plain JSON values; returns the head."""

Loaded = Callable[[Session, Actor, list[Any]], list[Any]]


@dataclass(frozen=True)
class Wanted:
    """A print as it was understood: its arguments in one spelling, what it shows in words, how many pieces."""

    arguments: dict[str, str]
    sentence: str
    pieces: int


def as_gathered(_session: Session, _actor: Actor, pieces: list[Any]) -> list[Any]:
    return pieces


@dataclass(frozen=True)
class PrintKind:
    """`settle` understands a query string (raises RuleViolation, NotVisible); `gather` reads everything at one time.

    `draw(head, pieces, part)` and `whole(head, pieces)` are functions of documents/ at the top level of a module, for
    a process without a database. Where a piece is too much to be kept as JSON, `gather` yields its id and `load` turns
    the ids of a slice into the plain data to draw, in the actor's scope. With `total_sheets`, every page of a long
    print gets “共 y 页” (documents.joined_print); without, each piece counts its own pages.
    """

    title: str
    counted: str
    """The measure word: 批, 场, 页."""
    permission: Permission
    at_once: int
    """Up to so many pieces (some 100 pages) are drawn while their reader waits."""
    most: int
    at_a_time: int
    """Pieces of a slice: some seconds of drawing."""
    settle: Callable[[Session, Actor, Mapping[str, str]], Wanted]
    gather: Callable[[Session, Actor, Mapping[str, str]], Gathered]
    draw: Callable[[Head, list[Any], Part], Drawn]
    whole: Callable[[Head, list[Any]], bytes]
    load: Loaded = as_gathered
    total_sheets: tuple[str, ...] = ()


def registers(**declared: Any) -> PrintKind:
    """A printed register (documents.register)."""
    return PrintKind(
        most=MOST_ROWS,
        at_a_time=200,
        draw=register_slice,
        whole=whole_register,
        total_sheets=SHEETS,
        **declared,
    )
