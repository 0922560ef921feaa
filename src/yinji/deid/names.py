"""Names: the surname stays, the rest is hidden; a name that cannot be read keeps its first letter only.

GB/T 41833-2022 (clause not seen) asks for one hidden character at least; a name of one character is hidden whole.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.kernel.mask import HIDDEN_MARK, Mask, Span

_PAIRS: Final = (
    "欧阳上官司马诸葛司徒夏侯皇甫尉迟公孙慕容令狐宇文长孙端木东方独孤南宫西门百里呼延澹台申屠太史轩辕闻人公冶公羊赫连濮阳淳于单于太叔仲孙钟离鲜于闾丘司空司寇子车颛孙"
    "巫马公西漆雕乐正壤驷公良拓跋夹谷宰父谷梁段干东郭南门羊舌微生左丘第五纳兰完颜爱新"
)
COMPOUND_SURNAMES: Final = frozenset(_PAIRS[place : place + 2] for place in range(0, len(_PAIRS), 2))
"""Surnames of two characters in use; two-character surnames of a married couple's child are not among them."""

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅"
    "方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班"
    "储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈"
    "伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
"""Surnames of one character that a reader takes for a name after a cue; a rare one is still hidden by `mask_name`."""

_HAN_NAME: Final = re.compile("[㐀-鿿豈-﫿\U00020000-\U000323af]{2,4}")
_COMPOUND_NAME_MIN: Final = 3  # 欧阳 alone: one character stays, one is hidden


def mask_name(text: str) -> Mask:
    """Return a name with all but the surname hidden: 王五 → 王*, 欧阳娜娜 → 欧阳**.

    Names of other shapes (Latin, 买买提·艾力, companies, titles) keep their first letter only; one character alone is
    hidden. White space around the name stays. The length is kept; the same text gives the same mask.
    """
    length = len(text)
    end = length
    start = 0
    if length and (text[0].isspace() or text[-1].isspace()):
        end = len(text.rstrip())
        start = end - len(text[:end].lstrip())
    if start == end:
        return Mask(text)
    first = start + _shown(text, start, end)
    return Mask(text[:first] + HIDDEN_MARK * (end - first) + text[end:], (Span(first, end),))


def _shown(text: str, start: int, end: int) -> int:
    size = end - start
    if size == 1 or not (text[start].isalpha() or text[start] == HIDDEN_MARK):
        return 0
    if size >= _COMPOUND_NAME_MIN and text[start : start + 2] in COMPOUND_SURNAMES and _HAN_NAME.fullmatch(text, start, end):
        return 2
    return 1
