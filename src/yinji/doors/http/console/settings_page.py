"""``/console/settings``: what this node was set to, each with its sentence. Read only: settings are changed in the node's file."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from litestar import Response, get

from yinji.access.desks import Desk
from yinji.doors.http.look import Column, Kind, Row
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.said import Said
from yinji.settings import FILE, Settings

WORDS: Final = {
    "title": Said("设置", "Settings"),
    "help": Said(
        f"本节点的设置，只读；在节点文件夹的 {FILE} 里修改，重启后生效。",
        f"What this node was set to, read only. It is changed in {FILE} in the node's folder, and holds after a restart.",
    ),
    "caption": Said("全部设置", "All settings"),
    "set": Said("（已设置，不显示）", "(set, not shown)"),
}
_HIDDEN: Final = frozenset({"database_url"})
"""Its address may carry a password."""

_COLUMNS: Final = (
    Column("name", Said("名称", "Name"), Kind.CODE),
    Column("says", Said("含义", "What it is")),
    Column("value", Said("现值", "Value")),
    Column("default", Said("默认", "Default")),
    Column("guard", Said("仅可写在文件里", "From the file only")),
)
_YES: Final = Said("是", "yes")


@get("/settings", opt=signed())
async def show_settings(visitor: Asking) -> Response[str]:
    """Show every setting."""
    if refused := kept_from(visitor.house, Desk.SETTINGS):
        raise Refused(refused)
    return page("console/settings.html", WORDS, visitor, columns=_COLUMNS, rows=_rows(visitor.house.settings))


def _rows(settings: Settings) -> list[Row]:
    rows: list[Row] = []
    for each in fields(Settings):
        value = getattr(settings, each.name)
        cells = {
            "name": each.name,
            "says": each.metadata["said"],
            "value": WORDS["set"] if each.name in _HIDDEN and value else str(value) or None,
            "default": str(each.default) or None,
            "guard": _YES if each.metadata["guard"] else None,
        }
        rows.append(Row(cells))
    return rows
