"""Settings: one frozen record. Every setting has a default, a bound and a sentence; nothing legal is among them.

They are read from the environment (``YINJI_BATCH_ORDERS=500``) over the node's ``yinji.toml`` (``batch_orders = 500``). A guard,
such as the number of reveals a day, is read from the file only: whoever runs a command does not set its limits.
``docs/reference/settings.md`` is made from this file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

FILE: Final = "yinji.toml"
PREFIX: Final = "YINJI_"


def _setting(
    default: int | str, zh: str, en: str, *, low: int = 0, high: int = 0, of: tuple[str, ...] = (), guard: bool = False
) -> Any:  # noqa: ANN401 - dataclass fields are typed by their annotation
    return field(default=default, metadata={"said": Said(zh, en), "low": low, "high": high, "of": of, "guard": guard})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. Law is not here: thresholds and deadlines are rule packs."""

    database_url: str = _setting(
        "", "数据库地址；空表示节点文件夹里的 SQLite", "address of the database; empty means SQLite in the node's folder"
    )
    keys_folder: str = _setting(
        "",
        "密钥库文件夹；空表示节点文件夹里的 keys，应与数据备份分开",
        "folder of the key store; empty means keys in the node's folder; keep it out of data backups",
    )
    key_replicas: str = _setting(
        "",
        "密钥库副本的文件夹，以冒号分隔；空表示没有副本",
        "folders with copies of the key store, separated by colons; empty means none",
        guard=True,
    )
    root: str = _setting(
        "file",
        "根密钥所在：密钥库里的文件，或 PKCS#11 令牌",
        "where the root key is: a file in the key store, or a PKCS#11 token",
        of=("file", "pkcs11"),
        guard=True,
    )
    pkcs11_module: str = _setting("", "令牌厂商的 PKCS#11 模块路径", "path of the token maker's PKCS#11 module", guard=True)
    pkcs11_token: str = _setting("", "令牌的标签", "label of the token", guard=True)
    pkcs11_pin_file: str = _setting(
        "", "存有令牌口令的文件，权限必须是 0600", "file with the token's PIN; must be 0600", guard=True
    )
    suite: str = _setting("sm", "新数据所用的密码套件", "cipher suite for new data", of=("sm", "aes"))
    font: str = _setting("", "中文字体文件；空表示自动寻找", "file of a Chinese font; empty means look for one")
    font_rare: str = _setting(
        "",
        "生僻字（GB 18030 第 2、3 平面）的后备字体文件，至多四个，以冒号分隔；空表示自动寻找",
        "fonts for rare characters (GB 18030 planes 2 and 3), up to four files separated by colons; empty means look for them",
    )
    label_size: str = _setting(
        "76x130",
        "面单尺寸（毫米）；return 为退回面单，slip 为揽收单",
        "label size in millimetres; return is a return label, slip a collection slip",
        of=("76x130", "100x150", "100x180", "76x130-return", "100x150-return", "76x130-slip"),
    )
    printer_dpi: str = _setting(
        "203",
        "打印头每英寸点数：条码与二维码按整点绘制",
        "dots an inch of the print head: codes are drawn in its whole dots",
        of=("203", "300"),
    )
    product: str = _setting("标准快递", "面单上的产品名称", "name of the product on the label")
    outlet: str = _setting("", "面单上的网点", "outlet on the label")
    outlet_code: str = _setting(
        "",
        "本节点所在网点的代码：先用分配给它的单号；空表示组织自己",
        "code of the outlet this node works for: numbers allocated to it are used first; empty means the organisation itself",
    )
    hotline: str = _setting("", "面单上的客服电话", "hotline on the label")
    courier: str = _setting("", "面单上的收派员代码，不写姓名", "code of the courier on the label, never a name")
    return_outlet: str = _setting("", "面单上的退回网点", "outlet on the label that takes what comes back")
    clause: str = _setting("签收前请当面查验；服务条款见网点公示", "面单上的条款", "clause on the label")
    label_link: str = _setting(
        "",
        "面单二维码里凭据之前的网址开头，如 https://本节点的公开地址/l/；空表示只印凭据",
        "start of the address before the token in a label's QR code, such as https://public-address-of-this-node/l/; empty means "
        "the token alone",
    )
    sorting_table: str = _setting(
        "",
        "分拣表（CSV：省、市、区县、三段码、大头笔、集包地），订单没有三段码时使用；空表示没有",
        "table of sorting codes by division (CSV), used where an order has none; empty means there is none",
    )
    shards: int = _setting(
        1, "分片数；建立节点时定下，此后不变", "number of shards; fixed when a node is founded", low=1, high=4096
    )
    batch_orders: int = _setting(1_000, "一个事务里处理的订单数", "orders handled in one transaction", low=1, high=5_000)
    file_rows_max: int = _setting(1_000_000, "一个文件最多的行数", "rows a file may have", low=1, high=10_000_000)
    cell_characters_max: int = _setting(500, "一个单元格最多的字符数", "characters a cell may have", low=20, high=10_000)
    number_reserve_minutes: int = _setting(
        30, "单号预留的有效分钟数", "minutes a reservation of numbers holds", low=1, high=10_080
    )
    number_rest_days: int = _setting(
        30, "交还或隔离的单号静置的天数", "days numbers rest that were handed back or set aside", low=0, high=3_650
    )
    number_low_percent: int = _setting(
        30, "单号剩余百分比不高于此值即提醒", "percent of numbers left at which to warn", low=0, high=100
    )
    number_emergency_percent: int = _setting(
        10, "单号剩余百分比不高于此值即告急", "percent of numbers left at which it is urgent", low=0, high=100
    )
    number_unaccepted_days: int = _setting(
        7, "制单后多少天未收寄即提醒", "days after issue without acceptance at which to warn", low=1, high=365
    )
    require_real_name: str = _setting(
        "yes",
        "收寄事件是否必须附实名凭证（实名收寄）",
        "whether an acceptance must bring a real-name token",
        of=("yes", "no"),
        guard=True,
    )
    index_bucket: str = _setting(
        "day",
        "盲索引的时间桶宽度；建立节点时定下，此后不变",
        "width of a blind index's time bucket; fixed when a node is founded",
        of=("day", "hour"),
    )
    find_days: int = _setting(400, "按电话查找时回溯的天数", "days a search by phone reaches back", low=1, high=1_200)
    order_days_max: int = _setting(400, "下单时间最多早于今天的天数", "how many days old an order may be", low=1, high=1_200)
    key_backup_days: int = _setting(
        7,
        "密钥备份的有效天数：其间它能撤销之后的删除",
        "days a key backup lives: until then it could undo erasures made since",
        low=1,
        high=30,
        guard=True,
    )
    exemption_days: int = _setting(
        7,
        "豁免申请等待批准、批准后等待使用的天数",
        "days an exemption waits for its approval, and then for its use",
        low=1,
        high=30,
        guard=True,
    )
    exempt_on_draft: str = _setting(
        "no",
        "仅凭草案能否豁免；草案尚未生效",
        "whether a draft of a law, which is not in force, may exempt by itself",
        of=("no", "yes"),
        guard=True,
    )
    serve_host: str = _setting(
        "",
        "网页与接口监听的地址；空表示只在本机",
        "address that the console and the API listen on; empty means this machine only",
    )
    serve_port: int = _setting(8080, "网页与接口监听的端口", "port that the console and the API listen on", low=0, high=65_535)
    serve_socket: str = _setting(
        "",
        "Unix 套接字的路径，代替地址和端口；空表示没有",
        "path of a Unix socket, instead of address and port; empty means none",
    )
    serve_workers: int = _setting(1, "服务进程数", "processes that serve", low=1, high=64)
    serve_threads: int = _setting(
        8,
        "每个进程里办事的线程数；不超过数据库连接数",
        "threads a process works with; no more than its connections",
        low=1,
        high=12,
    )
    serve_waiting_max: int = _setting(
        256,
        "每个进程同时受理的请求数，超出的稍后再来",
        "requests a process has in hand; others are asked to come again",
        low=1,
        high=10_000,
    )
    serve_body_mib: int = _setting(16, "请求正文最大兆字节数", "largest body of a request, in MiB", low=1, high=1_024)
    serve_upload_mib: int = _setting(
        64, "上传的订单文件最大兆字节数", "largest orders file that the console takes, in MiB", low=1, high=1_024
    )
    upload_days: int = _setting(
        3,
        "上传制单的结果（面单、错误文件、发货表、报告）保留的天数",
        "days that what came of an upload is kept: labels, error file, shipping form, report",
        low=1,
        high=30,
        guard=True,
    )
    serve_seconds: int = _setting(30, "一个请求最长的秒数", "seconds a request may take", low=1, high=600)
    serve_stop_seconds: int = _setting(
        20, "停止时等待未完请求的秒数", "seconds that a stop waits for requests in hand", low=1, high=300
    )
    serve_certificate: str = _setting(
        "", "TLS 证书链文件；空表示不用 TLS", "file of the TLS certificate chain; empty means no TLS"
    )
    serve_certificate_key: str = _setting("", "TLS 私钥文件", "file of the TLS private key")
    serve_proxies: str = _setting(
        "",
        "信任其转发首部的反向代理地址，以逗号分隔；空表示没有代理",
        "addresses of reverse proxies whose forwarding headers are believed, separated by commas; empty means there is none",
        guard=True,
    )
    metrics_host: str = _setting(
        "", "指标监听的地址；空表示只在本机", "address that metrics are served on; empty means this machine only"
    )
    metrics_port: int = _setting(
        0, "指标监听的端口；0 表示不提供", "port that metrics are served on; 0 means they are not", low=0, high=65_535
    )
    checkpoint_minutes: int = _setting(
        10, "后台签署检查点的间隔分钟数", "minutes between the checkpoints that the worker signs", low=1, high=1_440
    )
    session_minutes: int = _setting(
        30, "登录后无操作多少分钟即退出", "minutes without a request after which a session ends", low=1, high=720, guard=True
    )
    session_hours: int = _setting(12, "一次登录最长的小时数", "hours a session lasts at most", low=1, high=168, guard=True)
    api_key_days: int = _setting(365, "接口密钥最长的有效天数", "days an API key lasts at most", low=1, high=3_650, guard=True)
    retention_days: int = _setting(
        0,
        "自制作运单当月最后一天起，收寄件人信息保存的天数；0 表示按规则包的建议值（见 yinji retention plan），建议值不是法律",
        "days that persons are kept from the last day of the month in which their waybill was issued; 0 means as the rule pack "
        "proposes (see yinji retention plan), which is no law",
        low=0,
        high=36_500,
        guard=True,
    )
    retention_run: str = _setting(
        "off",
        "期限届满的个人信息是否由后台删除；off 时后台只预演",
        "whether the worker erases what retention has ended for; while off it only plans",
        of=("off", "on"),
        guard=True,
    )
    track_proof: str = _setting(
        "phone",
        "公开查询要求的证明：phone 为任一方电话的末四位（面单上也印着），phone_and_order 另加订单号",
        "what a public query has to prove: phone is the last four digits of either party's phone (which the label shows too), "
        "phone_and_order the order's number beside them",
        of=("phone", "phone_and_order"),
        guard=True,
    )
    permit_seconds: int = _setting(
        60, "一次查看许可的有效秒数", "seconds a permit for one look is valid", low=5, high=3_600, guard=True
    )
    reveals_a_day: int = _setting(
        200, "一个账号每天可查看明文的次数", "reveals an account has a day", low=0, high=100_000, guard=True
    )


