"""到岗: what shows that somebody was really there, besides the name in the roster."""

from dataclasses import dataclass
from datetime import datetime

from rules.taxonomy import Labelled


class Ground(Labelled):
    """What a presence is known by"""

    SIGNED_ON = "signed-on", "接班签名"
    WROTE = "wrote", "值班日志"
    SIGNED_OFF = "signed-off", "交班签名"


@dataclass(frozen=True)
class Presence:
    """The first act of one's own in that shift; naive UTC."""

    ground: Ground
    at: datetime


def presence_of(
    signed_on: datetime | None, wrote: datetime | None, signed_off: datetime | None
) -> Presence | None:
    """The earliest of them; None where only the roster names the person."""
    known = {Ground.SIGNED_ON: signed_on, Ground.WROTE: wrote, Ground.SIGNED_OFF: signed_off}
    found = [Presence(ground, at) for ground, at in known.items() if at is not None]
    return min(found, key=lambda presence: presence.at, default=None)
