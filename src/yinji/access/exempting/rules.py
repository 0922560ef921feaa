"""Who may ask and who may decide, which grounds there are, how a document is named. Pure.

Source: 《寄递服务用户个人信息安全管理规定（修订草案征求意见稿）》 article 13(3) (court summons and the like); a draft, shown as one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from yinji import law
from yinji.access.exempting.model import DOCUMENT, Exemption, ExemptionState, Ground
from yinji.access.model import Post
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal

RULES: Final = "exemption-"
"""With this begins the id of a rule that exempts."""

DOCUMENT_MAX: Final = 40

_MAY_ASK: Final = frozenset({Post.OPERATIONS, Post.COMPLIANCE})
_IN_FORCE: Final = frozenset({law.Confidence.A, law.Confidence.A_COPY, law.Confidence.B})
"""What was read, or reported, of a text in force. Whatever is less sure exempts nobody by itself."""

_COURTS: Final = "最高京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军兵铁海法"
_CASES: Final = "民刑行执破商知赔司惩特诉前调认港澳台申终初再审监抗请保异恢督催算外协他辖提强清管终仲劳商"
_DOCUMENT: Final = re.compile(
    rf"[（(〔\[【](?:19|20)[0-9]{{2}}[）)〕\]】][{_COURTS}]{{1,4}}[0-9]{{0,4}}[{_CASES}]{{1,6}}[0-9]{{1,6}}号(?:之[一二三四五六七八九十]{{1,3}})?"
)
"""A court's case number (最高人民法院《关于人民法院案件案号的若干规定》, read in practice, not cited by article): year in brackets,
court, kind of case, serial. The characters are those of courts and cases: a person's name has no place in it."""


def may_ask(actor: Actor) -> Decision:
    """Decide whether an account may ask for an exemption."""
    if actor.post in _MAY_ASK:
        return Allow((f"post {actor.post}",))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, actor.post)


def may_approve(actor: Actor, asked: Exemption, *, now_ms: int) -> Decision:
    """Decide whether an account may approve: at the compliance post, not the one who asked, while it waits."""
    if actor.post != Post.COMPLIANCE:
        return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, actor.post)
    if actor.account == asked.asked_by:
        return Refuse(Refusal.EXEMPTION_OWN)
    if asked.state is not ExemptionState.ASKED or not asked.is_open(now_ms):
        return Refuse(Refusal.EXEMPTION_ENDED)
    return Allow(("a second account",))


def may_refuse(actor: Actor, asked: Exemption, *, now_ms: int) -> Decision:
    """Decide whether an account may refuse or withdraw: compliance, and who asked, until it was used."""
    if actor.post != Post.COMPLIANCE and actor.account != asked.asked_by:
        return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, actor.post)
    if not asked.is_open(now_ms):
        return Refuse(Refusal.EXEMPTION_ENDED)
    return Allow(("open",))


def judge_ground(code: str, document: str, *, on: date, on_draft: bool) -> Ground | Refuse:
    """Return the ground that ``code`` names on a Beijing date: `DOCUMENT` with its number, or a rule that exempts.

    A rule that is only a draft, or was not read well enough, suffices only where ``on_draft`` says so, and stays shown as a draft.
    """
    named = "".join(document.split())
    if named and not is_document(named):
        return Refuse(Refusal.DOCUMENT_MALFORMED)
    if code == DOCUMENT:
        return Ground(DOCUMENT, named) if named else Refuse(Refusal.DOCUMENT_MALFORMED)
    rule = law.rule(code, on) if code.startswith(RULES) else None
    if rule is None:
        return Refuse(Refusal.EXEMPTION_GROUND_UNKNOWN)
    draft = rule.confidence not in _IN_FORCE or rule.weight is not law.Weight.BINDING
    if draft and not on_draft:
        return Refuse(Refusal.EXEMPTION_GROUND_IS_DRAFT, law.citation(rule))
    return Ground(code, named, draft)


def is_document(text: str) -> bool:
    """Tell whether ``text`` is the number of a court's case, such as （2026）沪01民初12号; no phone and no name is."""
    return len(text) <= DOCUMENT_MAX and _DOCUMENT.fullmatch(text) is not None
