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
        "从这一行起读不成文字：编码混杂或有误、含空字符，或一行过长",
        "from this line on it is no text: mixed or wrong encoding, a NUL, or a line without end",
        "另存为“CSV UTF-8”后再次提交",
        "save it as “CSV UTF-8” and submit again",
    ),
    Refusal.FILE_TOO_LARGE: words(
        "文件的行数、列数或大小超过上限",
        "the file has more rows, columns or bytes than allowed",
        "分成几个文件",
        "split it into several files",
    ),
    Refusal.KEYS_MISSING: words(
        "找不到密钥库，或者所示月份的密钥",
        "the key store, or the keys of the month named, are not there",
        "恢复密钥备份；某月的密钥确已丢失时，yinji drop 该月：那个月的人已无人能读",
        "restore the key backup; where a month's keys are lost for good, yinji drop that month: nobody can read its people any more",
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
    Refusal.NODE_FORMER: words(
        "该节点由发布前的版本建立，密钥库格式不同",
        "a pre-release founded this node; its key store has another form",
        "用原版本取出所需，再用本版本重新建立",
        "take out what you need with that version, then found the node anew",
    ),
    Refusal.KEYS_STALE: words(
        "密钥库与数据不是同一时刻的",
        "key store and data are of different moments",
        "运行 yinji keys mend：补做其中一方不知道的删除",
        "run yinji keys mend: it redoes the erasures that one of them does not know",
    ),
    Refusal.KEYS_BUSY: words(
        "密钥库正被其他进程改写",
        "another process is changing the key store",
        "稍候重试；未写入任何内容",
        "try again shortly; nothing was written",
    ),
    Refusal.TOKEN_REFUSED: words(
        "加密机拒绝了请求",
        "the security token refused",
        "检查令牌、口令文件与模块设置",
        "check token, PIN file and module in the settings",
    ),
    Refusal.REPLICA_UNREACHABLE: words(
        "密钥库的一个副本不可用",
        "a replica of the key store cannot be reached",
        "恢复该副本；在此之前删除不算完成",
        "bring the replica back; until then an erasure is not complete",
    ),
    Refusal.CLOCK_BACK: words(
        "时钟早于已有的证据",
        "the clock is behind the evidence",
        "校准系统时钟后重试；若时钟曾经超前，yinji doctor 会说明要等到何时",
        "set the system clock right, then try again; if it once ran ahead, `yinji doctor` says until when to wait",
    ),
    Refusal.RECOVERY_KEY_WRONG: words(
        "恢复密钥打不开这份备份",
        "this recovery key does not open this backup",
        "使用制作该备份时的恢复密钥文件",
        "use the recovery key file that the backup was made with",
    ),
    Refusal.BACKUP_EXPIRED: words(
        "这份密钥备份已过有效期",
        "this key backup is past its life",
        "使用更新的备份；过期备份应销毁",
        "use a newer backup; expired ones are to be destroyed",
    ),
    Refusal.BACKUP_DAMAGED: words(
        "备份文件损坏或不完整",
        "the backup file is damaged or incomplete",
        "使用另一份备份",
        "use another backup",
    ),
    Refusal.BACKUP_FOREIGN: words(
        "数据备份与密钥备份不属于同一个节点",
        "data and keys were backed up from different nodes",
        "使用同一节点的两份备份",
        "use two backups of the same node",
    ),
    Refusal.RECOVERY_KEY_MALFORMED: words(
        "恢复密钥文件不完整或有打错的字",
        "the recovery key file is cut short or mistyped",
        "与另存的副本逐字核对",
        "compare it with the copy kept elsewhere, digit by digit",
    ),
    Refusal.OUTPUT_EXISTS: words(
        "输出文件已经存在，不会覆盖",
        "the output is there already and is never overwritten",
        "换一个文件名或文件夹",
        "name another file or folder",
    ),
    Refusal.ENTRY_UNSIGNED: words(
        "该条目还没有被检查点覆盖",
        "no checkpoint covers this entry yet",
        "先运行 yinji ledger checkpoint",
        "run yinji ledger checkpoint first",
    ),
    Refusal.WITNESS_UNKNOWN: words(
        "没有登记这个见证人",
        "this witness is not entered",
        "用 yinji ledger witness enter 登记其公钥",
        "enter its public key with yinji ledger witness enter",
    ),
    Refusal.WITNESS_CONFLICT: words(
        "请求与已见证的历史不一致",
        "the request does not continue what was witnessed",
        "核对日志：可能分叉，或请求的起点已旧",
        "examine the log: it may have forked, or the request starts from an old size",
    ),
    Refusal.COSIGNATURE_WRONG: words(
        "联署签名无效",
        "the cosignature does not verify",
        "向见证人重新索取",
        "ask the witness for it again",
    ),
    Refusal.REQUEST_MALFORMED: words(
        "请求文件不合格式",
        "the request file is malformed",
        "用 yinji ledger witness ask 重新生成",
        "make it again with yinji ledger witness ask",
    ),
    Refusal.LOG_UNKNOWN: words(
        "没有登记这份日志的密钥",
        "the key of this log is not entered",
        "核实后用 yinji ledger witness enter 登记该日志的公钥",
        "make sure whose it is, then enter its key with yinji ledger witness enter",
    ),
}
