"""Reasons and remedies: an order as it came in."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

ORDERS: Final[dict[Refusal, Words]] = {
    Refusal.COLUMN_MISSING: words(
        "文件缺少必需的列",
        "the file lacks a required column",
        "补上该列（列名照原样），再次提交",
        "add the column under exactly that heading and submit again",
    ),
    Refusal.COLUMN_TWICE: words(
        "同一列出现了两次",
        "a column appears twice",
        "删去重复的列，再次提交",
        "remove the repeated column and submit again",
    ),
    Refusal.ROW_MISSHAPEN: words(
        "这一行的列数与表头不符，或引号没有闭合",
        "the row has another number of cells than the header, or an unclosed quote",
        "检查这一行的逗号与引号",
        "check the commas and quotes of this row",
    ),
    Refusal.ORDER_NUMBER_MISSING: words(
        "订单号为空",
        "the order number is empty",
        "填写订单号：同一订单靠它得到同一单号",
        "fill in the order number: it is what gives the same order the same waybill number",
    ),
    Refusal.ORDER_NUMBER_MALFORMED: words(
        "订单号不是原样的编号（含有空白，或被表格软件改成了科学计数）",
        "the order number is not the original one (white space, or turned into scientific notation by a spreadsheet)",
        "把该列设为文本格式后重新导出",
        "format the column as text and export again",
    ),
    Refusal.ORDER_TWICE_IN_FILE: words(
        "同一订单号在文件中出现多次，收件人或内容不同",
        "the order number appears again in this file with another recipient or contents",
        "合并为一行，或改用不同的订单号",
        "merge the rows into one, or use different order numbers",
    ),
    Refusal.ORDER_CHANGED: words(
        "该订单已制作运单，但内容与当时不同",
        "this order already has a waybill, and its contents have changed since",
        "若确需改单，请用新的订单号；若未改动，请用原文件",
        "use a new order number for the changed order, or the original file if no change was meant",
    ),
    Refusal.NAME_MISSING: words(
        "姓名为空",
        "the name is empty",
        "填写收件人姓名",
        "fill in the recipient's name",
    ),
    Refusal.PHONE_MISSING: words(
        "电话为空",
        "the phone is empty",
        "填写电话，或由平台提供的虚拟号码",
        "fill in the phone, or the platform's virtual number",
    ),
    Refusal.PHONE_IMPOSSIBLE: words(
        "这不是可以拨通的号码（位数或号段不对）",
        "this cannot be a phone number (length or prefix)",
        "改正号码；固定电话请带区号，分机写在“-”之后",
        "correct it; a landline needs its area code, an extension follows “-”",
    ),
    Refusal.PHONE_MASKED: words(
        "电话已被脱敏（含 *），无法联系收件人",
        "the phone is already masked (*), nobody could be reached",
        "从平台导出虚拟号码或授权后的号码",
        "export the virtual number, or the phone after authorisation, from the platform",
    ),
    Refusal.ADDRESS_MISSING: words(
        "地址为空",
        "the address is empty",
        "填写完整地址",
        "fill in the full address",
    ),
    Refusal.ADDRESS_MASKED: words(
        "地址已被脱敏（含 *），无法投递",
        "the address is already masked (*), nothing could be delivered",
        "从平台导出授权后的地址",
        "export the address after authorisation from the platform",
    ),
    Refusal.DIVISION_UNKNOWN: words(
        "地址里认不出省、市、区县",
        "no province, city or district can be recognised in the address",
        "在地址开头写明省、市、区县",
        "begin the address with province, city and district",
    ),
    Refusal.CONTENTS_MISSING: words(
        "物品名称为空",
        "the contents are empty",
        "填写内件品名：面单必须如实记载",
        "fill in what is inside: a label must state it truthfully",
    ),
    Refusal.QUANTITY_MALFORMED: words(
        "数量不是 1 到 9999 的整数",
        "the quantity is not a whole number from 1 to 9999",
        "改为整数",
        "write a whole number",
    ),
    Refusal.CELL_TOO_LONG: words(
        "单元格太长",
        "the cell is too long",
        "缩短内容；上限见参考手册“设置”",
        "shorten it; the limit stands in the settings reference",
    ),
    Refusal.CELL_UNPRINTABLE: words(
        "单元格含有控制字符或不可见的方向字符",
        "the cell holds control or invisible direction characters",
        "删去这些字符后重新导出",
        "remove these characters and export again",
    ),
    Refusal.CELL_IS_FORMULA: words(
        "单元格是公式，不是内容",
        "the cell is a formula, not a value",
        "把公式粘贴为数值后重新导出",
        "paste the formula as a value and export again",
    ),
    Refusal.DATE_MALFORMED: words(
        "下单时间不是“年-月-日”",
        "the order date is not written year-month-day",
        "改为如 2026-11-21 的格式，或清空该列",
        "write it like 2026-11-21, or leave the column empty",
    ),
    Refusal.SORTING_CODE_MALFORMED: words(
        "三段码只能是字母、数字、空格和“-”，且没有六位以上的连续数字",
        "a sorting code is letters, digits, spaces and “-”, without six digits in a row",
        "填写分拣系统给出的三段码，或清空该列",
        "write the code your sorting system gives, or leave the column empty",
    ),
    Refusal.MERCHANT_MALFORMED: words(
        "商家代码只能是字母、数字、“.”“_”“-”，最多 32 个",
        "a merchant's code is up to 32 letters, digits, “.”, “_”, “-”",
        "用代码，不要用名称",
        "use a code, not a name",
    ),
    Refusal.WAYBILL_MISSING: words(
        "该订单登记过运单，但运单记录不见了",
        "this order had a waybill, but its record is gone",
        "运行 yinji ledger verify，并从备份核对",
        "run yinji ledger verify and compare with a backup",
    ),
}
