"""Which petitions a paper may name to whom it goes, and by which words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.category import Category
from models.organisation import Unit
from models.petition import Petition, PetitionContact, PetitionUnit
from rules.papers.matters import Matter
from rules.petition_rules import is_sealed
from rules.taxonomy import Purpose

_BETWEEN = re.compile(r"[\s·•‧・]+")
_SHORTEST_NAME = 2


def matters_told(
    session: Session, petitions: Sequence[Petition], unit_ids: Collection[int]
) -> tuple[Matter, ...]:
    """Those that every addressee may know of, by number and gist: the title, the kind of matter where that names who
    came or secrecy was asked for. Four statements."""
    told = told_to(session, petitions, unit_ids)
    if not told:
        return ()
    names, kinds = _names_of(session, told), _kinds_of(session, told)
    return tuple(Matter(p.number, _gist(p, names[p.id], kinds[p.category_id])) for p in told)


def numbers_told(
    session: Session, petitions: Sequence[Petition], unit_ids: Collection[int]
) -> tuple[str, ...]:
    """Those that every addressee may know of. Two statements."""
    return tuple(petition.number for petition in told_to(session, petitions, unit_ids))


def told_to(session: Session, petitions: Sequence[Petition], unit_ids: Collection[int]) -> list[Petition]:
    """Of those that accuse nobody and are not sealed, where every addressee, or a unit below it, has a part in the
    matter: others must not learn of it. None for an organ outside, which has no id."""
    told = [p for p in petitions if not _is_kept_back(p)]
    if not unit_ids or not told:
        return []
    parts = _units_of(session, told)
    asked = session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(unit_ids))).all()
    return [p for p in told if all(_knows(unit_id, path, parts[p.id]) for unit_id, path in asked)]


def units_without_part(
    session: Session, petitions: Sequence[Petition], unit_ids: Collection[int]
) -> dict[str, list[str]]:
    """Number of a petition that is not told → the addressees for whose sake: those without a part in it. What is kept
    back from everybody is not among them. Two statements."""
    found = [p for p in petitions if not _is_kept_back(p)]
    if not unit_ids or not found:
        return {}
    parts = _units_of(session, found)
    units = list(
        session.scalars(select(Unit).where(Unit.id.in_(unit_ids)).order_by(Unit.sort_order, Unit.id))
    )
    without = {p.number: [u.label for u in units if not _knows(u.id, u.path, parts[p.id])] for p in found}
    return {number: labels for number, labels in without.items() if labels}


def _is_kept_back(petition: Petition) -> bool:
    accuses = petition.accused_person_id is not None or is_sealed(Purpose(petition.purpose))
    return petition.sealed or accuses


def _knows(unit_id: int, path: str, parts: Iterable[tuple[int, str]]) -> bool:
    return any(unit_id == part or (path and below.startswith(path)) for part, below in parts)


def _units_of(session: Session, petitions: Sequence[Petition]) -> dict[int, set[tuple[int, str]]]:
    """Petition → (id, path) of who registered it, was given it, or has a live part in it."""
    ids = [p.id for p in petitions]
    columns = select(Petition.id, Unit.id, Unit.path).where(Petition.id.in_(ids))
    takes_part = (PetitionUnit.petition_id == Petition.id) & PetitionUnit.until.is_(None)
    helping = columns.join(PetitionUnit, takes_part).join(Unit, PetitionUnit.unit_id == Unit.id)
    given = columns.join(Unit, Unit.id.in_([Petition.unit_id, Petition.responsible_unit_id]))
    found = defaultdict[int, set[tuple[int, str]]](set)
    for petition_id, unit_id, path in session.execute(helping.union(given)):
        found[petition_id].add((unit_id, path))
    return found


def _names_of(session: Session, petitions: Sequence[Petition]) -> dict[int, list[str]]:
    names = select(PetitionContact.petition_id, PetitionContact.name)
    found = defaultdict[int, list[str]](list)
    for petition_id, name in session.execute(
        names.where(PetitionContact.petition_id.in_([p.id for p in petitions]))
    ):
        found[petition_id].append(_plain(name))
    return found


def _kinds_of(session: Session, petitions: Sequence[Petition]) -> dict[int, str]:
    of_them = select(Category.id, Category.name).where(Category.id.in_({p.category_id for p in petitions}))
    return {category_id: name for category_id, name in session.execute(of_them)}


def _gist(petition: Petition, names: Iterable[str], kind: str) -> str:
    title = _plain(petition.title)
    is_named = any(len(name) >= _SHORTEST_NAME and name in title for name in names)
    if not title or is_named or petition.confidential:
        return f"{kind}问题"
    return petition.title.strip()


def _plain(text: str) -> str:
    """Without blanks and the dots inside names."""
    return _BETWEEN.sub("", text)
