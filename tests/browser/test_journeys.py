"""The journeys people make, each in two directions, on two widths, with and without script."""

import re
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils.timezone import localtime

from tests.browser.conftest import Walker

pytestmark = [pytest.mark.browser, pytest.mark.process]

_NUMBERS = count(1)


def fresh(walker: Walker, word: str) -> str:
    """An address nobody else in the run uses."""
    script = "s" if walker.has_script else "p"
    return f"{word}-{next(_NUMBERS)}-{walker.language}{walker.width}{script}@walk.example"


def link_in(mail: str, part: str) -> str:
    """The first link in a mail whose address holds ``part``."""
    found = [link for link in re.findall(r"https?://[\w./:%?=&-]+", mail) if part in link]
    assert found, mail
    return str(found[0])


def sign_in(walker: Walker, address: str) -> None:
    walker.open("account/sign-in/")
    walker.page.locator("#page-form input[type=email]").fill(address)
    walker.submit()
    mail = walker.latest_mail(address)
    code = re.search(r"^\W*(\d{4} ?\d{4})\W*$", mail, re.MULTILINE)
    assert code, mail
    walker.page.locator("input[name=code]").fill(code[1])
    walker.submit()


def is_for_everybody(walker: Walker) -> bool:
    """Whether nobody has to say that the meeting is for them."""
    date = walker.page.url
    walker.page.goto(f"{date}sign-up/")
    is_open = not walker.page.locator("[name=is_stated], [name=may_wait], [name=answer]").count()
    walker.page.goto(date)
    return is_open


def open_first_free(walker: Walker, query: str = "") -> None:
    walker.open(f"activities/{query}")
    links = walker.page.locator(".cards .card-title a")
    for number in range(links.count()):
        walker.open(f"activities/{query}")
        walker.press(links.nth(number))
        if walker.page.locator("main a[href$='/sign-up/']").count() and is_for_everybody(walker):
            return
    raise AssertionError("no meeting with a free seat")


def test_looking_around(walker: Walker) -> None:
    walker.open("")
    walker.page.locator("form[role=search] input[name=q]").fill("Kochen")
    walker.press(walker.page.locator("form[role=search] button[type=submit]"))
    walker.expect_sound()
    assert walker.page.locator(".cards li").count() >= 1

    walker.press(walker.page.locator(".cards .card-title a").first)
    walker.expect_sound()
    walker.press(walker.page.locator("main a[href*='/organisations/']").first)
    walker.expect_sound()
    assert walker.page.locator(".cards li").count() >= 1

    walker.open("places/baunatal/")
    assert walker.page.locator(".cards li").count() >= 1
    for path in ("about/", "how-it-works/", "plain/", "privacy/", "imprint/", "contact/"):
        walker.open(path)
    assert walker.page.locator("footer .eu-emblem").count() == 1
    assert "kofinanziert" in walker.page.locator("footer").inner_text()


def test_a_guest_takes_a_seat_and_gives_it_back(walker: Walker) -> None:
    address = fresh(walker, "guest")
    open_first_free(walker)
    walker.press(walker.page.locator("main a[href$='/sign-up/']").first)
    walker.expect_sound()
    walker.submit()
    assert walker.page.locator(".error-summary a").count() >= 1
    assert ":" in walker.page.title().split("–")[0]

    walker.page.locator("input[name=name]").fill("Wanda Walker")
    walker.page.locator("input[name=email]").fill(address)
    walker.submit()
    walker.expect_sound()
    assert "/signed-up/" in walker.page.url
    assert address not in walker.page.url

    mail = walker.latest_mail(address)
    walker.page.goto(link_in(mail, "/seat/"))
    walker.expect_sound()
    walker.page.reload()
    give_back = walker.page.locator("form[action$='/give-back/'] button")
    assert give_back.count() == 1
    walker.press(give_back)
    walker.expect_sound()
    assert walker.page.locator("form[action$='/give-back/']").count() == 0


def test_an_account_by_code_and_out_again(walker: Walker) -> None:
    address = fresh(walker, "account")
    sign_in(walker, address)
    walker.open("account/profile/")
    walker.page.locator("input[name=name]").fill("Konto Walker")
    walker.submit()
    walker.expect_sound()

    open_first_free(walker)
    walker.press(walker.page.locator("main a[href$='/sign-up/']").first)
    walker.submit("main form")
    walker.open("activities/mine/")
    assert walker.page.locator("main article, main .card").count() >= 1

    walker.open("account/")
    answer = walker.context.request.get(f"{walker.base}/{walker.language}/account/data/")
    assert address in answer.text()
    walker.open("account/close/")
    walker.submit("main form")
    answer = walker.context.request.get(
        f"{walker.base}/{walker.language}/account/", max_redirects=0
    )
    assert answer.status == 302


