"""How the scan knew, in a sentence each."""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said

REASONS: Final = {
    "phone": Said("像手机或固定电话号码", "looks like a mobile or landline number"),
    "phone_apart": Said(
        "号码被拆开、改写或带分机，仍可拨打", "a number written apart, otherwise or with an extension, still callable"
    ),
    "identity_sure": Said("身份证号码，校验位相符", "an identity number whose check digit agrees"),
    "identity_like": Said("像身份证号码，校验位不符", "looks like an identity number; the check digit disagrees"),
    "identity_old": Said(
        "像十五位身份证号码，地区和出生日期相符", "looks like an identity number of fifteen digits: county and birthday agree"
    ),
    "identity_half": Said("身份证号码，只隐藏了一部分", "an identity number that is hidden only in part"),
    "region": Said("像香港、澳门或台湾的身份证号码", "looks like an identity number of Hong Kong, Macau or Taiwan"),
    "passport": Said("像护照或通行证号码", "looks like the number of a passport or permit"),
    "document": Said("“护照”“通行证”等字样之后的证件号", "a document behind a word such as 护照 or 通行证"),
    "plate": Said("机动车号牌", "the plate of a car"),
    "email": Said("电子邮箱地址", "an e-mail address"),
    "name_cue": Said("“收件人”“联系”“代收”等字样旁的姓名", "a name beside a word such as 收件人, 联系 or 代收"),
    "name_form": Said("“先生”“老师”等称呼前的姓名", "a name before a form of address such as 先生 or 老师"),
    "name_beside": Said("紧挨着电话号码的姓名", "a name right beside a phone"),
    "name_dotted": Said("带间隔号的姓名", "a name with a dot between its parts"),
    "name_address": Said("地址中像姓名的内容", "what looks like a name in an address"),
    "room": Said("楼栋之后的单元、户室号", "a unit or room behind a building"),
    "card": Said("银行卡号，校验位相符或有“卡号”字样", "a bank card whose check digit agrees, or behind a word such as 卡号"),
    "account": Said("“微信”“QQ”等字样之后的账号", "an account behind a word such as 微信 or QQ"),
    "loose": Said("七位以上数字，看不出是别的", "seven digits and more that nothing shows to be something else"),
}
"""Each reason by its key."""
