"""The grammar's rules: what each kind of designator means at each depth.

A step takes the reader one designator further and returns True where the hidden tail of the address begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid.address import tokens as t
from yinji.deid.address.words import (
    AT_BUILDING,
    AT_NAME,
    AT_NUMBER,
    IN_VILLAGE,
    ON_FLOOR,
    ON_ROAD,
    START,
    goes_on,
    name_before_phone,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.deid.address.grammar import Reader

_ROOM_WIDTH: Final = 3
"""A bare number of three digits and more behind a name is a room more often than a building; on doubt it is hidden."""

_ROAD_NUMBER_WIDTH: Final = 4
"""Road numbers of five digits are all but unknown; such a run is a compact building-unit-room."""

_RANGE_MAX: Final = 100
"""121-123号 is one shop front over several road numbers: the second number is larger, and close."""

_ROADSIDE: Final = frozenset((START, ON_ROAD, IN_VILLAGE))
_ROOMS: Final = frozenset((t.BARE, t.ROOM))
_UNITS: Final = frozenset((t.UNIT, t.DOOR))
_LODGINGS: Final = frozenset(("宿舍", "公寓", "号宿舍", "号公寓"))
_INSIDE: Final = frozenset((t.UNIT, t.DOOR, t.FLOOR, t.BUILDING))
_NAMING: Final = frozenset((t.BUILDING, t.AREA, t.ROAD, t.GROUP, t.LANE))


def _area(reader: Reader, _token: t.Token) -> bool:
    if reader.depth < AT_BUILDING:
        reader.depth = AT_NAME
    reader.floor_at = -1  # 2楼B区12号铺: the floor is not beside the stall
    return False


def _road(reader: Reader, _token: t.Token) -> bool:
    if reader.depth < AT_BUILDING:
        reader.depth = ON_ROAD
    return False


def _group(reader: Reader, _token: t.Token) -> bool:
    if reader.depth < AT_BUILDING:
        reader.depth = IN_VILLAGE
    return False


def _building(reader: Reader, token: t.Token) -> bool:
    mark = reader.text[token.start + token.width : token.end]
    if reader.depth >= AT_BUILDING and token.width >= _ROOM_WIDTH and mark in _LODGINGS:
        return True  # 8栋512宿舍: a room of that building, and no other building
    reader.depth = AT_BUILDING
    reader.chained = False
    return False


def _unit(reader: Reader, token: t.Token) -> bool:
    after = reader.next()
    if reader.depth < AT_BUILDING and after is not None and after.kind == t.BUILDING:
        reader.spans.append((token.start, token.end))  # 3单元9栋402: the building stays
        return False
    return True


def _door(reader: Reader, _token: t.Token) -> bool:
    if reader.depth >= AT_BUILDING:
        return True
    after = reader.next()  # 8门806 is a unit; a gate has no number behind it
    return reader.depth == AT_NAME and after is not None and after.kind in _ROOMS


def _floor(reader: Reader, token: t.Token) -> bool:
    after = reader.next()
    if reader.depth < AT_BUILDING and after is not None and after.kind in _UNITS:
        reader.depth = AT_BUILDING  # 12楼3单元: a building
        return False
    if reader.depth != ON_FLOOR or reader.floor_at < 0:
        reader.floor_at = token.start
    reader.depth = ON_FLOOR
    return False


def _room(_reader: Reader, _token: t.Token) -> bool:
    return True


def _long(reader: Reader, token: t.Token) -> bool:
    """A phone: the name right before it is hidden too."""
    name = name_before_phone(reader.text, token.start)
    before = reader.found[reader.at - 1].end if reader.at else 0
    if before <= name < token.start:
        reader.spans.append((name, token.start))
    return True


def _number(reader: Reader, token: t.Token) -> bool:
    """号: a road number, a building or a room."""
    depth = reader.depth
    after = reader.next()
    if depth >= AT_BUILDING:
        return not (reader.chained and after is not None and after.kind in _INSIDE)
    if after is None and token.width >= _ROOM_WIDTH and depth in (AT_NAME, AT_NUMBER):
        spelt = not reader.text[token.start].isascii()  # 小区伍佰零壹号: nobody writes the number of a house out
        if spelt or (depth == AT_NAME and reader.house):
            return True
    reader.depth = AT_BUILDING if depth in (AT_NAME, AT_NUMBER) else AT_NUMBER
    reader.chained = False
    return False


def _bare(reader: Reader, token: t.Token) -> bool:
    after = reader.next()
    if after is not None:
        return _bare_in_chain(reader, token, after)
    depth, width = reader.depth, token.width
    if depth >= AT_BUILDING:
        return True
    if depth == AT_NAME:
        return _bare_behind_name(reader, token)
    if depth == AT_NUMBER:
        reader.depth = AT_BUILDING
        return width >= _ROOM_WIDTH and not (reader.chained and _is_range(reader, reader.found[reader.at - 1], token))
    reader.depth = AT_NUMBER
    return width > _ROAD_NUMBER_WIDTH or (depth == IN_VILLAGE and width > _ROOM_WIDTH)


def _bare_behind_name(reader: Reader, token: t.Token) -> bool:
    if not reader.house and goes_on(reader.text, token.end):
        return False  # 阳光100国际
    if token.width >= _ROOM_WIDTH or (token.end - token.start > 1 and reader.text[token.end - 1].isalpha()):
        return True  # 12b is a room, b alone a building
    reader.depth = AT_BUILDING
    return False


def _bare_in_chain(reader: Reader, token: t.Token, after: t.Token) -> bool:
    if after.kind in _NAMING:
        return False  # 3-5栋, 2 3期: part of what follows
    depth, width = reader.depth, token.width
    if depth >= AT_BUILDING or (depth == AT_NUMBER and reader.chained):
        return True  # the second of three
    wide = width > _ROOM_WIDTH or (width == _ROOM_WIDTH and reader.house)
    if depth == AT_NAME and wide and (after.width < _ROOM_WIDTH or _is_range(reader, token, after)):
        return True  # 1728-11 and 1179-1180 are rooms; 126-1749 is a building and a room
    reader.depth = AT_NUMBER if depth in _ROADSIDE else AT_BUILDING
    reader.chained = True
    return False


def _is_range(reader: Reader, first: t.Token, second: t.Token) -> bool:
    low, high = _value(reader, first), _value(reader, second)
    return low < high < low + _RANGE_MAX


def _value(reader: Reader, token: t.Token) -> int:
    run = reader.text[token.start : token.start + token.width]
    return int(run) if run.isascii() and run.isdigit() else 0


STEPS: Final[dict[int, Callable[[Reader, t.Token], bool]]] = {
    t.BARE: _bare,
    t.AREA: _area,
    t.ROAD: _road,
    t.LANE: _road,
    t.GROUP: _group,
    t.NUMBER: _number,
    t.BUILDING: _building,
    t.UNIT: _unit,
    t.DOOR: _door,
    t.FLOOR: _floor,
    t.ROOM: _room,
    t.SHOP: _room,
    t.LONG: _long,
}
