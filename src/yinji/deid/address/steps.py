"""The grammar's rules: what each kind of designator means at each depth.

A step takes the reader one designator further and returns what the designator is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid.address import marks as m
from yinji.deid.address.bare import bare
from yinji.deid.address.parts import Part, Why
from yinji.deid.address.starred import stars_follow
from yinji.deid.address.words import (
    AT_BUILDING,
    AT_NAME,
    AT_NUMBER,
    IN_VILLAGE,
    LODGING,
    MARKET,
    ON_FLOOR,
    ON_ROAD,
    SEPARATORS,
    START,
    TROOP,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.deid.address.grammar import Reader
    from yinji.deid.address.tokens import Token

_ROOM_WIDTH: Final = 3
"""A number of three digits and more behind a house is a room; on doubt it is hidden."""

_NUMBER_WIDTH_MAX: Final = 4
"""Numbers of five digits with 号 are all but unknown behind a name: building, unit and room written together."""

_BUILDING_WIDTH_MAX: Final = 4
_ROOMS: Final = frozenset((m.BARE, m.ROOM))
_GATED: Final = frozenset((ON_ROAD, AT_NAME, AT_NUMBER))
_DOORS: Final = frozenset((m.BARE, m.ROOM, m.SHOP, m.NUMBER, m.FLOOR))
_UNITS: Final = frozenset((m.UNIT, m.DOOR))
_LODGINGS: Final = frozenset(("宿舍", "公寓", "号宿舍", "号公寓"))
_INSIDE: Final = frozenset((m.UNIT, m.DOOR, m.FLOOR, m.BUILDING))
_TOWERS: Final = frozenset(("座", "#", "号座"))
_WITHIN: Final = frozenset(("组团", "区"))
_BUILT: Final = frozenset((m.BUILDING, m.NUMBER))
_GATES: Final = frozenset(("号门",))
_ORDER: Final = "第"
_TURNS: Final = ("左转", "右转", "拐弯", "左拐", "右拐", "掉头", "直走", "往里走", "进去")
_LOCKERS: Final = ("丰巢", "快递柜", "丰巢柜", "菜鸟柜", "自提柜", "智能柜", "云柜")
_WAY_OUT: Final = frozenset((m.NUMBER, m.LANE))


def _area(reader: Reader, token: Token) -> Part:
    mark = _mark(reader, token)
    if mark in _GATES and reader.depth >= AT_BUILDING and token.width >= _ROOM_WIDTH:
        return reader.said(Part.ROOM, Why.WIDTH)  # 9号楼706号门
    if reader.inside:
        return _tail(reader)
    if reader.house == TROOP:
        return reader.said(Part.UNIT, Why.MARK)  # a battalion tells its soldier
    if reader.depth < AT_BUILDING:
        named = reader.depth == AT_NAME
        reader.depth = AT_NAME
        if mark == "部队":
            reader.house = TROOP
    else:
        named = True
        if reader.depth == AT_BUILDING and mark in _WITHIN and (after := reader.next()) is not None and after.kind in _ROOMS:
            return reader.said(Part.UNIT, Why.PLACED)  # 6栋2组团501: a part of the building
    reader.floor_at = -1  # 2楼B区12号铺: the floor is not beside the stall
    reader.why = Why.MARK
    if mark in m.WAY_MARKS:
        return Part.WAY
    return Part.PHASE if named else Part.PLACE


def _road(reader: Reader, token: Token) -> Part:
    if reader.inside:
        return _tail(reader)
    reader.why = Why.MARK
    if token.kind == m.ROAD and (reader.depth == ON_FLOOR or (reader.depth == AT_NAME and reader.house == MARKET)):
        return Part.UNIT  # 市场2楼3街: an aisle
    if reader.depth < AT_BUILDING:
        reader.depth = ON_ROAD
    return Part.LANE if token.kind == m.LANE else Part.ROAD


def _group(reader: Reader, _token: Token) -> Part:
    if reader.inside:
        return _tail(reader)
    reader.why = Why.MARK
    if reader.house == TROOP:
        return Part.UNIT  # a company of a regiment tells its soldier
    if reader.depth < AT_BUILDING:
        reader.depth = IN_VILLAGE
    return Part.GROUP


def _building(reader: Reader, token: Token) -> Part:
    mark = _mark(reader, token)
    reader.why = Why.MARK
    if reader.depth >= AT_BUILDING and (part := _in_building(reader, token, mark)) is not None:
        return part
    if token.width > _BUILDING_WIDTH_MAX and reader.text[token.start].isdigit():
        return reader.said(Part.ROOM, Why.WIDTH)
    if reader.inside and not _unit_before(reader):
        return _tail(reader)
    if reader.depth == AT_BUILDING and _nested(reader, token, mark):
        return reader.said(Part.UNIT, Why.DOUBT)
    reader.depth = AT_BUILDING
    reader.chained = False
    return Part.BUILDING


def _in_building(reader: Reader, token: Token, mark: str) -> Part | None:
    """What a mark of a building names where a building stands before: None where it is a building there too."""
    if token.width >= _ROOM_WIDTH and mark in _LODGINGS:
        return Part.ROOM  # 8栋512宿舍: a room of that building, and no other building
    if mark in m.STORE_MARKS:
        return Part.STALL  # 92栋12号仓库: a part of that building
    if reader.depth == ON_FLOOR and mark in _TOWERS:
        return Part.ROOM  # 5楼B座 in Hong Kong and Macau: a flat
    return None


def _nested(reader: Reader, token: Token, mark: str) -> bool:
    """8栋2号楼501, 5座602座: a second building right behind the first stands where a unit or a room stands, and is read as one.

    The first leads to the house already. Before a room 号楼 may be an entrance, a floor or a wing: doubt hides. 8栋2号楼 with
    no room behind, and 3栋A座, name a building.
    """
    before = reader.found[reader.at - 1] if reader.at else None
    if before is None or before.kind not in _BUILT or before.end != token.start:
        return False
    after = reader.next()
    wide = token.width >= _ROOM_WIDTH and reader.text[token.start].isdigit()
    return wide or (mark == "号楼" and after is not None and after.kind in _ROOMS)


def _unit_before(reader: Reader) -> bool:
    """2单元7栋603: the building stands behind its unit, and the room behind both."""
    if not reader.at:
        return False
    before = reader.found[reader.at - 1]
    return before.kind == m.UNIT and before.end >= reader.found[reader.at].start - 1 and reader.depth < AT_BUILDING


def _unit(reader: Reader, _token: Token) -> Part:
    reader.why = Why.MARK
    return Part.UNIT


def _door(reader: Reader, _token: Token) -> Part:
    reader.why = Why.MARK
    if reader.inside or reader.depth >= AT_BUILDING:
        return Part.UNIT
    after = reader.next()  # 8门806 and 12号3门501 are units; a gate has no number behind it
    if reader.depth in _GATED and after is not None and after.kind in _DOORS:
        return Part.UNIT
    return Part.WAY


def _floor(reader: Reader, token: Token) -> Part:
    after = reader.next()
    reader.why = Why.MARK
    if reader.depth < AT_BUILDING and not reader.inside and not reader.house and after is not None and after.kind in _UNITS:
        reader.depth = AT_BUILDING  # 12楼3单元: a building
        return Part.BUILDING
    if reader.flats and after is None and _numbered_before(reader, token):
        return Part.ROOM
    if reader.depth != ON_FLOOR or reader.floor_at < 0:
        reader.floor_at = token.start
    reader.depth = ON_FLOOR
    return Part.FLOOR


def _numbered_before(reader: Reader, token: Token) -> bool:
    """3號5樓: where one household has the floor, the floor is its door."""
    before = reader.found[reader.at - 1] if reader.at else None
    if before is None or before.kind not in (m.NUMBER, m.SUFFIX):
        return False
    return not reader.text[before.end : token.start].strip(SEPARATORS)


def _room(reader: Reader, token: Token) -> Part:
    reader.why = Why.MARK
    if not reader.inside and reader.text[token.start] in _ORDER and reader.text.endswith(_TURNS, 0, token.start):
        return Part.WAY  # 幼儿园左转第二家: how to find it
    return Part.ROOM


def _shop(reader: Reader, token: Token) -> Part:
    reader.why = Why.MARK
    if reader.text.startswith(_LOCKERS, token.end) or reader.text.endswith(_LOCKERS, 0, token.start):
        return Part.PLACE  # 1号柜丰巢: where parcels wait, and nobody lives
    return Part.STALL


def _long(reader: Reader, _token: Token) -> Part:
    reader.why = Why.SHAPE
    if reader.depth > START:
        reader.inside = True
    return Part.PHONE


def _suffix(reader: Reader, _token: Token) -> Part:
    """之3: on a floor a flat, behind a road number a part of it."""
    reader.why = Why.PLACED
    if reader.inside:
        return _tail(reader)
    return Part.ROOM if reader.depth == ON_FLOOR else Part.NUMBER


def _number(reader: Reader, token: Token) -> Part:
    """号: a road number, a village house, a building or a room."""
    if reader.announced is not None:
        return reader.said(reader.announced, Why.PLACED)  # 商铺12号
    after = reader.next()
    reader.why = Why.PLACED
    if reader.inside:
        return Part.ROOM
    if reader.depth >= AT_BUILDING:
        inner = stars_follow(reader, token) if after is None else after.kind in _INSIDE
        return Part.BUILDING if reader.chained and inner else Part.ROOM
    if _is_stall(reader, token) or (after is None and _is_door(reader, token)):
        return reader.said(Part.ROOM, Why.WIDTH)
    return _numbered(reader, reader.depth)


def _is_stall(reader: Reader, token: Token) -> bool:
    """K318号, and numbers of five digits: stalls of a market, or building, unit and room written together."""
    lettered = token.width > _ROOM_WIDTH and "A" <= reader.text[token.start] <= "z"
    return (lettered and reader.depth in (START, AT_NAME)) or (reader.depth == AT_NAME and token.width > _NUMBER_WIDTH_MAX)


def _is_door(reader: Reader, token: Token) -> bool:
    """A 号 with nothing behind it: a room of a hotel or hall, or the second number behind a road."""
    spelt = token.width >= _ROOM_WIDTH and not reader.text[token.start].isascii()
    if reader.depth == AT_NUMBER:
        return spelt or _twice(reader, token)  # 小区伍佰零壹号: nobody writes the number of a house out
    if reader.depth != AT_NAME:
        return False
    return spelt or reader.house == LODGING or (bool(reader.house) and token.width >= _ROOM_WIDTH)


def _numbered(reader: Reader, depth: int) -> Part:
    """A 号 that is no room: what stands before it says what it counts, and the reader is that deep."""
    token = reader.found[reader.at]
    reader.chained = False
    before = reader.found[reader.at - 1] if reader.at else None
    if depth == AT_NUMBER and token.start and reader.text[token.start - 1] in "附副":
        return Part.NUMBER  # 101号附2号
    reader.depth = AT_BUILDING if depth in (AT_NAME, AT_NUMBER) else AT_NUMBER
    if depth in (AT_NAME, AT_NUMBER):
        return Part.BUILDING
    if before is not None and before.kind == m.LANE and before.end == token.start:
        return Part.BUILDING  # 88弄12号: in Shanghai the number in a lane is the building
    return Part.HOUSE if depth == IN_VILLAGE else Part.NUMBER


def _twice(reader: Reader, token: Token) -> bool:
    """12号5号, and nothing behind: the second is a door; 88弄12号 is a building, and so is 101号附2号 a house."""
    before = reader.found[reader.at - 1] if reader.at else None
    adjacent = before is not None and before.kind == m.NUMBER and before.end == token.start
    return adjacent and reader.ends(token)


def _mark(reader: Reader, token: Token) -> str:
    return reader.text[token.start + token.width : token.end].lstrip(" -")


def _tail(reader: Reader) -> Part:
    return reader.said(Part.UNKNOWN, Why.TAIL)


STEPS: Final[dict[int, Callable[[Reader, Token], Part]]] = {
    m.BARE: bare,
    m.AREA: _area,
    m.ROAD: _road,
    m.LANE: _road,
    m.GROUP: _group,
    m.NUMBER: _number,
    m.BUILDING: _building,
    m.UNIT: _unit,
    m.DOOR: _door,
    m.FLOOR: _floor,
    m.ROOM: _room,
    m.SHOP: _shop,
    m.LONG: _long,
    m.SUFFIX: _suffix,
}