def publish_meeting(walker: Walker, title: str, starts: datetime) -> None:
    """Go through the task list as the member of an organisation."""
    page = walker.page
    walker.open("activities/plan/new/")
    if page.locator("select[name=organisation]").count():
        page.locator("select[name=organisation]").select_option(index=1)
    page.locator("input[name=title]").fill(title)
    walker.submit()
    walker.expect_sound()
    tasks = page.url
    walker.press(page.locator("main form[action$='/publish/'] button"))
    assert page.locator("main a[href*='/contact/']").count() >= 1

    def fill(task: str) -> None:
        page.goto(f"{tasks}{task}/")
        walker.expect_sound()

    fill("words")
    topic = page.locator("select[name=topic]")
    if topic.count():
        topic.select_option("food")
    else:
        page.locator("input[name=topic][value=food]").check()
    page.locator("textarea[name=summary]").fill("Wir kochen zusammen und reden.")
    walker.submit()
    fill("dates")
    page.locator("input[name=day_0], input[name=day_1]").first.fill(starts.strftime("%Y-%m-%d"))
    page.locator("input[name=start_0], input[name=start_1]").first.fill(starts.strftime("%H:%M"))
    ends = starts + timedelta(hours=1)
    page.locator("input[name=end_0], input[name=end_1]").first.fill(ends.strftime("%H:%M"))
    place = page.locator("select[name=place]")
    if place.count():
        place.select_option(index=1)
    elif page.locator("input[name=place]").first.get_attribute("value") != "new":
        page.locator("input[name=place]").first.check()
    else:
        page.locator("input[name=place][value=online]").check()
        page.locator("input[name=online_url]").fill("https://video.example/walk")
    walker.submit()
    fill("audience")
    walker.submit()
    fill("languages")
    page.locator("input[name=languages][value=de]").check()
    walker.submit()
    fill("access")
    page.locator("input[name=cost_cents]").fill("0")
    walker.submit()
    fill("contact")
    page.locator("input[name=contact_name]").fill("Karl Muster")
    page.locator("input[name=contact_phone]").fill("0561 123456")
    walker.submit()
    fill("seats")
    page.locator("main input[type=number]").first.fill("3")
    walker.submit()
    page.goto(f"{tasks}preview/")
    walker.expect_sound()
    page.goto(tasks)
    walker.press(page.locator("main form[action$='/publish/'] button"))
    walker.expect_sound()
    assert "/publish/" not in page.url, page.locator("main").inner_text()


def soon() -> datetime:
    """A start in two hours, or tomorrow morning where that would cross midnight."""
    now = localtime()
    start = (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    if start.date() != now.date() or start.hour > 21:
        start = (now + timedelta(hours=8)).replace(minute=0, second=0, microsecond=0)
    return start


def test_a_member_publishes_and_marks_who_came(walker: Walker) -> None:
    guest = fresh(walker, "door")
    title = f"Walker {walker.language} {walker.width} {walker.has_script}"
    walker.become("member")
    publish_meeting(walker, title, soon())
    tasks = walker.page.url
    door = walker.page.locator("main a[href*='/door/']").first.get_attribute("href")
    assert door is not None
    date = re.search(r"/door/(\d+)/", door)
    assert date

    walker.become("visitor")
    walker.open(f"activities/{date[1]}/sign-up/")
    walker.page.locator("input[name=name]").fill("Türgast Walker")
    walker.page.locator("input[name=email]").fill(guest)
    walker.submit()
    assert "/signed-up/" in walker.page.url

    walker.become("member")
    walker.page.goto(walker.base + door)
    walker.expect_sound()
    row = walker.page.locator(".door-row", has_text="Türgast Walker")
    row.locator("button[value=present]").click()
    walker.page.locator(".door-row.door-present", has_text="Türgast Walker").wait_for()
    walker.page.goto(f"{walker.base}{door}new/")
    walker.page.locator("input[name=name]").fill("Spontan Walker")
    walker.submit()
    assert walker.page.locator(".door-row.door-present", has_text="Spontan Walker").count() == 1

    walker.page.goto(tasks)
    walker.press(walker.page.locator("main a[href$='/cancel/']").first)
    walker.expect_sound()
    walker.submit("main form")
    mail = walker.latest_mail(guest)
    assert "STATUS" not in mail
    walker.open(f"activities/{date[1]}/")
    assert walker.page.locator("main a[href$='/sign-up/']").count() == 0


def test_a_coordinator_invites_approves_and_hides_and_it_stands_in_the_record(
    walker: Walker,
) -> None:
    address = fresh(walker, "verein")
    name = f"Verein {next(_NUMBERS)} {walker.language} {walker.width} {walker.has_script}"
    walker.become("coordinator")
    walker.open("organisations/invite/")
    walker.page.locator("input[name=name]").fill(name)
    walker.page.locator("select[name=kind]").select_option("club")
    walker.page.locator("select[name=municipality]").select_option(label="Ahnatal")
    walker.page.locator("input[name=email]").fill(address)
    walker.page.locator("select[name=language]").select_option(walker.language)
    walker.submit()
    walker.expect_sound()

    invitation = link_in(walker.latest_mail(address), "/invitation/")
    walker.become("visitor")
    sign_in(walker, address)
    walker.page.goto(invitation)
    walker.expect_sound()
    walker.submit("main form")
    walker.expect_sound()
    publish_meeting(walker, f"Erstes Treffen von {name}", soon() + timedelta(days=9))
    tasks = walker.page.url

    walker.become("coordinator")
    walker.open("organisations/coordination/")
    assert name in walker.page.locator("main").inner_text()
    walker.page.goto(tasks)
    walker.page.goto(f"{tasks}preview/")
    walker.press(walker.page.locator("main form[action$='/approve/'] button").first)
    walker.expect_sound()
    walker.page.goto(tasks)
    walker.press(walker.page.locator("main form[action$='/hide/'] button").first)
    walker.expect_sound()

    walker.become("administrator")
    walker.open("record/")
    text = walker.page.locator("main").inner_text()
    assert "Petra Vorlage" in text
