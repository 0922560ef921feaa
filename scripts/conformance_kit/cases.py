"""Texts and their answers, written and checked by hand; invented people only. The engine has to agree, or nothing is written.

Masks show each hidden character as ``*``. Findings are written into the text: ``联系[name:张三]`` shows a name at 2 to 4.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "王芳": "王*",
    "欧阳娜娜": "欧阳**",
    "司马懿": "司马*",
    "张": "*",
    "买买提·艾力": "买*****",
    "Tom Lee": "T******",
    "测试科技有限公司": "测*******",
}
PHONES: Final = {
    "13800001111": "1******1111",
    "138 0000 1111": "1** **** 1111",
    "+86 138-0000-1111": "+** 1**-****-1111",
    "0571-87654321": "0***-****4321",
    "700123456789012": "7**********9012",
    "１３８００００１１１１": "１******１１１１",
    "87654321": "******21",
    "95188": "*****",
}
ADDRESSES: Final = {
    ("label", "浙江省杭州市西湖区测试路12号青枫花园3幢2单元501室"): "浙江省杭州市西湖区测试路12号青枫花园3幢*******",
    ("label", "江苏省南京市鼓楼区样例街8号翡翠城5栋1203"): "江苏省南京市鼓楼区样例街8号翡翠城5栋****",
    ("label", "河南省郑州市金水区虚构路99号"): "河南省郑州市金水区虚构路99号",
    ("strict", "浙江省杭州市西湖区测试路12号青枫花园3幢2单元501室"): "浙江省杭州市西湖区测试路12号青枫花园*********",
    ("route", "浙江省杭州市西湖区测试路12号青枫花园3幢2单元501室"): "浙江省杭州市西湖区*******************",
    ("label", "四川省成都市武侯区假设街66号5栋2单元9楼901号"): "四川省成都市武侯区假设街66号5栋*********",
    ("screen", "四川省成都市武侯区假设街66号5栋2单元9楼901号"): "四川省成都市武侯区假设街66号5栋***9楼****",
}
TEXTS: Final = (
    "请放门口，联系[name:张三]，电话[phone:138-0000-1111]",
    "[phone:18400913965-7576]",
    "[phone:13800001111转8001]",
    "[phone:一三八零零零零一一一一]",
    "[phone:１３８００００１１１１]",
    "[phone:l38OOOOllll]",
    "[phone:138·0000·1111]",
    "[phone:+852 9123 4567]",
    "[phone:400-800-1234]",
    "[phone:0571-87654321转22]",
    "[phone:700123456789012]",
    "收件人：[name:欧阳娜娜]",
    "[name:王]先生代收",
    "联系[name:扎西·次仁]",
    "身份证[identity:11010519491231002X]",
    "[identity:110105 19491231 002X]",
    "[identity:110105********002X]",
    "护照[document:E12345678]",
    "[identity:A123456(3)]",
    "[plate:浙A12345]",
    "[account:6222021234567890128]",
    "微信[account:abc_12345]",
    "邮箱[email:someone@example.com]谢谢",
    "放门口，谢谢",
    "运单号YT1234567890123",
    "订单号20261121000123",
    "取件码 3-2-1045",
    "6901234567892",
    "1732156800000",
    "统一社会信用代码91330100MA2ABCDE4K",
    "不锈钢保温杯500ml",
    "2026-11-21 10:30:45",
    "IMEI 861234567890128",
)
CODE_128: Final = {
    "12345678": "105 12 34 56 78 47 106",
    "YJ1234567890123": "104 57 42 17 99 23 45 67 89 1 23 25 106",
}
CHECK_DIGITS: Final = (
    ("s10", "47312482", "9"),
    ("s10", "00000000", "5"),
    ("mod11_10", "0794", "5"),
    ("mod11_10", "00000000", "3"),
)
QR_CONTENTS: Final = (
    ("https://label.example/l/", "q7Zk29slQpxT13kdUw", True),
    ("", "q7Zk29slQpxT13kdUw", True),
    ("https://label.example/l/", "short", False),
    ("https://label.example/l/", "13800001111 13800001111", False),
)
"""What stands before a token, the token, and whether both have the form that the grammar asks for."""
