"""The published order of turns: what each choice lies off it.

Posts that the same people can fill have one order of turns. It runs on over the slots by day from whoever comes after the
last one of the period before. A choice lies off it by the places that its turn is still to come, or by three times the
places that it is past, whichever is less: rather the next is asked early than one again who has just served. It costs the
square, so that all move up by one where somebody is missing, and nobody is asked from far away.
"""

from collections.abc import Iterator

from rostering.choices import Choices, Shift

PAST = 3
Circle = tuple[int, ...]


def turn_costs(choices: Choices) -> dict[tuple[Shift, int], int]:
    """What a choice costs by shift and person; those in turn are left out."""
    costs = {}
    for circle, shifts in _orders(choices).items():
        for first, seats, shift in _places(choices, shifts):
            for person_id in choices.allowed.get(shift, ()):
                off = _off(circle.index(person_id), _start(choices, circle) + first, seats, len(circle))
                if off:
                    costs[shift, person_id] = off
    return costs


def _orders(choices: Choices) -> dict[Circle, list[Shift]]:
    """People in published order, and the shifts that are theirs."""
    found: dict[Circle, list[Shift]] = {}
    for shift in sorted({Shift(slot.day, slot.post_id) for slot in choices.problem.slots}):
        circle = tuple(m.person_id for m in choices.members if shift.post_id in m.posts)
        found.setdefault(circle, []).append(shift)
    return found


def _places(choices: Choices, shifts: list[Shift]) -> Iterator[tuple[int, int, Shift]]:
    """The place of each shift's first seat in the run of all seats, and how many it has."""
    seats_of: dict[Shift, int] = {}
    for slot in choices.problem.slots:
        shift = Shift(slot.day, slot.post_id)
        seats_of[shift] = seats_of.get(shift, 0) + 1
    place = 0
    for shift in shifts:
        yield place, seats_of[shift], shift
        place += seats_of[shift]


def _start(choices: Choices, circle: Circle) -> int:
    last = [person_id for person_id in choices.problem.turn_after if person_id in circle]
    return circle.index(last[-1]) + 1 if last else 0


def _off(position: int, turn: int, seats: int, people: int) -> int:
    ahead = (position - turn) % people
    return 0 if ahead < seats else min(ahead - seats + 1, PAST * (people - ahead)) ** 2
