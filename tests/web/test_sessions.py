"""People sign in: no session is fixed beforehand, none outlives its end, no other site acts in its name."""

from __future__ import annotations

import pytest

from tests.web.conftest import Site, form_token
from yinji.access.sessions.rules import form_token as token_of_form
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal

COOKIE = "yinji-session"
MINUTE_MS = 60_000


def shown(site: Site, token: str) -> int:
    """What the console answers a browser with this session."""
    site.browser.cookies = {COOKIE: token}
    return site.browser.get("/console", follow_redirects=False).status_code


def leave(site: Site, path: str) -> int:
    """Sign out, by the form; return what the console answers afterwards."""
    site.browser.post(path, data={"form_token": form_token(site.browser.get("/console").text)}, follow_redirects=False)
    return site.browser.get("/console", follow_redirects=False).status_code


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(site: Site) -> None:
    led = site.browser.get("/console", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/console/sign-in?next=/console")
    assert site.sign_in(site.opened()).headers["location"] == "/console"
    assert "officer-1" in site.browser.get("/console").text


@pytest.mark.parametrize("trap", ["//evil.example", "https://evil.example/console/", "/console/\\evil", "/console/?x=1", "/x"])
def test_after_signing_in_nobody_is_led_elsewhere(site: Site, trap: str) -> None:
    assert site.sign_in(site.opened(), next=trap).headers["location"] == "/console"


def test_a_session_planted_before_signing_in_is_worth_nothing_afterwards(site: Site) -> None:
    planted = "a" * 64
    site.browser.cookies.set(COOKIE, planted)
    answer = site.sign_in(site.opened())
    assert answer.status_code == 303
    fresh = answer.cookies[COOKIE]
    assert fresh != planted
    for token, status in ((planted, 303), (fresh, 200)):
        site.browser.cookies = {COOKIE: token}
        assert site.browser.get("/console", follow_redirects=False).status_code == status


def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    opened = site.opened()
    first = site.sign_in(opened).cookies[COOKIE]
    second = site.sign_in(opened).cookies[COOKIE]
    assert first != second
    assert site.world.house.sessions.resume(first) == Refuse(Refusal.SESSION_OVER)
    with site.world.house.data.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM access_sessions").scalar() == 1


def test_the_cookie_is_strict_and_no_script_reads_it(site: Site) -> None:
    set_cookie = site.sign_in(site.opened()).headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in set_cookie.split(";")}
    site.browser.cookies.clear()
    answer = site.browser.get("https://testserver.local/console/sign-in")
    assert answer.headers["set-cookie"].startswith("__Host-yinji-session=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_wrong_secret_is_refused_with_a_page_and_begins_no_session(site: Site) -> None:
    answer = site.sign_in(site.opened(), secret="wrong")  # noqa: S106 - no secret of anybody
    assert answer.status_code == 401
    assert "账号或密钥不对" in answer.text
    assert site.browser.get("/console", follow_redirects=False).status_code == 303


def test_a_form_without_its_token_or_with_another_sessions_changes_nothing(site: Site) -> None:
    site.sign_in(site.opened())
    for token in ("", "0" * 64, token_of_form("b" * 64)):
        answer = site.browser.post("/console/sign-out", data={"form_token": token})
        assert (answer.status_code, "461" in answer.text or "表单已失效" in answer.text) == (403, True)
    assert site.browser.get("/console").status_code == 200


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}]
)
def test_what_another_site_sends_is_refused_even_with_the_token(site: Site, headers: dict[str, str]) -> None:
    site.sign_in(site.opened())
    token = form_token(site.browser.get("/console").text)
    answer = site.browser.post("/console/sign-out", data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert site.browser.get("/console").status_code == 200


def test_signing_out_ends_one_session_and_everywhere_ends_all(site: Site) -> None:
    opened = site.opened()
    phone = site.sign_in(opened).cookies[COOKIE]
    site.browser.cookies.clear()
    site.sign_in(opened)
    assert leave(site, "/console/sign-out") == 303
    assert shown(site, phone) == 200
    assert leave(site, "/console/sign-out-everywhere") == 303
    assert shown(site, phone) == 303
    said = [each.recorded.entry for each in site.world.house.ledger.entries(site.world.house.data, limit=1_000)]
    ended = [(each.ground, each.count) for each in said if each.event is Event.SESSION_ENDED]
    assert ended == [("one", 1), ("everywhere", 1)]


def test_a_session_ends_without_requests_after_a_day_s_work_and_with_its_account(site: Site) -> None:
    opened, clock = site.opened(), site.world.clock
    site.sign_in(opened)
    clock.pass_ms(29 * MINUTE_MS)
    assert site.browser.get("/console").status_code == 200
    clock.pass_ms(29 * MINUTE_MS)
    assert site.browser.get("/console").status_code == 200, "it was seen meanwhile"
    clock.pass_ms(30 * MINUTE_MS)
    assert site.browser.get("/console", follow_redirects=False).status_code == 303
    site.sign_in(opened)
    for _ in range(12 * 60 // 20 - 1):
        clock.pass_ms(20 * MINUTE_MS)
        assert site.browser.get("/console").status_code == 200
    clock.pass_ms(20 * MINUTE_MS)
    assert site.browser.get("/console", follow_redirects=False).status_code == 303
    site.sign_in(opened)
    site.world.house.accounts.close("officer-1", actor=site.world.house.actor)
    assert site.browser.get("/console", follow_redirects=False).status_code == 303


def test_the_database_keeps_only_a_hash_of_a_token(site: Site) -> None:
    token = site.sign_in(site.opened()).cookies[COOKIE]
    with site.world.house.data.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM access_sessions").all()
    assert not any(cell in {token, bytes.fromhex(token)} for cell in row)
