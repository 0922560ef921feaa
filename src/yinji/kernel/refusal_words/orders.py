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
        "这一行与表头对不上：列数不符、引号没有闭合、有合并单元格，或 JSON 对象有误",
        "the row does not fit the header: another number of cells, an unclosed quote, merged cells, or a malformed JSON object",
        "检查这一行的分隔符与引号，拆开合并的单元格；JSON 检查键名",
        "check this row's separators and quotes, split merged cells; in JSON, check the keys",
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
        "商家代码只能是字母、数字、“.”“_”“-”，最多 32 个，且不能是手机号码",
        "a merchant's code is up to 32 letters, digits, “.”, “_”, “-”, and no mobile number",
        "用代码，不要用名称或号码",
        "use a code, not a name or a phone",
    ),
    Refusal.WAYBILL_MISSING: words(
        "该订单登记过运单，但运单记录不见了",
        "this order had a waybill, but its record is gone",
        "运行 yinji ledger verify，并从备份核对",
        "run yinji ledger verify and compare with a backup",
    ),
    Refusal.FILE_UNREADABLE: words(
        "打不开：没有读取权限，或不是普通文件（文件夹、管道、循环链接）",
        "it cannot be opened: no permission, or no ordinary file (a folder, a pipe, a link to itself)",
        "给运行者读取权限，或指明文件本身",
        "grant the permission to read, or name the file itself",
    ),
    Refusal.FILE_EMPTY: words(
        "文件里没有任何一行",
        "the file has no rows at all",
        "重新导出，确认其中有表头和订单",
        "export it again and see that it has a header and orders",
    ),
    Refusal.FILE_BROKEN: words(
        "文件不完整、已损坏，或在读取时被改动",
        "the file is incomplete, damaged, or was changed while it was read",
        "等它写完；仍不行就重新导出或另存",
        "wait until it is written; if that does not help, export it again or save it anew",
    ),
    Refusal.FILE_BOMB: words(
        "文件解开后大得不正常",
        "the file would unpack to an abnormal size",
        "用表格软件打开核对，另存为新的 XLSX 或 CSV",
        "open it in a spreadsheet, look at it, and save it as a new XLSX or CSV",
    ),
    Refusal.FILE_ENCRYPTED: words(
        "工作簿设了打开密码",
        "the workbook is under a password",
        "去掉密码后另存，再次提交",
        "save it without the password and submit again",
    ),
    Refusal.FILE_FORM_UNKNOWN: words(
        "这不是 CSV、XLSX、JSON 或 NDJSON（旧版 .xls 与网页表格即使改了后缀也不是）",
        "this is not CSV, XLSX, JSON or NDJSON (an old .xls or a web page is not, whatever its name says)",
        "用表格软件打开，另存为 XLSX",
        "open it in a spreadsheet and save it as XLSX",
    ),
    Refusal.SHEET_UNCLEAR: words(
        "看不出订单在哪个工作表（或 JSON 的哪个数组）里",
        "it is unclear which sheet (or which array of a JSON file) holds the orders",
        "指明工作表，或只留下有订单的那一个",
        "name the sheet, or leave only the one with orders",
    ),
    Refusal.ROWS_HIDDEN: words(
        "工作表里有隐藏的行，不知道要不要发",
        "the sheet has hidden rows, and nobody can tell whether they are to be sent",
        "取消筛选和隐藏，或删去不要的行",
        "clear filters and unhide the rows, or delete those not wanted",
    ),
    Refusal.HANDLE_WAITS: words(
        "收件人由平台保护（密文、OAID 或不在导出文件里），本程序还不能向平台取号",
        "the recipient is protected by the platform (ciphertext, OAID, or not in the export); this program cannot ask the platform yet",
        "从平台导出虚拟号码版订单，或在平台打单组件里打印这些单；平台对接（数据互联）做好后可直接提交",
        "export the orders with virtual numbers, or print them with the platform's own component; the connection to platforms will take them as they are",
    ),
    Refusal.PRESET_UNKNOWN: words(
        "认不出这是哪家平台的表格",
        "the headings are of no form that is known",
        "核对表头；用 --preset 指定平台，或写一个对照文件用 --mapping 提交（见指南“从订单文件到面单”）",
        "check the headings; name the platform with --preset, or write a mapping file for --mapping (guide “From an order file to labels”)",
    ),
    Refusal.PRESET_AMBIGUOUS: words(
        "表头同时符合几家平台",
        "the headings fit several platforms",
        "用 --preset 指定是哪一家",
        "name the one with --preset",
    ),
    Refusal.MAPPING_MALFORMED: words(
        "对照文件写法不对",
        "the mapping file is not written as it must be",
        "按指出的键改正；写法见指南“从订单文件到面单”",
        "correct the key that is named; the form stands in the guide “From an order file to labels”",
    ),
    Refusal.STATUS_UNKNOWN: words(
        "不认识的订单状态：不知道该发货还是该留下",
        "an unknown status: it cannot be told whether the order ships or stays",
        "核对该行；若应发货，清空该格，或在对照文件的 ready 里加上这个状态",
        "check the row; if it ships, empty the cell, or add the status to ready in a mapping file",
    ),
    Refusal.ORDER_PART_REFUSED: words(
        "同一订单的另一行有错，整单一起等",
        "another row of the same order is refused, so the whole parcel waits",
        "改好那一行，与本行一起再次提交；本行无须改动",
        "mend that row and submit both again; this one needs no change",
    ),
    Refusal.ROWS_SCATTERED: words(
        "同一订单的行散在文件各处，或一单的行太多",
        "rows of the same orders are scattered through the file, or one order has too many of them",
        "在表格软件里按订单号排序后再次提交；订单号不应整列相同",
        "sort the file by order number in a spreadsheet; the order number must not be the same all the way down",
    ),
    Refusal.CELL_ROUNDED: words(
        "数字被表格软件改成了科学计数，末位已丢失",
        "a spreadsheet turned the number into scientific notation; its last digits are lost",
        "从平台重新导出，把该列设为文本后再打开",
        "export it again, and format the column as text before opening it",
    ),
    Refusal.RECIPIENT_MALFORMED: words(
        "收件人一格不是“姓名，86-手机，省 市 区 地址”",
        "the recipient's cell is not “name，86-mobile，province city district address”",
        "按这个次序写，用逗号分开",
        "write them in that order, separated by commas",
    ),
    Refusal.AMOUNT_MALFORMED: words(
        "重量或金额不是数字，或超出范围",
        "the weight or amount is no number, or out of bounds",
        "只写数字，如 1.25；没有就清空",
        "write a number such as 1.25, or leave it empty",
    ),
    Refusal.AGREED_CHECK_MALFORMED: words(
        "约定验收超过十二个字，或其中有人的信息",
        "the agreed check has more than twelve characters, or shows a person",
        "只写验收方式，如“当面验收”“开箱验货”；没有约定就清空",
        "write only how contents are checked at delivery, in a few words, or leave it empty",
    ),
    Refusal.SORTING_TABLE_MALFORMED: words(
        "分拣表读不出来，或有一行不合规矩",
        "the sorting table cannot be read, or one of its rows will not do",
        "按指出的行改正：省、市、区县须是行政区划，三段码只含字母数字，大头笔与集包地不细于区县、乡镇街道",
        "mend the row named: divisions as they are called, a code of letters and digits, destinations no finer than a town",
    ),
}
