"""Invented people on invented addresses and in invented remarks, as people write them; and the same without anybody in them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = (
    "王芳 李娜 张伟 刘洋 陈静 杨敏 赵磊 黄丽 周杰 吴倩 徐强 孙丽华 马晓东 朱建国 胡秀英 郭志明 何家欣 高明远 林婉儿 罗永昌 郑思琪 梁宇航 谢春梅 宋文博 唐雨欣 许志强 韩雪梅 冯国栋 邓小琴 曹俊杰 彭丽君 曾庆华 肖建军 田秀兰 董海燕 潘玉珍 "
    "袁立群 蔡美玲 蒋海涛 余桂芳 杜鹃 叶青 程浩 魏红霞 苏婷婷 吕建平 丁一鸣 沈月华 任晓燕 姚志远 卢桂英 傅雅琴 钟灵 姜文涛 崔永丽 谭智勇 廖小红 范冰清 汪建华 陆佳怡 金秀珍 石磊 戴玉兰 贾宝华 韦小宝 夏天翔 邱玉梅 方志敏 侯亚楠 邹德胜 熊大伟 孟祥云 秦岚岚 白雪 江一帆 阎丽 薛宝钏 段誉铭 雷佳音 "
    "欧阳娜 司马懿德 上官婉 诸葛明亮 慕容雪 令狐冲天 尉迟恭平 皇甫嵩"
)
NAMES: Final = _NAMES.split()

_ADDRESSES: Final = (
    "浙江省杭州市西湖区测试路12号青枫花园3幢2单元501室|江苏省南京市鼓楼区样例街道幸福路8号翡翠城5栋1203|广东省深圳市南山区示例大道100号创新大厦A座1805|四川省成都市武侯区假设街66号5栋2单元9楼901号|"
    "山东省青岛市城阳区演示街道样板小区7号楼1单元302|河南省郑州市金水区虚构路99号|湖北省武汉市洪山区例子镇范例村3组12号|安徽省合肥市蜀山区试验乡假想村|河北省石家庄市长安区测验小区2号楼3单元602|"
    "云南省昆明市五华区样品路18号|福建省厦门市思明区模型里25号703室|重庆市渝北区模拟街道演练大道7号11栋5-3|吉林省长春市南关区设想小区6栋1门402|西藏自治区拉萨市城关区示范东路3号|新疆维吾尔自治区乌鲁木齐市天山区例如街2号院1号楼"
)
ADDRESSES: Final = _ADDRESSES.split("|")

_IN_ADDRESS: Final = "{a}，{n}|{a} {n}|{a}{n}收|{a},{n}收|{a}，收件人{n}|{a} 收件人：{n}|{n}，{a}|{n} {a}|{a}（{n}收）|{a}{n}13800001111|{a} {n} 13800001111|{a}，{n}，13800001111|{n} 13800001111 {a}|{n}13800001111{a}|13800001111{n}，{a}|{a} 13800001111 {n}|{a}{n}先生|{a}，{n}女士收|{a}联系人{n}13800001111|{a}（{n}）|{a}/{n}"
IN_ADDRESS: Final = _IN_ADDRESS.split("|")

_IN_REMARK: Final = "联系{n}|请联系{n}，谢谢|找{n}|找{n}拿|交给{n}即可|请交给{n}|给{n}|由{n}签收|{n}代收|邻居{n}代收|转{n}|转交{n}|{n}收|收件人：{n}|收件人{n}|姓名：{n}|{n}先生代收|请{n}老师签收|{n}女士，放门口|电话13800001111 {n}|{n}13800001111|{n}，13800001111|打给{n}13800001111|麻烦{n}师傅|寄给{n}的礼物|这是{n}的快递|不在家请打电话给{n}|放门卫{n}处|本人{n}|我叫{n}"
IN_REMARK: Final = _IN_REMARK.split("|")

_OTHER: Final = "王先生|李女士收|放物业找张经理|找老王拿|给小李|联系阿强|周总收|陈姐代收|联系刘哥|孙阿姨代收|林老师收|收件人：买买提·艾力|阿依古丽·吐尔逊收|联系扎西·次仁|收件人 Tom Lee|Mr. Smith 收|联系 Mary Chen 13800001111|收件人：阿依古丽|收件人：小红|收货人：欧阳先生|联系人：卓玛|请联系Mrs Brown|黄医生代收"
OTHER: Final = _OTHER.split("|")

_NOBODY: Final = (
    "放门口，谢谢|请放快递柜|送货前请打电话|易碎品轻拿轻放|生鲜请尽快派送|周末送货|工作日送|不要放驿站|请送上楼|放物业前台|白天家里有人|晚上六点以后送|请勿敲门，家有婴儿|收到请检查|代收点代收|请走东门|门卫代收|物业代收|联系客服|请联系商家|给孩子的礼物|送老人|找不到请来电|请包装严实|全新未拆封|黄金戒指盒|"
    "高档茶叶礼盒|石榴汁|金龙鱼油5L|方便面|红富士苹果5斤|白色羽绒服|毛呢外套女|牛仔裤男 34码|康乃馨花束|老干妈辣椒酱|小米手机|华为充电器|马克杯|温度计|水杯|安全座椅|万能胶|双人床单|汤锅|包子皮|任天堂游戏机|李宁运动鞋|张飞牛肉|王老吉凉茶|陈皮普洱茶|周黑鸭|徐福记糖果|老婆饼|小熊饼干|新疆·若羌灰枣|欧莱雅·洗发水|"
    "一心一意|七分裤|请由西门进|让快递员放门口|交接时请验货|请于下午送|转角柜|收纳箱|启辉器|代餐粉|总重3斤|工具箱|小区门口|老年鞋|哥窑茶杯|姐妹装|爸爸的生日礼物|妈妈装|叔叔阿姨请放门口|爷爷奶奶装|名字贴|姓名贴定制|昵称贴|客户定制款|住户请注意|业主群|麻烦放门口|麻烦打电话|麻烦送上楼|麻烦尽快"
)
NOBODY: Final = _NOBODY.split("|")
"""Remarks and goods in which nobody is named."""


def in_addresses() -> Iterator[tuple[str, str]]:
    """Yield an address with a person in it, and the name."""
    for place, (form, name) in enumerate(product(IN_ADDRESS, NAMES)):
        yield form.format(a=ADDRESSES[place % len(ADDRESSES)], n=name), name


def in_remarks() -> Iterator[tuple[str, str]]:
    """Yield a remark with a person in it, and the name."""
    for form, name in product(IN_REMARK, NAMES):
        yield form.format(n=name), name
