"""A number that no mark follows: by its depth and its width a road number, a building, or a room.

The digits say nothing more. Where a building is as likely as a room, the number is read as a room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid.address import marks as m
from yinji.deid.address.chains import in_chain, in_lane, is_range
from yinji.deid.address.parts import Part, Why
from yinji.deid.address.starred import beside_stars, stars_follow
from yinji.deid.address.words import (
    AT_BUILDING,
    AT_NAME,
    AT_NUMBER,
    BOX,
    IN_VILLAGE,
    ON_FLOOR,
    ON_ROAD,
    SEPARATORS,
    START,
    goes_on,
    named_estate,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.deid.address.grammar import Reader
    from yinji.deid.address.tokens import Token

_ROOM_WIDTH: Final = 3
"""A bare number of three digits and more behind a name is a room more often than a building; on doubt it is hidden."""

_ROAD_NUMBER_WIDTH: Final = 4
"""Road numbers of five digits are all but unknown; such a run is a compact building-unit-room."""

_LETTERED_WIDTH: Final = 6
_UNIT_MAX: Final = 4
"""Few buildings have more than four units: 37502 is building 35, 32501 may be building 3, unit 2."""

_BUILDING_DIGITS: Final = 2
_COMPACT_WIDTH: Final = 5
_PAIR: Final = 2
_DOORS_MAX: Final = 30
_NAMING: Final = {m.BUILDING: Part.BUILDING, m.AREA: Part.PHASE, m.ROAD: Part.ROAD, m.GROUP: Part.GROUP, m.LANE: Part.LANE}
"""Behind which designators a number is a part of what follows: 3-5栋, 2 3期."""

_PLACED: Final = frozenset((m.BUILDING, m.AREA))
_BEFORE_ALL: Final = SEPARATORS + "#"
_SUBNUMBERS: Final = "-之"


def bare(reader: Reader, token: Token) -> Part:
    """Return what a bare number is; the reader is one step deeper then."""
    after = reader.next()
    if reader.inside:
        return reader.said(Part.ROOM, Why.PLACED)
    if after is not None and after.kind in _NAMING and not _in_store(reader, after):
        return reader.said(_NAMING[after.kind], Why.PLACED)
    if reader.announced is not None:
        return reader.said(reader.announced, Why.PLACED)  # 商铺12
    if after is not None:
        return in_chain(reader, token, after)
    if (part := beside_stars(reader, token)) is not None:
        return part
    return _AT[reader.depth](reader, token)


def _in_store(reader: Reader, after: Token) -> bool:
    """92栋9-12号仓库: say whether a store of a building follows."""
    return reader.depth >= AT_BUILDING and reader.text.endswith(m.STORE_MARKS, after.start, after.end)


def _first(reader: Reader, token: Token) -> Part:
    if goes_on(reader.text, token.end):
        return reader.said(Part.PLACE, Why.PLACED)  # 三〇一医院
    if not reader.at and not reader.text[: token.start].strip(_BEFORE_ALL):
        return reader.said(Part.ROOM, Why.DOUBT)  # 501 alone, as an order's second line has it
    return _on_road(reader, token)


def _on_road(reader: Reader, token: Token) -> Part:
    if token.width >= _ROOM_WIDTH and in_lane(reader, token):
        return reader.said(Part.ROOM, Why.WIDTH)  # 88弄1203: the buildings of a lane have one or two digits
    reader.depth = AT_NUMBER
    return _compact(reader, token) if token.width > _ROAD_NUMBER_WIDTH else reader.said(Part.NUMBER, Why.PLACED)


def _in_village(reader: Reader, token: Token) -> Part:
    reader.depth = AT_NUMBER
    return reader.said(Part.ROOM, Why.WIDTH) if token.width > _ROOM_WIDTH else reader.said(Part.HOUSE, Why.PLACED)


def _behind_name(reader: Reader, token: Token) -> Part:
    if reader.house == BOX or (not reader.house and (goes_on(reader.text, token.end) or _names_on(reader, token))):
        return reader.said(Part.PLACE, Why.PLACED)  # 阳光100国际
    if not reader.house and (token.width > _ROAD_NUMBER_WIDTH or _in_estate(reader, token)):
        return _joined(reader, token)
    if token.width >= _ROOM_WIDTH or (token.end - token.start > 1 and reader.text[token.end - 1].isalpha()):
        return reader.said(Part.ROOM, Why.WIDTH)  # 12b is a room, b alone a building
    if reader.text[token.start].isdigit() and (reader.ends(token) or stars_follow(reader, token)):
        return reader.said(Part.ROOM, Why.DOUBT)  # 青枫人家12: a building, or 1-2 written together; 云杉大厦12**
    reader.depth = AT_BUILDING
    return reader.said(Part.BUILDING, Why.PLACED)


def _behind_number(reader: Reader, token: Token) -> Part:
    if goes_on(reader.text, token.end):
        return reader.said(Part.PLACE, Why.PLACED)  # 12号736产业园
    if reader.chained and is_range(reader, reader.found[reader.at - 1], token):
        reader.depth = AT_BUILDING
        return reader.said(Part.NUMBER, Why.CHAIN)
    if token.width >= _ROOM_WIDTH:
        return reader.said(Part.ROOM, Why.WIDTH)
    if not reader.chained and reader.text[token.start].isdigit() and reader.ends(token):
        joined = reader.text[token.start - 1] in _SUBNUMBERS  # 135号-4
        return reader.said(Part.NUMBER, Why.CHAIN) if joined else reader.said(Part.ROOM, Why.DOUBT)
    reader.depth = AT_BUILDING
    return reader.said(Part.BUILDING, Why.PLACED)


def _in_building(reader: Reader, _token: Token) -> Part:
    return reader.said(Part.ROOM, Why.PLACED)


def _names_on(reader: Reader, token: Token) -> bool:
    """绿野520四期6栋: say whether a name goes on close behind its number, and then a building. A room would stand last."""
    place = reader.at + 1
    if place == len(reader.found) or reader.ends(token) or reader.found[place].kind not in _PLACED:
        return False
    between = reader.text[token.end : reader.found[place].start]
    return len(between) > 1 and not any(sign in SEPARATORS for sign in between)


def _in_estate(reader: Reader, token: Token) -> bool:
    """青枫小区12, 青枫小区2644: say whether a number behind an estate, and nothing behind it, cannot be a room alone.

    A room has its floor and two digits for its door there, and no floor has thirty doors. So the number begins with the
    building, whether 12 is building 12, or building 1 and room 2 written together.
    """
    run = reader.text[token.start : token.end]
    if not run.isdigit() or token.width < _PAIR or not reader.ends(token) or not named_estate(reader.text, token.start):
        return False
    return token.width == _PAIR or int(run[-_PAIR:]) > _DOORS_MAX


def _joined(reader: Reader, token: Token) -> Part:
    """32501 behind an estate: a room alone has fewer digits, so the first belongs to the building however the rest is cut."""
    if token.width > _ROAD_NUMBER_WIDTH:
        _compact(reader, token)
    run = reader.text[token.start : token.end]
    if not reader.split and token.width <= _COMPACT_WIDTH and run.isdigit() and run[0] != "0":
        reader.split = 1
    return reader.said(Part.ROOM, Why.DOUBT)


def _compact(reader: Reader, token: Token) -> Part:
    """37502 behind an estate: building, perhaps a unit, and room without signs; the building's digits stay where they can be told.

    A room takes three digits, or four from the tenth floor on; a unit has a digit of up to 4. So the second digit belongs to
    the building only where it is 0 or above 4. In any other case nothing can be told, and nothing is shown.
    """
    run = reader.text[token.start : token.end]
    if run.isdigit() and run[0] != "0" and (run[1] == "0" or int(run[1]) > _UNIT_MAX):
        reader.split = _BUILDING_DIGITS
    elif run[0].isalpha() and run[1:].isdigit() and token.width == _LETTERED_WIDTH:
        reader.split = _BUILDING_DIGITS  # d25603: building d2
    return reader.said(Part.ROOM, Why.WIDTH)


_AT: Final[dict[int, Callable[[Reader, Token], Part]]] = {
    START: _first,
    ON_ROAD: _on_road,
    IN_VILLAGE: _in_village,
    AT_NAME: _behind_name,
    AT_NUMBER: _behind_number,
    AT_BUILDING: _in_building,
    ON_FLOOR: _in_building,
}
