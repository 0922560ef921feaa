"""`yinji accounts`: named accounts at the posts of the node's organisation."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.access.model import Post
from yinji.doors.cli.acting import As
from yinji.doors.cli.context import door_of
from yinji.flows.name_accounts import add_account, close_account, list_accounts
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse

app = typer.Typer(help="账号 · accounts", no_args_is_help=True)

_Code = Annotated[str, typer.Argument(metavar="CODE", help="账号代码，不写姓名 · code of the account, no name")]


@app.command("add")
def add(
    context: typer.Context,
    code: _Code,
    *,
    post: Annotated[Post, typer.Option(help="岗位 · post")],
    acting: As = None,
) -> None:
    """开立账号；密钥只显示这一次 · open an account; its secret is shown this once."""
    door = door_of(context)
    with door.house(acting) as house:
        opened = add_account(house, code, post)
        if isinstance(opened, Refuse):
            door.voice.stop(opened)
    door.voice.note(
        f"✓ 已开立 {code}（{post.value}）。下面是它的密钥，交给本人，只显示这一次：",
        f"✓ {code} is open ({post.value}). Its secret, to be handed to that person, is shown this once:",
    )
    shown = opened.secret.open()
    door.voice.say(shown, shown)


@app.command("list")
def list_(context: typer.Context, *, acting: As = None, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """列出账号 · list the accounts."""
    door = door_of(context)
    with door.house(acting) as house:
        rows = [
            (
                each.named.account.code,
                each.named.account.post.value,
                f"{moment(each.named.opened_ms):%Y-%m-%d %H:%M}",
                each.opened_by,
                f"{moment(each.named.closed_ms):%Y-%m-%d %H:%M}" if each.named.closed_ms else "",
            )
            for each in list_accounts(house)
        ]
    if json:
        names = ("code", "post", "opened", "opened_by", "closed")
        door.voice.json({"accounts": [dict(zip(names, row, strict=True)) for row in rows]})
        return
    for code, post, opened, by, closed in rows:
        zh, en = (f"关闭 {closed}", f"closed {closed}") if closed else ("在用", "open")
        door.voice.say(f"{code}  {post}  {opened}  由 {by} 开立  {zh}", f"{code}  {post}  {opened}  opened by {by}  {en}")
    door.voice.note(f"{len(rows)} 个账号", f"{len(rows)} accounts")


@app.command("close")
def close(context: typer.Context, code: _Code, *, acting: As = None) -> None:
    """关闭账号：立即失去一切权限，代码不再使用 · close an account: its access ends at once, its code is not used again."""
    door = door_of(context)
    with door.house(acting) as house:
        if refused := close_account(house, code):
            door.voice.stop(refused)
    door.voice.say(f"✓ {code} 已关闭", f"✓ {code} is closed")
