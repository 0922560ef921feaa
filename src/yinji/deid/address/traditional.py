"""Traditional characters as addresses in Hong Kong, Macau and Taiwan have them, read as their simplified forms.

One character stands for one, so that a place in the folded text is a place in the text. Only what an address or a remark
is read by: divisions, marks, endings, cues; a name keeps its characters wherever a reader does not look.
"""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    "別别 樓楼 號号 單单 層层 棟栋 園园 閣阁 臺台 檯台 廣广 廈厦 場场 門门 戶户 間间 舖铺 鋪铺 櫃柜 攤摊 檔档 庫库 廠厂 館馆 區区 縣县 鄉乡 鎮镇 鄰邻 衖弄 國国 東东 灣湾 島岛 嶼屿 龍龙 馬马 黃黄 觀观 離离 瀝沥 "
    "魚鱼 鰂鲗 銅铜 鑼锣 環环 鐵铁 總总 線线 橋桥 學学 醫医 電电 話话 聯联 繫系 請请 轉转 簽签 達达 處处 濟济 聖圣 蓮莲 華华 長长 雲云 義义 蘭兰 蘇苏 實实 豐丰 廳厅 貢贡 鶯莺 樹树 蘆芦 溝沟 頭头 圍围 維维 "
    "爾尔 豬猪 連连 雞鸡 貓猫 寶宝 車车 邊边 嶺岭 濱滨 漢汉 壽寿 榮荣 勝胜 興兴 慶庆 淵渊 漁渔 湯汤 滿满 灘滩 烏乌 鳥鸟 鳳凤 鶴鹤 鹽盐 麥麦 齊齐 齡龄 龜龟 岡冈 崗岗 嶽岳 巖岩 開开 關关 陽阳 陰阴 際际 隊队 "
    "階阶 隴陇 陸陆 陳陈 靜静 順顺 頂顶 須须 類类 飛飞 飯饭 餘余 騰腾 驛驿 體体 後后 從从 復复 徑径 側侧 個个 倉仓 傳传 僑侨 價价 億亿 優优 儲储 兩两 內内 冊册 劃划 劍剑 勞劳 勵励 務务 動动 協协 參参 叢丛 "
    "員员 啟启 圓圆 圖图 團团 執执 報报 塊块 塗涂 塢坞 墳坟 墾垦 壢坜 壩坝 備备 夾夹 奧奥 婦妇 孫孙 孿孪 寧宁 寬宽 專专 尋寻 對对 導导 屆届 屬属 峽峡 帥帅 師师 帳帐 帶带 幣币 幹干 應应 廟庙 廢废 張张 強强 "
    "彎弯 彌弥 戰战 戲戏 採采 換换 揚扬 擔担 據据 擇择 攬揽 敘叙 數数 於于 時时 晉晋 晝昼 暫暂 曉晓 會会 條条 棧栈 楊杨 極极 構构 標标 樣样 樞枢 橫横 檢检 權权 歐欧 歲岁 歷历 歸归 殯殡 殺杀 毀毁 氣气 沖冲 "
    "決决 況况 洩泄 涼凉 淺浅 測测 溫温 準准 滬沪 漿浆 潔洁 潛潜 潤润 澗涧 澤泽 濕湿 瀏浏 災灾 為为 無无 煙烟 熱热 燈灯 營营 燦灿 爭争 牆墙 狀状 獅狮 獎奖 獨独 獲获 獻献 現现 琺珐 瑪玛 產产 畝亩 畢毕 畫画 "
    "當当 療疗 發发 監监 盤盘 盧卢 眾众 矚瞩 礦矿 礙碍 祕秘 禮礼 禪禅 種种 稱称 穀谷 積积 穩稳 窩窝 筆笔 節节 範范 築筑 簡简 籃篮 籌筹 紀纪 約约 紅红 納纳 純纯 紙纸 級级 紗纱 細细 終终 組组 結结 給给 統统 "
    "絲丝 經经 綠绿 網网 綫线 緊紧 緣缘 編编 緯纬 縱纵 織织 繞绕 繡绣 繼继 續续 纜缆 罷罢 羅罗 習习 聞闻 聲声 職职 聽听 腳脚 膠胶 臨临 舉举 舊旧 艦舰 艱艰 芻刍 莊庄 萬万 葉叶 蓋盖 蔣蒋 蔭荫 蕭萧 薩萨 藍蓝 "
    "藝艺 藥药 蘊蕴 虛虚 蟲虫 蠔蚝 術术 衛卫 衝冲 補补 裝装 裡里 裏里 製制 複复 覽览 規规 視视 親亲 計计 訂订 訊讯 託托 記记 許许 設设 訪访 診诊 詢询 試试 詩诗 該该 詳详 誠诚 語语 說说 課课 調调 談谈 論论 "
    "諾诺 謝谢 證证 識识 譚谭 譽誉 護护 變变 讓让 豎竖 財财 貨货 販贩 貫贯 責责 貴贵 買买 費费 貿贸 賀贺 資资 賓宾 賣卖 質质 賴赖 贊赞 趙赵 趨趋 跡迹 蹟迹 軍军 軒轩 軟软 較较 載载 輔辅 輕轻 輛辆 輝辉 輪轮 "
    "輸输 轄辖 農农 週周 進进 遊游 運运 過过 違违 遙遥 遞递 遠远 適适 遲迟 遷迁 選选 還还 郵邮 鄒邹 鄔邬 鄧邓 鄭郑 醬酱 釋释 釣钓 鈴铃 鉛铅 銀银 銘铭 銳锐 鋒锋 鋼钢 錄录 錢钱 錦锦 鍋锅 鍵键 鎖锁 鏡镜 鐘钟 "
    "鍾钟 鑽钻 閉闭 閑闲 閱阅 闊阔 闆板 隨随 險险 隱隐 隻只 雖虽 雙双 雜杂 難难 霧雾 靈灵 韓韩 頁页 項项 預预 領领 頻频 題题 顏颜 願愿 顧顾 顯显 風风 飲饮 養养 駁驳 駐驻 駕驾 驗验 驚惊 鬆松 鬥斗 魯鲁 鮮鲜 "
    "鯉鲤 鳴鸣 鴻鸿 鵝鹅 鵬鹏 鷺鹭 鷹鹰 麗丽 麵面 點点 黨党 齋斋 衞卫 羣群 峯峰 崑昆 崙仑 菓果 恆恒 堃坤 塩盐 嶋岛 牀床 寢寝 摺折"
)
_FOLD: Final = {ord(pair[0]): pair[1] for pair in _FORMS.split()}
_SEEN: Final = re.compile(f"[{''.join(map(chr, sorted(_FOLD)))}]")


def folded(plain: str) -> str:
    """Return a text in normal form with traditional characters as simplified ones, of the same length."""
    return plain.translate(_FOLD) if _SEEN.search(plain) else plain
