"""Reasons and remedies: accounts, and exemptions from hiding a person."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

ACCOUNTS: Final[dict[Refusal, Words]] = {
    Refusal.ACCOUNT_UNKNOWN: words(
        "没有这个账号",
        "there is no such account",
        "用 yinji accounts list 查看账号",
        "see the accounts with yinji accounts list",
    ),
    Refusal.ACCOUNT_MALFORMED: words(
        "不能作为账号代码",
        "this cannot be the code of an account",
        "写一个短代码：小写字母、数字和 . _ -，不写姓名和电话",
        "give a short code: small letters, digits and . _ -, neither a name nor a phone",
    ),
    Refusal.ACCOUNT_TAKEN: words(
        "已有这个账号，关闭过的代码也不再使用",
        "there is such an account; the code of a closed one is not used again",
        "换一个代码",
        "take another code",
    ),
    Refusal.ACCOUNT_CLOSED: words(
        "该账号已关闭",
        "this account is closed",
        "由在岗的账号办理",
        "have it done by an account that is open",
    ),
    Refusal.SIGN_IN_WRONG: words(
        "账号或密钥不对",
        "the account or its secret is wrong",
        "核对账号代码，再输入开立账号时给出的密钥；密钥遗失的，关闭账号后另开",
        "check the account's code and give the secret shown when it was opened; if it is lost, close the account and open another",
    ),
    Refusal.SIGN_IN_LOCKED: words(
        "该账号输错密钥太多次，暂时停用",
        "too many wrong secrets: the account is locked for a while",
        "一刻钟后再试；不是本人输错的，关闭该账号并查看证据",
        "try again in a quarter of an hour; if it was somebody else, close the account and read the evidence",
    ),
    Refusal.EXEMPTION_UNKNOWN: words(
        "没有这项豁免申请",
        "there is no such exemption",
        "用 yinji exempt list 查看申请编号",
        "see the references with yinji exempt list",
    ),
    Refusal.EXEMPTION_ENDED: words(
        "该豁免已使用、已过期或未获批准",
        "the exemption has been used, has expired or was refused",
        "确需豁免的，重新申请并由第二人批准",
        "if it is still needed, ask again and have a second person approve",
    ),
    Refusal.EXEMPTION_OPEN: words(
        "这一单已有未了结的豁免申请",
        "an exemption is open for this order already",
        "批准、不予批准，或等它过期",
        "approve it, refuse it, or wait until it expires",
    ),
    Refusal.EXEMPTION_WAITS: words(
        "这一单的豁免申请还没有批复，暂不制单",
        "the exemption asked for this order is not decided yet: it is not issued",
        "由合规岗位批准或不予批准后再提交这一行",
        "have compliance approve or refuse it, then hand the row in again",
    ),
    Refusal.EXEMPTION_OWN: words(
        "申请人不能批准自己的申请",
        "who asked does not approve",
        "由合规岗位的另一个账号批准",
        "have another account at the compliance post approve",
    ),
    Refusal.EXEMPTION_GROUND_UNKNOWN: words(
        "不是已知的豁免依据",
        "this is no known ground of an exemption",
        "写 document 并给出文书编号，或写规则页中 exemption- 开头、已生效的规则",
        "give document with the name of one, or a rule in force whose id begins with exemption-",
    ),
    Refusal.EXEMPTION_GROUND_IS_DRAFT: words(
        "该依据只是草案，尚未生效，单凭它不足以豁免",
        "this ground is only a draft, not in force: by itself it exempts nothing",
        "改用现行法律之下的具体文书：--ground document --document （2026）沪01民初12号",
        "use a named document under a law in force: --ground document --document NUMBER",
    ),
    Refusal.DOCUMENT_MALFORMED: words(
        "不是文书编号的写法",
        "this has not the form of a document's number",
        "写法院案号，如（2026）沪01民初12号；不写姓名和电话",
        "give the number of a court's case, year in brackets first; neither a name nor a phone",
    ),
}
