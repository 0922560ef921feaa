"""Words of the pages that issue a file: what a column is read as, how far an upload has come, what a run wrote."""

from __future__ import annotations

from typing import Final

from yinji.doors.http.look import Mark, Tag
from yinji.doors.intake.presets.model import Field
from yinji.doors.intake.uploads.came_to import DROPPED, IDENTITY, OURS
from yinji.doors.intake.uploads.folder import Phase, Result
from yinji.kernel.said import Said

FIELDS: Final[dict[str, Said]] = {
    Field.ORDER: Said("订单号", "order number"),
    Field.SUB_ORDER: Said("子订单号", "item's own number"),
    Field.NAME: Said("收件人", "recipient's name"),
    Field.PHONE: Said("收件电话", "recipient's phone"),
    Field.PROVINCE: Said("省", "province"),
    Field.CITY: Said("市", "city"),
    Field.DISTRICT: Said("区县", "district"),
    Field.TOWN: Said("乡镇街道", "town"),
    Field.ADDRESS_HEAD: Said("省市区", "province, city, district"),
    Field.STREET: Said("详细地址", "street address"),
    Field.ADDRESS: Said("收件地址", "recipient's address"),
    Field.COMBINED: Said("姓名、电话、地址合在一列", "name, phone and address in one"),
    Field.CONTENTS: Said("物品", "contents"),
    Field.SPECIFICATION: Said("规格", "specification"),
    Field.QUANTITY: Said("数量", "quantity"),
    Field.PACKAGES: Said("包裹数", "packages"),
    Field.BUYER_MESSAGE: Said("买家留言", "buyer's message"),
    Field.SHOP_NOTE: Said("备注", "note"),
    Field.ORDERED: Said("下单时间", "ordered"),
    Field.STATUS: Said("订单状态", "order status"),
    Field.REFUND_STATUS: Said("退款状态", "refund status"),
    Field.WEIGHT: Said("重量", "weight"),
    Field.COLLECT_GOODS: Said("代收货款", "payment collected for goods"),
    Field.COLLECT_FREIGHT: Said("到付运费", "freight collected"),
    Field.INSURED: Said("保价", "insured"),
    Field.FREIGHT: Said("寄付运费", "freight paid by the sender"),
    Field.AGREED_CHECK: Said("约定验收", "agreed check"),
    Field.COLLECTED_AT: Said("实际取件地", "picked up at"),
    Field.HANDED_BY: Said("交寄人", "handed over by"),
    Field.SORTING_CODE: Said("三段码", "sorting code"),
    Field.SORTING_MARK: Said("大头笔", "sorting mark"),
    Field.SORTING_CENTRE: Said("集包地", "package centre"),
    Field.SORTING_DOOR: Said("末端码", "door badge"),
    Field.HANDLE: Said("平台凭证", "platform handle"),
    Field.VIRTUAL_NUMBER: Said("虚拟号码", "virtual number"),
    Field.VIRTUAL_UNTIL: Said("虚拟号码有效期", "virtual number valid until"),
    Field.RECIPIENT_KIND: Said("收件人类型", "kind of recipient"),
    DROPPED: Said("不读取，已丢弃", "not read, dropped"),
    IDENTITY: Said("身份证件，不读取", "identity documents, never read"),
    OURS: Said("隐寄自己的列", "a column of ours"),
}

PHASES: Final[dict[Phase, Tag]] = {
    Phase.CHECKING: Tag(Said("正在检查", "being checked"), Mark.UNDERWAY),
    Phase.CHECKED: Tag(Said("已检查，待制单", "checked, not issued yet"), Mark.WAITING),
    Phase.REFUSED: Tag(Said("未通过", "refused"), Mark.WRONG),
    Phase.ISSUING: Tag(Said("正在制单", "being issued"), Mark.UNDERWAY),
    Phase.STOPPED: Tag(Said("已停止", "stopped"), Mark.HELD),
    Phase.DONE: Tag(Said("已完成", "done"), Mark.DONE),
}
CUT_SHORT: Final = Tag(Said("中断，可以继续", "cut short, can go on"), Mark.CARE)

RESULTS: Final[dict[Result, Said]] = {
    Result.LABELS: Said("打开面单（按实际尺寸打印）", "Open the labels (they print at true size)"),
    Result.ERRORS: Said("下载错误文件", "Download the error file"),
    Result.SHIPPED: Said("下载批量发货表", "Download the shipping form"),
    Result.REPORT: Said("下载报告", "Download the report"),
}

FIGURES: Final[dict[str, Said]] = {
    "rows": Said("行", "Rows"),
    "issued": Said("新制运单", "Issued"),
    "known": Said("已有运单", "Issued before"),
    "joined": Said("并入其他行", "Joined to others"),
    "repeated": Said("重复", "Repeated"),
    "held": Said("留下不制", "Held back"),
    "refused_rows": Said("拒绝", "Refused"),
    "labels": Said("面单", "Labels"),
    "shipped": Said("发货表行", "Shipping rows"),
}

SIZES: Final = Said("节点的尺寸", "the node's own")

