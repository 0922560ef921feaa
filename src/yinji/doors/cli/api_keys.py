"""`yinji api-keys`: keys that programs sign in with, each acting as the account that issued it."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.access.api_keys.model import ApiKey, Scope
from yinji.doors.cli.acting import As
from yinji.doors.cli.context import door_of
from yinji.flows.hold_api_keys import issue_api_key, list_api_keys, revoke_api_key
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import read_ref, show_ref
from yinji.kernel.refusals import Refusal

app = typer.Typer(help="接口密钥 · API keys", no_args_is_help=True)


@app.command("issue")
def issue(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称，短代码 · a short code")],
    *,
    scope: Annotated[list[Scope], typer.Option(help="权限，可多次给出 · scope, may be given again")],
    days: Annotated[int, typer.Option(help="有效天数 · days it lasts", min=1)] = 90,
    test: Annotated[bool, typer.Option("--test", help="测试密钥：只制作样张 · a test key issues specimens only")] = False,
    acting: As = None,
) -> None:
    """发放接口密钥，只显示这一次；它以办理人的账号行事 · issue a key, shown this once; it acts as your account."""
    door = door_of(context)
    with door.house(acting) as house:
        issued = issue_api_key(house, name, scope, days=days, test=test)
    if isinstance(issued, Refuse):
        door.voice.stop(issued)
    door.voice.note(f"✓ 编号 {show_ref(issued.key.ref)}。密钥：", f"✓ reference {show_ref(issued.key.ref)}. The key:")
    shown = issued.text.open()
    door.voice.say(shown, shown)


@app.command("list")
def list_(context: typer.Context, *, acting: As = None, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """列出接口密钥 · list the keys."""
    door = door_of(context)
    with door.house(acting) as house:
        keys, now = list_api_keys(house), house.clock.now_ms()
    if json:
        door.voice.json({"keys": [_told(key, now) for key in keys]})
        return
    for key in keys:
        told = _told(key, now)
        line = f"{told['ref']}  {told['name']}  {told['account']}  {told['scopes']}  {told['until']}  {told['state']}"
        door.voice.say(line, line)
    door.voice.note(f"{len(keys)} 个密钥", f"{len(keys)} keys")


@app.command("revoke")
def revoke(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="编号 · reference")],
    *,
    acting: As = None,
) -> None:
    """吊销接口密钥，数秒内各处失效 · revoke a key; it ends everywhere within seconds."""
    door = door_of(context)
    try:
        sought = read_ref(ref)
    except ValueError:
        door.voice.stop(Refuse(Refusal.API_KEY_UNKNOWN))
    with door.house(acting) as house:
        if refused := revoke_api_key(house, sought):
            door.voice.stop(refused)
    door.voice.say("✓ 已吊销", "✓ revoked")


def _told(key: ApiKey, now_ms: int) -> dict[str, str]:
    over = "revoked" if key.revoked_ms or key.account_closed else "expired" if now_ms >= key.until_ms else ""
    return {
        "ref": show_ref(key.ref),
        "name": key.name,
        "account": key.account.code,
        "scopes": " ".join(sorted(each.value for each in key.scopes)),
        "until": f"{moment(key.until_ms):%Y-%m-%d}",
        "state": over or ("test" if key.test else "live"),
    }
