"""A long print is drawn in slices: what each is told, and what it gives back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Where a slice stands in its print. `done` pieces of `all` and `pages` pages come before it."""

    done: int
    all: int
    pages: int
    is_last: bool

    @property
    def is_first(self) -> bool:
        return self.done == 0


@dataclass(frozen=True)
class Drawn:
    """The pages of a slice, and how many of the pieces given to it they show; the others begin the next slice."""

    pdf: bytes
    pieces: int
    pages: int
