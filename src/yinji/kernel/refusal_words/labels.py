"""Reasons and remedies: labels and waybill numbers."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

LABELS: Final[dict[Refusal, Words]] = {
    Refusal.LABEL_SHOWS_PERSON: words(
        "面单会露出个人信息",
        "the label would show a person",
        "按指出的规则与位置修改内容；面单不会输出",
        "change the text that the rule names; the label does not leave",
    ),
    Refusal.NO_RULE_IN_FORCE: words(
        "当日没有生效的面单规则",
        "no label rule is in force on this day",
        "更新规则包",
        "update the rule pack",
    ),
    Refusal.TEXT_DOES_NOT_FIT: words(
        "文字放不进面单的框",
        "the text does not fit its box on the label",
        "缩短该内容",
        "shorten the text",
    ),
    Refusal.GLYPH_MISSING: words(
        "字体里没有这个字",
        "the font lacks this character",
        "安装含该字的字体（Debian：fonts-hanazono、fonts-babelstone-han，或用设置 font_rare 指定），或请寄件方改写",
        "install a font that has it (Debian: fonts-hanazono, fonts-babelstone-han; or name one with the setting font_rare), "
        "or have the sender write it otherwise",
    ),
    Refusal.LABEL_SIZE_UNKNOWN: words(
        "没有这种面单尺寸",
        "there is no label of this size",
        "使用列出的尺寸之一",
        "use one of the sizes listed",
    ),
    Refusal.LABEL_UNFIT: words(
        "面单模板缺少必需的部分",
        "the label's template lacks a part that it must have",
        "改正模板，或换用内置的面单尺寸",
        "correct the template, or use one of the built-in sizes",
    ),
    Refusal.LABEL_MISSTATES: words(
        "面单上有一栏不属实或写法不对",
        "a field of the label is untrue or malformed",
        "按指出的规则改正该栏",
        "correct the field as the rule that is named says",
    ),
    Refusal.EXEMPT_ONCE: words(
        "依法豁免的面单不在这里补打",
        "a label that is exempt from hiding its persons is not made again here",
        "再次提交原订单文件，会得到同一张面单；补打命令只做隐私面单",
        "hand the same order in again: it gives the same label; this command makes privacy labels only",
    ),
    Refusal.PRINTED_BEFORE: words(
        "这张面单已打印过",
        "this label was printed before",
        "确需补打时加 --again --reason 原因",
        "to make it again add --again --reason WHY",
    ),
    Refusal.LABELS_TOO_MANY: words(
        "一次要的面单图片太多",
        "these are more pictures of labels than are made at once",
        "分几次来取，每次不超过 1,000 张（每个包裹一张）；或改用 PDF",
        "ask in parts of no more than 1,000, one for each package; or take a PDF",
    ),
    Refusal.PRINTER_UNKNOWN: words(
        "不认识的打印机地址",
        "this names no printer",
        "写作 socket://主机:9100、cups:队列名，或 file:文件路径",
        "write socket://HOST:9100, cups:QUEUE or file:PATH",
    ),
    Refusal.PRINTER_UNREACHABLE: words(
        "连不上打印机",
        "the printer cannot be reached",
        "看电源、网线与地址；本次连接之后的单号没有计数，修好后原样再打一次",
        "look at power, cable and address; numbers that were not reached are not counted: give the same command again",
    ),
    Refusal.PRINTER_STOPPED: words(
        "打印机停下了",
        "the printer has stopped",
        "照打印机所报处理（装纸、合上打印头、取消暂停），核对已出的纸；没印出的用 --again --reason printer 补打",
        "do what it reports (paper, head, pause), compare the paper that came out; print what is missing with --again --reason printer",
    ),
    Refusal.PRINTER_BROKE_OFF: words(
        "打印机中途断开",
        "the printer broke off",
        "先关开一次打印机，免得残留的指令与下一张混在一起；核对已出的纸，没印出的用 --again --reason printer 补打",
        "switch the printer off and on, so that no remainder meets the next label; compare the paper, print what is missing with "
        "--again --reason printer",
    ),
    Refusal.PRINTER_PROGRAM_MISSING: words(
        "系统里没有打印服务的程序",
        "the system has no program of a print service",
        "安装 cups-client，或改用 socket:// 直连打印机",
        "install cups-client, or name the printer itself by socket://",
    ),
    Refusal.SHEET_UNKNOWN: words(
        "不是能检查的文件",
        "this is no kind of file that can be inspected",
        "给 PDF、PNG、JPEG、BMP，或打印机指令（ZPL、TSPL、CPCL、ESC/POS）；其他格式请先转成 PDF 或图片",
        "give a PDF, PNG, JPEG, BMP, or a printer's stream (ZPL, TSPL, CPCL, ESC/POS); turn anything else into a PDF or a picture first",
    ),
    Refusal.SHEET_BROKEN: words(
        "文件损坏，打不开",
        "the file is broken and cannot be opened",
        "重新导出或重新拍照；打不开的文件不作任何结论",
        "export it or take the picture again; nothing is said about a file that does not open",
    ),
    Refusal.SHEET_LOCKED: words(
        "文件加了打开密码",
        "the document opens with a password only",
        "请文件的提供者去掉密码后再检查",
        "have whoever made it take the password off",
    ),
    Refusal.SHEET_TOO_LARGE: words(
        "文件、页数或画面太大",
        "the file, its pages or its picture are too large",
        "文件不超过 64 MB、2,000 页，每页或每张图不超过 6,400 万像素、边长不超过 5 米；请拆开或缩小",
        "up to 64 MB, 2,000 pages, and for each page or picture 64 million pixels and sides of 5 metres; take it apart or make it smaller",
    ),
    Refusal.SHEET_BLANK: words(
        "文件里看不到面单：没有文字，也没有条码",
        "there is no label to be seen: neither text nor code",
        "给出面单所在的页或照片；拍照时让面单占满画面",
        "give the page or the photograph that shows the label; let it fill the picture",
    ),
    Refusal.SHEET_READER_MISSING: words(
        "没有安装读取文档和图片的部件",
        "what reads documents and pictures is not installed",
        "安装附加部件：pip install 'yinji[inspect]'",
        "install the optional extra: pip install 'yinji[inspect]'",
    ),
    Refusal.RETURNED_ALREADY: words(
        "这本身就是退件运单",
        "this is a return waybill itself",
        "用原运单号；退件途中再退，按新订单制作",
        "use the original number; what comes back once more is a new order",
    ),
    Refusal.NUMBERS_EXHAUSTED: words(
        "号段已用完",
        "the number range is used up",
        "登记新的号段后再次运行；已制作的运单不受影响",
        "enter another range and run again; waybills already issued are unaffected",
    ),
    Refusal.RANGE_MALFORMED: words(
        "号段写法不对",
        "the number range is malformed",
        "写成 前缀:起始-结束，例如 YJ:100000000000-100000999999",
        "write PREFIX:FIRST-LAST, for example YJ:100000000000-100000999999",
    ),
    Refusal.RANGE_OVERLAPS: words(
        "号段与已登记的号段重叠",
        "the range overlaps one already entered",
        "换一个不重叠的号段",
        "enter a range that does not overlap",
    ),
    Refusal.NUMBER_MALFORMED: words(
        "单号格式或校验位不对",
        "the waybill number's form or check digit is wrong",
        "核对单号",
        "check the number",
    ),
    Refusal.NUMBER_UNKNOWN: words(
        "本节点没有这个单号",
        "this node has no such waybill number",
        "核对单号与组织",
        "check the number and the organisation",
    ),
    Refusal.FORMAT_UNKNOWN: words(
        "没有这种单号格式",
        "there is no such form of numbers",
        "yinji numbers formats 列出各种格式",
        "yinji numbers formats lists the forms there are",
    ),
    Refusal.OUTLET_MALFORMED: words(
        "网点、合作方、品牌或渠道的代码只能是字母、数字、“.”“_”“-”，最多 32 个",
        "the code of an outlet, partner, brand or channel is up to 32 letters, digits, “.”, “_”, “-”",
        "用代码代替名称",
        "use its code instead of its name",
    ),
    Refusal.RESERVATION_MALFORMED: words(
        "预留的键或数量不对：键是最多 32 个字母、数字、“.”“_”“-”，数量是 1 到一亿",
        "a reservation needs a key of up to 32 letters, digits, “.”, “_”, “-”, and 1 to 100,000,000 numbers",
        "改正键或数量后再次预留",
        "correct the key or the count and reserve again",
    ),
    Refusal.RESERVATION_CHANGED: words(
        "该键已有另一项预留（归属或数量不同）",
        "this key already stands for another reservation (another owner or count)",
        "新的预留用新的键；重试则用原来的归属和数量",
        "use a fresh key for a fresh reservation; to retry, repeat owner and count as they were",
    ),
    Refusal.RESERVATION_UNKNOWN: words(
        "没有这个键的预留",
        "there is no reservation under this key",
        "核对键，或先预留",
        "check the key, or reserve first",
    ),
    Refusal.RESERVATION_EXPIRED: words(
        "预留已过期，号码已退回存量",
        "the reservation has expired, its numbers are back in stock",
        "用新的键再次预留，并及时确认",
        "reserve again under a fresh key and confirm it in time",
    ),
    Refusal.WAYBILL_VOIDED: words(
        "该单号已作废，不会再用",
        "this waybill number was voided and is never used again",
        "如要重新寄递，请用新的订单号",
        "to send it after all, use another order number",
    ),
    Refusal.VOID_TOO_LATE: words(
        "快件已收寄或已办结，单号不能作废",
        "the parcel was accepted or is done, its number can no longer be voided",
        "按退回或拦截办理",
        "have it intercepted or returned instead",
    ),
    Refusal.NUMBERS_DISAGREE: words(
        "号码登记与取号时不一致，本批没有写入",
        "the register of numbers is not what it was when numbers were taken; nothing of this batch was written",
        "再次运行；仍不行请运行 yinji numbers audit",
        "run it again; if that does not help, run yinji numbers audit",
    ),
    Refusal.SCAN_UNKNOWN: words(
        "状态代码不在所选的代码表里",
        "the status code stands in no list that was chosen",
        "用 --codes 选对代码表，或用 --mapping 给出对照",
        "choose the right list with --codes, or give a mapping with --mapping",
    ),
    Refusal.SCAN_TIME_MALFORMED: words(
        "事件时间写法不明、过旧或在将来",
        "the time of the event cannot be read, is too old, or lies ahead",
        "写成 2026-11-22 09:30:00（北京时间）；核对报送方的时钟",
        "write it as 2026-11-22 09:30:00 (Beijing time); check the reporter's clock",
    ),
    Refusal.SCAN_CODE_MALFORMED: words(
        "网点、来源或事件号不是短代码",
        "the outlet, source or event id is no short code",
        "用代码，不用名称：字母、数字、点、横线，不超过 32 个字符（事件号 64 个）",
        "use codes, not names: letters, digits, dots, dashes, 32 characters at most (an event id 64)",
    ),
    Refusal.REAL_NAME_MISSING: words(
        "收寄没有附实名凭证",
        "the acceptance brings no real-name token",
        "附上实名收寄系统给出的凭证；协议客户附安全协议的编号，信件附 letter",
        "give the token of the real-name system; for a customer with a safety agreement its number, for a letter the word letter",
    ),
    Refusal.REAL_NAME_MALFORMED: words(
        "实名凭证写法不对，或像是证件号码",
        "the real-name token is malformed, or looks like an identity number",
        "只附实名系统给出的凭证：不超过 64 个可见的 ASCII 字符，不含空格；绝不填证件号码",
        "give only what the real-name system gave: at most 64 visible ASCII characters, no space; never an identity number",
    ),
}
