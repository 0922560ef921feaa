"""Reasons and remedies: API keys, sessions, and requests that reach a door over the network."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

DOORS: Final[dict[Refusal, Words]] = {
    Refusal.API_KEY_MISSING: words(
        "请求没有带接口密钥",
        "the request brings no API key",
        "在首部写 Authorization: Bearer 密钥；密钥用 yinji api-keys issue 发放",
        "send the header Authorization: Bearer KEY; keys are issued with yinji api-keys issue",
    ),
    Refusal.API_KEY_WRONG: words(
        "没有这个接口密钥",
        "there is no such API key",
        "核对密钥是否完整；遗失的不能找回，另发一个",
        "check that the key is whole; a lost one cannot be found again, issue another",
    ),
    Refusal.API_KEY_EXPIRED: words(
        "接口密钥已过期",
        "the API key has expired",
        "用 yinji api-keys issue 另发一个",
        "issue another with yinji api-keys issue",
    ),
    Refusal.API_KEY_REVOKED: words(
        "接口密钥已吊销，或其账号已关闭",
        "the API key was revoked, or its account is closed",
        "由在岗的账号另发一个密钥",
        "have an account that is open issue another key",
    ),
    Refusal.API_KEY_NARROW: words(
        "接口密钥的权限不含这项操作",
        "the API key does not reach this operation",
        "用带有所列权限的密钥",
        "use a key with the scope that is named",
    ),
    Refusal.API_KEY_MALFORMED: words(
        "不能这样发放接口密钥",
        "no API key is issued like this",
        "名称写短代码，至少一项权限，有效天数不超过 api_key_days",
        "give a short code as its name, at least one scope, and no more days than api_key_days",
    ),
    Refusal.API_KEY_UNKNOWN: words(
        "没有这个编号的接口密钥",
        "no API key has this reference",
        "用 yinji api-keys list 查看编号",
        "see the references with yinji api-keys list",
    ),
    Refusal.SESSION_OVER: words(
        "没有登录，或登录已结束", "nobody is signed in, or the session is over", "重新登录", "sign in again"
    ),
    Refusal.FORM_STALE: words(
        "表单已失效", "the form is out of date", "返回上一页，刷新后重新提交", "go back, reload the page and send it again"
    ),
    Refusal.FORM_FOREIGN: words(
        "请求来自别的网站",
        "the request comes from another site",
        "在本站的页面上操作",
        "do it on a page of this site",
    ),
    Refusal.VIEW_UNKNOWN: words(
        "没有这个视图，或不再共享",
        "there is no such view, or it is shared no more",
        "打开运单页，从视图一行里另选",
        "open the waybills and choose another from the row of views",
    ),
    Refusal.VIEW_MALFORMED: words(
        "视图的名称或条件不能这样保存",
        "the view cannot be kept with this name or filter",
        "名称写 1 到 40 个字；只能保存筛选条件，查找的单号、订单号、电话和姓名不能保存",
        "use 1 to 40 characters; only filters are kept, never a number, phone or name that was looked for",
    ),
    Refusal.VIEW_SHOWS_PERSON: words(
        "视图的名称或条件里有电话、姓名、门牌或长号码",
        "the view's name or filter holds a phone, a name, a room or a long number",
        "换一个不指向任何人的名称；要找某个人的运单，请用查找",
        "choose a name that points at nobody; to find somebody's parcel, use the search",
    ),
    Refusal.VIEW_TAKEN: words(
        "已有同名的视图",
        "there is a view of this name already",
        "换一个名称，或打开原来的视图再替换",
        "choose another name, or open that view and replace it",
    ),
    Refusal.VIEWS_FULL: words(
        "视图已满",
        "there are as many views as may be kept",
        "先在“管理视图”里删除不用的",
        "delete some under Manage views first",
    ),
    Refusal.PROOF_MALFORMED: words(
        "证明填得不完整",
        "the proof is not complete",
        "填电话的末四位数字；虚拟号码填面单上的分机号；要求订单号的，一并填写",
        "give the last four digits of the phone, or the extension of a virtual number as it stands on the label; and the order's "
        "number where it is asked for",
    ),
    Refusal.QUERY_UNPROVEN: words(
        "单号与证明不相符，或这件快件现在不能查询",
        "number and proof do not belong together, or this parcel cannot be asked about now",
        "核对单号，填收件人或寄件人电话的末四位；虚拟号码填面单上的分机号。仍不能查询的，请致电快递企业",
        "check the number and give the last four digits of the recipient's or the sender's phone, or the extension of a virtual number "
        "as it stands on the label; if that does not help, call the carrier",
    ),
    Refusal.QUERY_CLOSED: words(
        "不相符的次数太多，查询暂时停止",
        "too many queries did not fit: none is taken for a while",
        "到所写的时间再试；着急的，请致电快递企业",
        "try again at the time named; if it cannot wait, call the carrier",
    ),
    Refusal.CHANGED_MEANWHILE: words(
        "它在您看过之后已经变动",
        "it has changed since you looked",
        "重新读取，核对后用新的 ETag 再发",
        "read it again, and send the request with its new ETag if it still holds",
    ),
    Refusal.BODY_UNREADABLE: words(
        "请求的内容读不懂",
        "the request cannot be read",
        "按接口说明改正所指的字段；正文是 UTF-8 的 JSON",
        "correct the field that is named as the API's pages say; the body is JSON in UTF-8",
    ),
    Refusal.BODY_TOO_LARGE: words(
        "请求正文太大", "the body of the request is too large", "分成几个请求或文件发送", "send it in several requests or files"
    ),
    Refusal.PATH_UNKNOWN: words(
        "没有这个地址",
        "there is nothing at this address",
        "核对地址；接口的地址见 /api/v1/schema",
        "check the address; those of the API are at /api/v1/schema",
    ),
    Refusal.METHOD_UNFIT: words(
        "这个地址不受理该方法",
        "this address does not take this method",
        "用首部 Allow 所列的方法",
        "use a method that the header Allow names",
    ),
    Refusal.NODE_CROWDED: words(
        "节点此刻请求太多",
        "the node has too many requests in hand",
        "按首部 Retry-After 稍后再试",
        "try again after what the header Retry-After says",
    ),
    Refusal.REQUEST_SLOW: words(
        "请求超过了时限，结果未知",
        "the request took too long, its outcome is not known",
        "原样再发一次：同一订单仍是同一单号，已办成的不会重做；其他操作先查看结果",
        "send the same again: the same order is the same waybill and is not issued twice; of anything else look first what came of it",
    ),
    Refusal.NODE_UNREADY: words(
        "节点的一部分此刻不可用",
        "a part of the node cannot be used now",
        "用 yinji doctor 查看是哪一部分",
        "see which one with yinji doctor",
    ),
    Refusal.PORT_TAKEN: words(
        "不能在该地址或端口上监听",
        "this address or port cannot be listened on",
        "换一个端口，或停掉占用它的程序",
        "take another port, or stop the program that has it",
    ),
    Refusal.UPLOAD_BUSY: words(
        "本账号已有一个文件正在办理",
        "a file of this account is being worked on",
        "等它办完，或先停止它",
        "wait until it is done, or stop it first",
    ),
    Refusal.UPLOAD_GONE: words(
        "没有这个上传的文件，或它已按期删除",
        "there is no such upload, or it was deleted when its time was over",
        "重新上传：已制单的订单不会重复制单",
        "upload it again: what was issued is not issued twice",
    ),
    Refusal.UPLOADS_FULL: words(
        "本账号保留的上传文件太多",
        "this account keeps too many uploads",
        "删除几个不再需要的",
        "remove some that are no longer needed",
    ),
    Refusal.UPLOAD_TOO_LARGE: words(
        "文件太大，或没有选择文件",
        "the file is too large, or none was chosen",
        "分成几个文件，或由管理员调高 serve_upload_mib",
        "split it, or have serve_upload_mib raised",
    ),
}
