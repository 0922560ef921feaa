"""What the parts say of themselves, in both languages. A page's own sentences stand with the page."""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said

SAYS: Final[dict[str, Said]] = {
    "brand": Said("隐寄", "Yinji"),
    "skip": Said("跳到正文", "Skip to the content"),
    "navigation": Said("主导航", "Main navigation"),
    "all_pages": Said("全部", "All"),
    "close": Said("关闭", "Close"),
    "here": Said("所在位置", "You are here"),
    "empty": Said("这里还没有内容", "Nothing is here yet"),
    "rows_from": Said("第 {first}–{last} 行", "Rows {first} to {last}"),
    "of_rows": Said("，共 {total} 行", " of {total}"),
    "pages": Said("翻页", "Pages"),
    "earlier": Said("上一页", "Previous"),
    "later": Said("下一页", "Next"),
    "sort_by": Said("按此列排序", "Sort by this column"),
    "filter": Said("筛选", "Filter"),
    "clear": Said("清除", "Clear"),
    "search": Said("搜索", "Search"),
    "required": Said("必填", "required"),
    "optional": Said("选填", "optional"),
    "remedy": Said("怎么办", "What to do"),
    "problems": Said("有 {count} 处需要更正", "{count} to be mended"),
    "info": Said("说明", "Note"),
    "care": Said("注意", "Take care"),
    "wrong": Said("出错", "Something is wrong"),
    "done": Said("已完成", "Done"),
    "hidden": Said("隐去 {count} 个字符", "{count} characters hidden"),
    "by": Said("由 {who}", "by {who}"),
    "entry": Said("证据 {entry}", "entry {entry}"),
    "data": Said("数据表", "The figures"),
    "drop": Said("把文件拖到这里，或点击选择", "Drop a file here, or choose one"),
    "chosen": Said("已选择：", "Chosen: "),
    "true_size": Said("实际尺寸 {width} × {height} mm", "True size, {width} × {height} mm"),
    "ruler": Said("100 mm 标尺：用直尺比对", "100 mm: hold a ruler against it"),
    "card": Said("银行卡边框（85.6 × 54 mm）", "The outline of a bank card (85.6 × 54 mm)"),
    "used": Said("已用", "used"),
    "reserved": Said("预留", "reserved"),
    "free": Said("可用", "free"),
    "set_aside": Said("隔离", "set aside"),
    "colon": Said("：", ": "),
    "semicolon": Said("；", "; "),
}
