"""Reasons and remedies: the node, its keys, its evidence."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

NODE: Final[dict[Refusal, Words]] = {
    Refusal.NODE_MISSING: words(
        "这里还没有节点",
        "there is no node here",
        "先运行 yinji init",
        "run yinji init first",
    ),
    Refusal.NODE_EXISTS: words(
        "这里已经有节点",
        "there is a node here already",
        "换一个 --home，或直接使用",
        "choose another --home, or use it as it is",
    ),
    Refusal.SETTING_MALFORMED: words(
        "设置不合要求",
        "a setting is malformed",
        "按参考手册“设置”改正",
        "correct it by the settings reference",
    ),
    Refusal.DATABASE_NEWER: words(
        "数据库由更新的版本建立",
        "the database was made by a newer version",
        "升级 Yinji；不要用旧版本打开",
        "upgrade Yinji; do not open it with an older version",
    ),
    Refusal.DATABASE_OLDER: words(
        "数据库需要升级",
        "the database needs a migration",
        "先备份，再运行 yinji migrate",
        "back up, then run yinji migrate",
    ),
    Refusal.DATABASE_UNREACHABLE: words(
        "打不开数据库",
        "the database cannot be opened",
        "检查路径、权限或连接地址",
        "check path, permissions or address",
    ),
    Refusal.DATABASE_BUSY: words(
        "数据库正被其他进程占用",
        "the database is held by another process",
        "稍候重试；未写入任何内容",
        "try again shortly; nothing was written",
    ),
    Refusal.DATABASE_DAMAGED: words(
        "数据库文件损坏",
        "the database file is damaged",
        "从备份恢复",
        "restore from a backup",
    ),
    Refusal.DISK_FULL: words(
        "磁盘已满或超出文件大小限制",
        "the disk is full or a file size limit was reached",
        "腾出空间后再次运行同一命令：已完成的不会重做",
        "free some space and run the same command again: what is done is not done twice",
    ),
    Refusal.NOT_WRITABLE: words(
        "没有写入权限",
        "this place cannot be written",
        "换一个位置，或修改权限",
        "choose another place, or change its permissions",
    ),
    Refusal.FILE_MISSING: words(
        "找不到文件",
        "the file is not there",
        "检查路径",
        "check the path",
    ),
    Refusal.FILE_NOT_TEXT: words(
        "文件不是 UTF-8 的 CSV",
        "the file is not CSV in UTF-8",
        "另存为“CSV UTF-8”后再次提交",
        "save it as “CSV UTF-8” and submit again",
    ),
    Refusal.FILE_TOO_LARGE: words(
        "文件超过行数上限",
        "the file has more rows than allowed",
        "分成几个文件",
        "split it into several files",
    ),
    Refusal.KEYS_MISSING: words(
        "找不到密钥库",
        "the key store is not there",
        "恢复密钥备份；没有密钥就打不开密文",
        "restore the key backup; without it nothing can be opened",
    ),
    Refusal.KEYS_LOOSE: words(
        "密钥文件可被其他用户读取",
        "the key file can be read by others",
        "执行 chmod 600（文件）与 chmod 700（文件夹），并考虑轮换密钥",
        "chmod 600 the file and 700 its folder, and consider rotating the keys",
    ),
    Refusal.KEYS_FOREIGN: words(
        "密钥库属于另一个节点",
        "the key store belongs to another node",
        "放回本节点的密钥库",
        "put this node's own key store back",
    ),
    Refusal.KEYS_DAMAGED: words(
        "密钥库损坏",
        "the key store is damaged",
        "恢复密钥备份",
        "restore the key backup",
    ),
    Refusal.FONT_MISSING: words(
        "找不到中文字体",
        "no Chinese font was found",
        "安装 fonts-noto-cjk（apt install fonts-noto-cjk），或用 YINJI_FONT 指定",
        "install fonts-noto-cjk, or name one in YINJI_FONT",
    ),
    Refusal.RULE_PACK_MALFORMED: words(
        "规则包不合要求",
        "a rule pack is malformed",
        "改正所指出的位置，或恢复随软件发布的规则包",
        "correct the place named, or put the pack of the release back",
    ),
    Refusal.EVIDENCE_BROKEN: words(
        "证据对不上",
        "the evidence does not verify",
        "保留现场，不要修改数据库，与留存的检查点比对",
        "keep everything as it is and compare with checkpoints kept elsewhere",
    ),
    Refusal.EVIDENCE_UNWRITTEN: words(
        "证据写不下来，因此没有执行",
        "the evidence could not be written, so the act did not happen",
        "排除原因后重试",
        "remove the cause and try again",
    ),
    Refusal.ENTRY_UNKNOWN: words(
        "证据里没有这一条",
        "the log has no such entry",
        "核对条目编号：从 0 起，小于日志大小",
        "check the entry's number: from 0 up, below the size of the log",
    ),
    Refusal.CANNOT_TELL: words(
        "缺少作出判断所需的事实，因此拒绝",
        "a fact needed for the decision is missing, so it is refused",
        "补齐所列事实",
        "supply the fact that is named",
    ),
    Refusal.INTERNAL: words(
        "程序内部出错",
        "an internal error",
        "未完成的部分没有写入；请把编号告诉维护者",
        "the unfinished part was not written; give the reference to the maintainers",
    ),
    Refusal.NODE_LOOSE: words(
        "节点文件夹可被其他用户写入",
        "others can write the node's folder",
        "执行 chmod 700（文件夹）",
        "chmod 700 the folder",
    ),
    Refusal.OUTPUT_IS_INPUT: words(
        "输出文件与订单文件或另一个输出文件是同一个",
        "an output is the orders file or another output",
        "换一个输出文件名",
        "name another output file",
    ),
}