def load_settings(home: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of the node at ``home``; raises SETTING_MALFORMED naming the setting."""
    written = _read_file(home / FILE)
    known = {each.name: each for each in fields(Settings)}
    for name in written.keys() - known.keys():
        raise Fault(Refusal.SETTING_MALFORMED, f"{home / FILE}: {name}")
    chosen: dict[str, Any] = {}
    for name, each in known.items():
        over = environment.get(PREFIX + name.upper())
        if over is not None and each.metadata["guard"]:
            raise Fault(Refusal.SETTING_MALFORMED, f"{PREFIX}{name.upper()}: {FILE}")
        raw = written.get(name) if over is None else over
        if raw is not None:
            chosen[name] = _checked(name, raw, each.default, each.metadata)
    return Settings(**chosen)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise Fault(Refusal.SETTING_MALFORMED, str(path)) from None


def _checked(name: str, raw: object, default: object, bounds: Mapping[str, Any]) -> object:
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise Fault(Refusal.SETTING_MALFORMED, name)
    if isinstance(default, int):
        try:
            number = int(str(raw))
        except ValueError:
            raise Fault(Refusal.SETTING_MALFORMED, name) from None
        if not bounds["low"] <= number <= bounds["high"]:
            raise Fault(Refusal.SETTING_MALFORMED, f"{name}: {bounds['low']}..{bounds['high']}")
        return number
    text = str(raw)
    if bounds["of"] and text not in bounds["of"]:
        raise Fault(Refusal.SETTING_MALFORMED, f"{name}: {' | '.join(bounds['of'])}")
    return text
