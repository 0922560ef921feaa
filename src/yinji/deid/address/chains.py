"""Numbers in a chain, 3-2-501 or 121-123号: what the first and the second of them are, by depth, width and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid.address import marks as m
from yinji.deid.address.parts import Part, Why
from yinji.deid.address.words import AT_BUILDING, AT_NAME, AT_NUMBER, BOX, IN_VILLAGE, ON_ROAD, START

if TYPE_CHECKING:
    from yinji.deid.address.grammar import Reader
    from yinji.deid.address.tokens import Token

_ROOM_WIDTH: Final = 3
_RANGE_MAX: Final = 100
"""121-123号 is one shop front over several road numbers: the second number is larger, and close."""

_DOOR_WIDTH: Final = 2
"""The last of 3-2-1 has one digit, or two: behind a road number these are unit, floor and door."""

_ROADSIDE: Final = frozenset((START, ON_ROAD, IN_VILLAGE))
_LOOSE: Final = frozenset((START, IN_VILLAGE, AT_NAME))
_FLOORS: Final = frozenset((m.FLOOR, m.ROOM))
_AND: Final = "、"


def in_chain(reader: Reader, token: Token, after: Token) -> Part:
    """Return what a bare number is that ``after`` follows in its chain."""
    depth = reader.depth
    if depth >= AT_BUILDING or (depth == AT_NUMBER and reader.chained and after.kind != m.FLOOR):
        return reader.said(Part.ROOM, Why.CHAIN)  # the second of three
    if depth in _LOOSE and not reader.house and _may_hold_unit(reader, token, after):
        reader.split = token.width - 1
        return reader.said(Part.UNIT, Why.DOUBT)  # 小区23-3楼: building 23, or building 2 and unit 3 written together
    if depth == AT_NAME and (read := _behind_name(reader, token, after)) is not None:
        return read
    if depth == AT_NUMBER and _is_door(reader, after):
        return reader.said(Part.UNIT, Why.CHAIN)  # 12号3-2-1
    reader.chained = True
    if depth in _ROADSIDE and not in_lane(reader, token):
        reader.depth = AT_NUMBER
        return reader.said(Part.HOUSE if depth == IN_VILLAGE else Part.NUMBER, Why.CHAIN)
    reader.depth = AT_BUILDING
    return reader.said(Part.PLACE if reader.house == BOX else Part.BUILDING, Why.CHAIN)


def is_range(reader: Reader, first: Token, second: Token) -> bool:
    """Say whether two numbers are the ends of a range, 121-123."""
    low, high = _value(reader, first), _value(reader, second)
    return low < high < low + _RANGE_MAX


def _behind_name(reader: Reader, token: Token, after: Token) -> Part | None:
    """The first of a chain behind a name, where it is no building; None where it is one."""
    width = token.width
    digits = reader.text[token.start].isdigit()
    if after.kind == m.NUMBER and digits and width >= _ROOM_WIDTH > after.width:
        return reader.said(Part.NUMBER, Why.CHAIN)  # 735-2号: a house number and its part
    if reader.house and reader.text[token.end] == _AND:
        return reader.said(Part.ROOM, Why.CHAIN)  # 大楼7、8、9号
    if (after.kind == m.NUMBER and width >= _ROOM_WIDTH and is_range(reader, token, after)) or (
        after.kind == m.ROOM and digits and width > 1 and after.start == token.end
    ):
        return reader.said(Part.ROOM, Why.DOUBT)  # 312-316号, stalls side by side; 32西户
    wide = width > _ROOM_WIDTH or (width == _ROOM_WIDTH and (bool(reader.house) or after.kind in _FLOORS))
    if wide and (after.width < _ROOM_WIDTH or is_range(reader, token, after)):
        return reader.said(Part.ROOM, Why.WIDTH)  # 1537-14 and 1305-1306 are rooms; 135-1826 is a building and a room
    return None


def in_lane(reader: Reader, token: Token) -> bool:
    """Say whether a lane stands right before a number, as in 88弄7-501: there the first number is the building."""
    before = reader.found[reader.at - 1] if reader.at else None
    return before is not None and before.kind == m.LANE and before.end == token.start


def _may_hold_unit(reader: Reader, token: Token, after: Token) -> bool:
    """Say whether a floor follows a number behind a dash, so that its last digit may be a unit."""
    if after.kind != m.FLOOR or after.start == token.end or not 1 < token.width <= _ROOM_WIDTH:
        return False
    return reader.text[token.start : token.end].isdigit()


def _is_door(reader: Reader, after: Token) -> bool:
    last = reader.next(2)
    return after.kind == m.BARE and last is not None and last.kind == m.BARE and last.width <= _DOOR_WIDTH


def _value(reader: Reader, token: Token) -> int:
    run = reader.text[token.start : token.start + token.width]
    return int(run) if run.isascii() and run.isdigit() else 0
