"""Which event says what about a permit, and with which ground."""

from __future__ import annotations

from typing import Final

from yinji.kernel.events import Event
from yinji.kernel.purpose import Deed

INTENDED: Final = {
    Deed.REVEAL: Event.REVEAL_INTENDED,
    Deed.FIND: Event.FIND_INTENDED,
    Deed.ERASE: Event.ERASURE_INTENDED,
}

ENDED: Final = {
    Deed.REVEAL: Event.REVEAL_ENDED,
    Deed.FIND: Event.FIND_ENDED,
    Deed.ERASE: Event.ERASURE_ENDED,
}

DISCLOSED: Final = "disclosed"

DONE: Final = {Deed.REVEAL: DISCLOSED, Deed.FIND: DISCLOSED, Deed.ERASE: "begun"}
"""How a permit's act ends where it was not refused; a refusal ends it by its name. An erasure is done later, when keys are
punctured everywhere: under its permit it only begins."""
