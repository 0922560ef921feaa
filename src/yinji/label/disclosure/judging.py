"""The unions, and the verdict: a person's values over all channels of an audience hide what those of one label must hide.

Rules: of a name one character or more is hidden (``gbt-41833-name``), of a phone six digits or more and five at most are shown
(``gbt-41833-phone``, ``gbt-41833-visible-digits``), of an address no unit and no room is shown (``gbt-41833-address``). The standard
speaks of a label; that the same holds over all channels is a rule of the house (``house-combined-disclosure``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji import law
from yinji.kernel.mask import HIDDEN_MARK
from yinji.label.disclosure.model import (
    Audience,
    Channel,
    Disclosure,
    Joined,
    Known,
    Made,
    Manner,
    Member,
    Part,
    Places,
    Row,
    Standing,
    Who,
    joined_places,
    places,
)
from yinji.label.lints.gbt.address import shows_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yinji.law import Rule

RULE_ID: Final = "house-combined-disclosure"

_NAME: Final = "gbt-41833-name"
_PHONE: Final = "gbt-41833-phone"
_DIGITS: Final = "gbt-41833-visible-digits"
_ROOM: Final = "gbt-41833-address"
_VIRTUAL: Final = "gbt-41833-virtual-number"

_ON_NO_DAY: Final = {_NAME: 1, _PHONE: 6, _DIGITS: 5}
"""What the rules say, for a day on which none of them is in force yet: what is shown then is judged all the same."""


def disclosed(known: Mapping[Part, Known], channels: Sequence[Channel], *, exempt: bool, on: date) -> Disclosure:
    """Return what ``channels`` show of the values in ``known``, and how each audience's union stands on a Beijing date.

    ``exempt``: the label shows its recipient whole, on a ground of its own. A value that is empty is shown by nobody.
    """
    there = {part: value for part, value in known.items() if value.today or value.issued}
    rows = tuple(Row(each, _shown(each, there, exempt=exempt)) for each in channels)
    unions = [
        _joined(audience, part, value, rows, exempt=exempt, on=on) for audience in Audience for part, value in there.items()
    ]
    return Disclosure(rows, tuple(unions), law.rule(RULE_ID, on))


def _shown(channel: Channel, known: Mapping[Part, Known], *, exempt: bool) -> dict[Part, Places]:
    found: dict[Part, Places] = {}
    for part, manner in channel.shows.items():
        value = known.get(part)
        if value is None:
            continue
        if exempt and channel.label and part.who is Who.RECIPIENT and manner is Manner.MASK:
            found[part] = (True,) * len(value.today)
        elif manner is Manner.DIVISION:
            found[part] = places(value.division or HIDDEN_MARK * len(value.today))
        else:
            found[part] = joined_places(*(places(value.mask(made)) for made in Made if made in channel.made))
    return found


def _joined(audience: Audience, part: Part, value: Known, rows: Iterable[Row], *, exempt: bool, on: date) -> Joined:
    seen = [
        row.shown[part] for row in rows if part in row.shown and (audience is Audience.ALL or audience in row.channel.audiences)
    ]
    shown = joined_places(*seen) if seen else (False,) * len(value.today)
    standing, rule_id = _stands(part, value, shown, on=on)
    if standing is Standing.BROKEN and exempt and part.who is Who.RECIPIENT:
        standing = Standing.EXEMPT
    return Joined(audience, part, shown, standing, law.rule(rule_id, on))


def _stands(part: Part, value: Known, shown: Places, *, on: date) -> tuple[Standing, str]:
    if part.member is Member.PHONE:
        return _phone_stands(value, shown, on=on)
    if part.member is Member.NAME:
        kept, rule = shown.count(False) >= _number(_NAME, on), _NAME
    else:
        kept, rule = not _shows_room(value, shown), _ROOM
    return (Standing.KEPT if kept else Standing.BROKEN), rule


def _phone_stands(value: Known, shown: Places, *, on: date) -> tuple[Standing, str]:
    """Digits count, hidden or not; signs and spaces do not. A number of five digits (a hotline) is hidden whole or not hidden."""
    digits = [here for here, character in zip(shown, _text(value, shown), strict=True) if character.isdecimal() or not here]
    count = digits.count(True)
    if not count or (count <= _number(_DIGITS, on) and digits.count(False) >= _number(_PHONE, on)):
        return Standing.KEPT, _DIGITS
    if not value.virtual:
        return Standing.BROKEN, _DIGITS
    return (Standing.LAPSED if HIDDEN_MARK in value.today else Standing.VIRTUAL), _VIRTUAL


def _shows_room(value: Known, shown: Places) -> bool:
    """Ask twice: the reader of addresses, which says where unit and room stand, and the lint, which looks for the form of one."""
    text = _text(value, shown)
    return shows_room(text) or any(character.isalnum() for span in value.rooms for character in text[span.start : span.end])


def _text(value: Known, shown: Places) -> str:
    """Return the union as a mask: what any mask shows where it is shown. A place that is shown and in no mask is taken for a digit."""
    masks = [mask for mask in (value.today, value.issued, value.division) if mask]
    found: list[str] = []
    for place, here in enumerate(shown):
        seen = next((mask[place] for mask in masks if mask[place] != HIDDEN_MARK), "0")
        found.append(seen if here else HIDDEN_MARK)
    return "".join(found)


def _number(rule_id: str, on: date) -> int:
    rule: Rule | None = law.rule(rule_id, on)
    return _ON_NO_DAY[rule_id] if rule is None or rule.value is None else rule.value
