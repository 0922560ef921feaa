"""docs/reference/settings.md, from the fields of `yinji.settings.Settings`."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any, Final

from reference_pages.markdown import code, page, table
from yinji.settings import FILE, PREFIX, Settings

_HOW: Final = f"""设置写在节点文件夹的 `{FILE}` 里（`batch_orders = 500`），或写成环境变量（`YINJI_BATCH_ORDERS=500`）；
环境变量优先。不认识的名字和超出范围的值会被拒绝（`SETTING_MALFORMED`）。法律规定的数值不在这里，见[规则](rules.md)。

Settings stand in the node folder's `{FILE}` (`batch_orders = 500`) or in environment variables (`YINJI_BATCH_ORDERS=500`);
the environment wins. Unknown names and values out of bounds are refused (`SETTING_MALFORMED`). What a law fixes is no setting: see
[rules](rules.md).

`YINJI_HOME` 与 `YINJI_LANGUAGE` 不属于节点的设置，见[命令](cli.md)。`YINJI_HOME` and `YINJI_LANGUAGE` are options of the
[command line](cli.md), not settings of a node."""


def settings_page() -> str:
    """Return the page: one row a setting, in the order of the record."""
    rows = [_row(each) for each in fields(Settings)]
    headings = ("设置 setting", "环境变量 environment", "默认 default", "范围 bounds", "说明", "what it is")
    return page("设置 Settings", "src/yinji/settings.py", _HOW, table(headings, rows))


def _row(each: Field[Any]) -> tuple[str, ...]:
    said = each.metadata["said"]
    default = code(str(each.default)) or "（空 empty）"
    return (code(each.name), code(PREFIX + each.name.upper()), default, _bounds(each), said.zh, said.en)


def _bounds(each: Field[Any]) -> str:
    if each.metadata["of"]:
        return ", ".join(code(choice) for choice in each.metadata["of"])
    if isinstance(each.default, int):
        return f"{each.metadata['low']:,}–{each.metadata['high']:,}"
    return "文本 text"
