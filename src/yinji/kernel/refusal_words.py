"""Reason and remedy of every refusal, in both languages. ``docs/reference/refusals.md`` is made from this table."""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said


class Words(NamedTuple):
    """What a person is told: why, and what to do next."""

    reason: Said
    remedy: Said


def _words(reason_zh: str, reason_en: str, remedy_zh: str, remedy_en: str) -> Words:
    return Words(Said(reason_zh, reason_en), Said(remedy_zh, remedy_en))


WORDS: Final[dict[Refusal, Words]] = {
    Refusal.COLUMN_MISSING: _words(
        "文件缺少必需的列",
        "the file lacks a required column",
        "补上该列（列名照原样），再次提交",
        "add the column under exactly that heading and submit again",
    ),
    Refusal.COLUMN_TWICE: _words(
        "同一列出现了两次",
        "a column appears twice",
        "删去重复的列，再次提交",
        "remove the repeated column and submit again",
    ),
    Refusal.ROW_MISSHAPEN: _words(
        "这一行的列数与表头不符，或引号没有闭合",
        "the row has another number of cells than the header, or an unclosed quote",
        "检查这一行的逗号与引号",
        "check the commas and quotes of this row",
    ),
    Refusal.ORDER_NUMBER_MISSING: _words(
        "订单号为空",
        "the order number is empty",
        "填写订单号：同一订单靠它得到同一单号",
        "fill in the order number: it is what gives the same order the same waybill number",
    ),
    Refusal.ORDER_NUMBER_MALFORMED: _words(
        "订单号不是原样的编号（含有空白，或被表格软件改成了科学计数）",
        "the order number is not the original one (white space, or turned into scientific notation by a spreadsheet)",
        "把该列设为文本格式后重新导出",
        "format the column as text and export again",
    ),
    Refusal.ORDER_TWICE_IN_FILE: _words(
        "同一订单号在文件中出现多次，收件人或内容不同",
        "the order number appears again in this file with another recipient or contents",
        "合并为一行，或改用不同的订单号",
        "merge the rows into one, or use different order numbers",
    ),
    Refusal.ORDER_CHANGED: _words(
        "该订单已制作运单，但内容与当时不同",
        "this order already has a waybill, and its contents have changed since",
        "先作废原运单再改单；若未改动，请用原文件",
        "void the first waybill before changing the order, or use the original file",
    ),
    Refusal.NAME_MISSING: _words(
        "姓名为空",
        "the name is empty",
        "填写收件人姓名",
        "fill in the recipient's name",
    ),
    Refusal.PHONE_MISSING: _words(
        "电话为空",
        "the phone is empty",
        "填写电话，或由平台提供的虚拟号码",
        "fill in the phone, or the platform's virtual number",
    ),
    Refusal.PHONE_IMPOSSIBLE: _words(
        "这不是可以拨通的号码（位数或号段不对）",
        "this cannot be a phone number (length or prefix)",
        "改正号码；固定电话请带区号，分机写在“-”之后",
        "correct it; a landline needs its area code, an extension follows “-”",
    ),
    Refusal.PHONE_MASKED: _words(
        "电话已被脱敏（含 *），无法联系收件人",
        "the phone is already masked (*), nobody could be reached",
        "从平台导出虚拟号码或授权后的号码",
        "export the virtual number, or the phone after authorisation, from the platform",
    ),
    Refusal.ADDRESS_MISSING: _words(
        "地址为空",
        "the address is empty",
        "填写完整地址",
        "fill in the full address",
    ),
    Refusal.ADDRESS_MASKED: _words(
        "地址已被脱敏（含 *），无法投递",
        "the address is already masked (*), nothing could be delivered",
        "从平台导出授权后的地址",
        "export the address after authorisation from the platform",
    ),
    Refusal.DIVISION_UNKNOWN: _words(
        "地址里认不出省、市、区县",
        "no province, city or district can be recognised in the address",
        "在地址开头写明省、市、区县",
        "begin the address with province, city and district",
    ),
    Refusal.CONTENTS_MISSING: _words(
        "物品名称为空",
        "the contents are empty",
        "填写内件品名：面单必须如实记载",
        "fill in what is inside: a label must state it truthfully",
    ),
    Refusal.QUANTITY_MALFORMED: _words(
        "数量不是 1 到 9999 的整数",
        "the quantity is not a whole number from 1 to 9999",
        "改为整数",
        "write a whole number",
    ),
    Refusal.CELL_TOO_LONG: _words(
        "单元格太长",
        "the cell is too long",
        "缩短内容；上限见参考手册“设置”",
        "shorten it; the limit stands in the settings reference",
    ),
    Refusal.CELL_UNPRINTABLE: _words(
        "单元格含有控制字符或不可见的方向字符",
        "the cell holds control or invisible direction characters",
        "删去这些字符后重新导出",
        "remove these characters and export again",
    ),
    Refusal.CELL_IS_FORMULA: _words(
        "单元格是公式，不是内容",
        "the cell is a formula, not a value",
        "把公式粘贴为数值后重新导出",
        "paste the formula as a value and export again",
    ),
    Refusal.DATE_MALFORMED: _words(
        "下单时间不是“年-月-日”",
        "the order date is not written year-month-day",
        "改为如 2026-11-21 的格式，或清空该列",
        "write it like 2026-11-21, or leave the column empty",
    ),
    Refusal.LABEL_SHOWS_PERSON: _words(
        "面单会露出个人信息",
        "the label would show a person",
        "按指出的规则与位置修改内容；面单不会输出",
        "change the text that the rule names; the label does not leave",
    ),
    Refusal.NO_RULE_IN_FORCE: _words(
        "当日没有生效的面单规则",
        "no label rule is in force on this day",
        "更新规则包",
        "update the rule pack",
    ),
    Refusal.TEXT_DOES_NOT_FIT: _words(
        "文字放不进面单的框",
        "the text does not fit its box on the label",
        "缩短该内容",
        "shorten the text",
    ),
    Refusal.GLYPH_MISSING: _words(
        "字体里没有这个字",
        "the font lacks this character",
        "安装含该字的字体，或请寄件方改写",
        "install a font that has it, or have the sender write it otherwise",
    ),
    Refusal.LABEL_SIZE_UNKNOWN: _words(
        "没有这种面单尺寸",
        "there is no label of this size",
        "使用列出的尺寸之一",
        "use one of the sizes listed",
    ),
    Refusal.NUMBERS_EXHAUSTED: _words(
        "号段已用完",
        "the number range is used up",
        "登记新的号段后再次运行；已制作的运单不受影响",
        "enter another range and run again; waybills already issued are unaffected",
    ),
    Refusal.RANGE_MALFORMED: _words(
        "号段写法不对",
        "the number range is malformed",
        "写成 前缀:起始-结束，例如 YJ:100000000000-100000999999",
        "write PREFIX:FIRST-LAST, for example YJ:100000000000-100000999999",
    ),
    Refusal.RANGE_OVERLAPS: _words(
        "号段与已登记的号段重叠",
        "the range overlaps one already entered",
        "换一个不重叠的号段",
        "enter a range that does not overlap",
    ),
    Refusal.NUMBER_MALFORMED: _words(
        "单号格式或校验位不对",
        "the waybill number's form or check digit is wrong",
        "核对单号",
        "check the number",
    ),
    Refusal.NUMBER_UNKNOWN: _words(
        "本节点没有这个单号",
        "this node has no such waybill number",
        "核对单号与组织",
        "check the number and the organisation",
    ),
    Refusal.PURPOSE_NOT_ALLOWED: _words(
        "该目的不允许看到这些内容",
        "this purpose does not allow this view",
        "选择与目的相称的查看范围",
        "choose a view that the purpose allows",
    ),
    Refusal.ACCOUNT_NOT_ALLOWED: _words(
        "该账号的岗位没有这项权限",
        "the post of this account does not allow this",
        "由有权限的岗位办理",
        "have it done by a post that may",
    ),
    Refusal.PERMIT_UNKNOWN: _words(
        "查看许可不存在",
        "there is no such permit",
        "重新申请",
        "ask again",
    ),
    Refusal.PERMIT_USED: _words(
        "查看许可已使用过",
        "the permit has been used",
        "一次许可只能看一次；需要时重新申请",
        "a permit is for one look; ask again if needed",
    ),
    Refusal.PERMIT_EXPIRED: _words(
        "查看许可已过期",
        "the permit has expired",
        "重新申请",
        "ask again",
    ),
    Refusal.PERMIT_MISMATCH: _words(
        "查看许可不是给这个人、这项内容或这个对象的",
        "the permit is for another person, view or subject",
        "按许可的范围查看，或重新申请",
        "stay within the permit, or ask again",
    ),
    Refusal.QUOTA_SPENT: _words(
        "今天的查看次数已用完",
        "today's reveals are used up",
        "明天再办，或由负责人调整额度",
        "wait until tomorrow, or have the quota changed",
    ),
    Refusal.SEAL_BROKEN: _words(
        "密文损坏，或被移到了别的记录",
        "the ciphertext is damaged or was moved to another record",
        "停止使用该记录，从备份核对并调查",
        "stop using the record, compare with a backup and investigate",
    ),
    Refusal.PERSON_FORGOTTEN: _words(
        "该个人信息已删除",
        "this person's information has been erased",
        "无法恢复；如需联系，请向寄件方了解",
        "it cannot be recovered; ask the sender",
    ),
    Refusal.NODE_MISSING: _words(
        "这里还没有节点",
        "there is no node here",
        "先运行 yinji init",
        "run yinji init first",
    ),
    Refusal.NODE_EXISTS: _words(
        "这里已经有节点",
        "there is a node here already",
        "换一个 --home，或直接使用",
        "choose another --home, or use it as it is",
    ),
    Refusal.SETTING_MALFORMED: _words(
        "设置不合要求",
        "a setting is malformed",
        "按参考手册“设置”改正",
        "correct it by the settings reference",
    ),
    Refusal.DATABASE_NEWER: _words(
        "数据库由更新的版本建立",
        "the database was made by a newer version",
        "升级 Yinji；不要用旧版本打开",
        "upgrade Yinji; do not open it with an older version",
    ),
    Refusal.DATABASE_OLDER: _words(
        "数据库需要升级",
        "the database needs a migration",
        "先备份，再运行 yinji init --migrate",
        "back up, then run yinji init --migrate",
    ),
    Refusal.DATABASE_UNREACHABLE: _words(
        "打不开数据库",
        "the database cannot be opened",
        "检查路径、权限或连接地址",
        "check path, permissions or address",
    ),
    Refusal.DATABASE_BUSY: _words(
        "数据库正被其他进程占用",
        "the database is held by another process",
        "稍候重试；未写入任何内容",
        "try again shortly; nothing was written",
    ),
    Refusal.DATABASE_DAMAGED: _words(
        "数据库文件损坏",
        "the database file is damaged",
        "从备份恢复",
        "restore from a backup",
    ),
    Refusal.DISK_FULL: _words(
        "磁盘已满或超出文件大小限制",
        "the disk is full or a file size limit was reached",
        "腾出空间后再次运行同一命令：已完成的不会重做",
        "free some space and run the same command again: what is done is not done twice",
    ),
    Refusal.NOT_WRITABLE: _words(
        "没有写入权限",
        "this place cannot be written",
        "换一个位置，或修改权限",
        "choose another place, or change its permissions",
    ),
    Refusal.FILE_MISSING: _words(
        "找不到文件",
        "the file is not there",
        "检查路径",
        "check the path",
    ),
    Refusal.FILE_NOT_TEXT: _words(
        "文件不是 UTF-8 的 CSV",
        "the file is not CSV in UTF-8",
        "另存为“CSV UTF-8”后再次提交",
        "save it as “CSV UTF-8” and submit again",
    ),
    Refusal.FILE_TOO_LARGE: _words(
        "文件超过行数上限",
        "the file has more rows than allowed",
        "分成几个文件",
        "split it into several files",
    ),
    Refusal.KEYS_MISSING: _words(
        "找不到密钥库",
        "the key store is not there",
        "恢复密钥备份；没有密钥就打不开密文",
        "restore the key backup; without it nothing can be opened",
    ),
    Refusal.KEYS_LOOSE: _words(
        "密钥文件可被其他用户读取",
        "the key file can be read by others",
        "执行 chmod 600（文件）与 chmod 700（文件夹），并考虑轮换密钥",
        "chmod 600 the file and 700 its folder, and consider rotating the keys",
    ),
    Refusal.KEYS_FOREIGN: _words(
        "密钥库属于另一个节点",
        "the key store belongs to another node",
        "放回本节点的密钥库",
        "put this node's own key store back",
    ),
    Refusal.KEYS_DAMAGED: _words(
        "密钥库损坏",
        "the key store is damaged",
        "恢复密钥备份",
        "restore the key backup",
    ),
    Refusal.FONT_MISSING: _words(
        "找不到中文字体",
        "no Chinese font was found",
        "安装 fonts-noto-cjk（apt install fonts-noto-cjk），或用 YINJI_FONT 指定",
        "install fonts-noto-cjk, or name one in YINJI_FONT",
    ),
    Refusal.RULE_PACK_MALFORMED: _words(
        "规则包不合要求",
        "a rule pack is malformed",
        "改正所指出的位置，或恢复随软件发布的规则包",
        "correct the place named, or put the pack of the release back",
    ),
    Refusal.EVIDENCE_BROKEN: _words(
        "证据对不上",
        "the evidence does not verify",
        "保留现场，不要修改数据库，与留存的检查点比对",
        "keep everything as it is and compare with checkpoints kept elsewhere",
    ),
    Refusal.EVIDENCE_UNWRITTEN: _words(
        "证据写不下来，因此没有执行",
        "the evidence could not be written, so the act did not happen",
        "排除原因后重试",
        "remove the cause and try again",
    ),
    Refusal.ENTRY_UNKNOWN: _words(
        "证据里没有这一条",
        "the log has no such entry",
        "核对条目编号：从 0 起，小于日志大小",
        "check the entry's number: from 0 up, below the size of the log",
    ),
    Refusal.CANNOT_TELL: _words(
        "缺少作出判断所需的事实，因此拒绝",
        "a fact needed for the decision is missing, so it is refused",
        "补齐所列事实",
        "supply the fact that is named",
    ),
    Refusal.INTERNAL: _words(
        "程序内部出错",
        "an internal error",
        "未完成的部分没有写入；请把编号告诉维护者",
        "the unfinished part was not written; give the reference to the maintainers",
    ),
}
