"""Programs sign in with keys: nothing without one, nothing beyond it, and nothing after it."""

from __future__ import annotations

from dataclasses import replace

from tests.simulators.node import LOOK, press
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.access.api_keys.rules import proof_of
from yinji.access.api_keys.service import REMEMBERED_MS
from yinji.access.model import Post
from yinji.flows.hold_api_keys import Keyed, issue_api_key, revoke_api_key, signed_in_by_key
from yinji.flows.issue_waybills import IssueRun
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal


def test_a_key_says_whose_it_is_and_how_far_it_reaches(site: Site) -> None:
    issued = site.key(Scope.WAYBILLS_READ, Scope.LABELS_PRINT)
    told = site.me(issued.text.open()).json()
    assert (told["account"], told["post"], told["test"]) == ("operator", "operations", False)
    assert told["scopes"] == ["labels:print", "waybills:read"]


def test_without_a_key_or_with_a_wrong_one_nothing_is_told(site: Site) -> None:
    for given, name in (({}, "API_KEY_MISSING"), ({"authorization": "Basic x"}, "API_KEY_MISSING")):
        answer = site.browser.get("/api/v1/me", headers=given)
        assert (answer.status_code, answer.json()["name"]) == (401, name)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    text = site.key().text.open()
    for wrong in (text[:-1], text[:-1] + ("A" if text[-1] != "A" else "B"), text.replace("live", "test"), "密钥", "x" * 5_000):
        assert (
            site.browser.get("/api/v1/me", headers={"authorization": f"Bearer {wrong}".encode()}).json()["name"]
            == "API_KEY_WRONG"
        )


def test_a_revoked_key_ends_at_once_here_and_within_seconds_elsewhere(site: Site) -> None:
    issued, other = site.key(), site.world.again()
    text = issued.text.open()
    assert isinstance(signed_in_by_key(other, text), Keyed)
    assert site.me(text).status_code == 200
    assert revoke_api_key(site.world.house, issued.key.ref) is None
    assert site.me(text).json()["name"] == "API_KEY_REVOKED"
    site.world.clock.pass_ms(REMEMBERED_MS)
    assert signed_in_by_key(other, text) == Refuse(Refusal.API_KEY_REVOKED)
    other.close()


def test_a_key_ends_on_its_day_and_with_its_account(site: Site) -> None:
    brief = site.key(days=1).text.open()
    opened = site.opened("shop-1", Post.OPERATIONS)
    own = issue_api_key(
        replace(site.world.house, account=opened.named.account), "orders", [Scope.WAYBILLS_READ], days=30, test=False
    )
    assert not isinstance(own, Refuse)
    assert site.me(own.text.open()).json()["account"] == "shop-1"
    site.world.house.accounts.close("shop-1", actor=site.world.house.actor)
    site.world.clock.pass_ms(REMEMBERED_MS)
    assert site.me(own.text.open()).json()["name"] == "API_KEY_REVOKED"
    assert site.me(brief).status_code == 200
    site.world.clock.pass_ms(86_400_000)
    assert site.me(brief).json()["name"] == "API_KEY_EXPIRED"


def test_a_courier_issues_no_key_and_nobody_one_for_another(site: Site) -> None:
    courier = site.world.as_(Post.COURIER)
    refused = issue_api_key(courier, "orders", [Scope.WAYBILLS_READ], days=30, test=False)
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.ACCOUNT_NOT_ALLOWED
    house, officer = site.world.house, site.opened().named.account
    other = house.api_keys.issue(officer, "orders", [Scope.WAYBILLS_READ], days=30, test=False, actor=house.actor)
    assert isinstance(other, Refuse)
    for name, scopes, days in (("张三", [Scope.WAYBILLS_READ], 30), ("orders", [], 30), ("orders", [Scope.WAYBILLS_READ], 366)):
        answer = issue_api_key(house, name, scopes, days=days, test=False)
        assert isinstance(answer, Refuse)
        assert answer.code is Refusal.API_KEY_MALFORMED


def test_what_a_test_key_issues_is_a_specimen(site: Site) -> None:
    keyed = signed_in_by_key(site.world.house, site.key(Scope.WAYBILLS_ISSUE, test=True).text.open())
    assert isinstance(keyed, Keyed)
    run = IssueRun(keyed.house, press(), merchant="M", look=LOOK)
    (label,) = run.issue([site.world.order("T-1")]).labels
    assert run.specimen
    found = site.world.house.register.find(site.world.house.node.org, label.number)
    assert not isinstance(found, Refuse)
    assert found.specimen


def test_the_database_keeps_only_a_hash_of_a_key(site: Site) -> None:
    text = site.key().text.open()
    with site.world.house.data.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM access_api_keys").all()
    assert proof_of(text) in row
    assert not any(text in str(cell) for cell in row)