WORDS: Final = {
    "title": Said("制单", "Issue"),
    "help": Said(
        "交来一个订单文件，先看懂它、改好错行，再制作隐私运单和面单；同一文件再交一次不会重复制单。",
        "Hand in an orders file: see how it was understood, mend broken rows, then issue privacy waybills and labels. The same file "
        "again issues nothing twice.",
    ),
    "hint": Said("CSV、XLSX 或 JSON，最大 {mib} MiB", "CSV, XLSX or JSON, up to {mib} MiB"),
    "merchant": Said("商家", "Merchant"),
    "no_merchant": Said("不区分商家", "no particular merchant"),
    "size": Said("面单尺寸（毫米）", "Label size (mm)"),
    "sheet": Said("工作表", "Sheet"),
    "sheet_hint": Said("只有一张时不必填写", "not needed where there is one"),
    "hand_in": Said("检查这个文件", "Check this file"),
    "kept": Said("最近交来的文件", "Files handed in"),
    "kept_help": Said(
        "只有你的账号看得到。订单文件制单后即删除，最迟一天；结果保留 {days} 天。",
        "Only your account sees these. An orders file is deleted once issued, after a day at the latest; results are kept {days} days.",
    ),
    "none": Said("还没有交来文件。从上面选一个订单文件开始。", "No file yet: choose an orders file above."),
    "file": Said("文件", "File"),
    "when": Said("时间", "When"),
    "phase": Said("进度", "State"),
    "checking": Said("正在逐行检查，还没有制单", "Checking every row; nothing is issued yet"),
    "issuing": Said("正在制单：已制 {issued} 件", "Issuing: {issued} so far"),
    "units": Said("进度按文件的字节计", "Measured in the file's own units"),
    "stop": Said("停止", "Stop"),
    "stopping": Said("已请求停止，办完手上这一批就停。", "Asked to stop: it ends after the batch in hand."),
    "reload": Said("刷新", "Reload"),
    "refused_title": Said("这个文件不能制单", "This file cannot be issued"),
    "understood": Said("读懂了什么", "What was understood"),
    "form": Said("文件", "File form"),
    "preset": Said("平台", "Platform"),
    "columns": Said("各列读作什么", "What each column is read as"),
    "heading": Said("列名", "Heading"),
    "read_as": Said("读作", "Read as"),
    "verdict": Said("结论", "Verdict"),
    "mend_title": Said("要改的行", "Rows to be mended"),
    "mend_help": Said(
        "只显示出错的格，其余的格不显示；在这里改好后重新检查，原文件不变。",
        "Only the refused cells are shown, the rest of the row is not. Mended here they are checked again; your file stays as it is.",
    ),
    "mend_more": Said(
        "先列出前面的错行，改好后再列后面的。", "The first broken rows stand here; the next follow once these are mended."
    ),
    "mend_not": Said("要在文件里改，这里改不了。", "This must be mended in the file itself."),
    "line": Said("第 {line} 行", "Line {line}"),
    "mend": Said("保存并重新检查", "Save and check again"),
    "issue": Said("制单", "Issue"),
    "issue_care": Said("制作其余的行", "Issue the other rows"),
    "issue_help": Said("错行不会制单，会写进错误文件。", "Broken rows are not issued; they go into the error file."),
    "go_on": Said("继续制单", "Go on issuing"),
    "cut_short": Said(
        "上次没有办完，可能是服务重启了。已制的运单都在证据里，继续不会重复制单。",
        "The last run was cut short, perhaps by a restart. What it issued is in the evidence; going on issues nothing twice.",
    ),
    "stopped": Said(
        "已按要求停在两批之间。已制的面单在下面；继续会把整个文件办完，不会重复制单。",
        "Stopped between two batches, as asked. The labels so far are below; going on finishes the file and issues nothing twice.",
    ),
    "done": Said("办完了", "Done"),
    "done_text": Said(
        "证据已签署。面单请在浏览器里打开并按“实际大小”打印。",
        "The evidence is signed. Open the labels in the browser and print at actual size.",
    ),
    "specimen": Said(
        "还没有真实的寄件人或号段：面单印有“样张”，不可寄出。",
        "There is no real sender or number range yet: the labels carry 样张 and cannot ship.",
    ),
    "left_out": Said("没有制单的行", "Rows that were not issued"),
    "left_out_help": Said("改好错误文件里的这些行，再交一次。", "Mend these rows in the error file and hand it in again."),
    "row": Said("行", "Row"),
    "column": Said("列", "Column"),
    "reason": Said("原因", "Reason"),
    "remedy": Said("怎么办", "What to do"),
    "results": Said("结果", "Results"),
    "results_help": Said("只有你的账号能打开，保留 {days} 天。", "Only your account opens these; they are kept {days} days."),
    "gone": Said(
        "订单文件已删除；要改的行请下载错误文件，改好后再交。",
        "The orders file is deleted. Download the error file for rows to be mended, and hand it in again.",
    ),
    "check_again": Said("重新检查", "Check again"),
    "remove": Said("删除文件和结果", "Remove file and results"),
    "remove_help": Said("运单和证据不受影响。", "Waybills and evidence stay."),
    "waybills": Said("看运单", "See the waybills"),
    "another": Said("再交一个文件", "Another file"),
}
