"""What is private is seen by nobody it is not meant for: marked words in every private field.

``world.py`` puts a word of its own into each; here everybody walks through every address, every
link found there, every export, feed, calendar file and search, and every mail is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import SignUpWay
from miteinander.encounters.activities.services import dates, seats
from miteinander.foundation.core.permissions import SystemActor
from tests.matrix import GUIDES, MATRIX, ROLES, who_walks
from tests.naughty import read_page
from tests.world import Arguments, World, secret, undone

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
OURS = {"member", "manager", "coordinator", "administrator"}
LEADERS = {"manager", "coordinator", "administrator"}
PLANNERS = {"coordinator", "administrator"}
NOBODY: set[str] = set()
WANDERERS = (
    "anonymous", "deactivated", "other participant", "member of another",
    "coordinator elsewhere", "participant", "member", "coordinator", "guide", "other guide",
    "payer",
)  # fmt: skip
CONTACT = ("requester-name", "requester-mail", "guided-name", "meeting-place", "request-note")
MOST_PAGES = 1600
STATIC = re.compile(r"/(static|media)/|\.(css|js|svg|png)$")


@dataclass(frozen=True)
class Canary:
    """A marked word and the roles that may see it."""

    word: str
    seen_by: set[str]


def canaries(world: World) -> list[Canary]:
    """List every private word there is and who may read it."""
    found = [
        Canary(secret("participant-name"), {"participant"} | OURS),
        Canary(secret("participant-mail"), {"participant"}),
        Canary("900900", {"participant"}),
        Canary(secret("guest-name"), OURS),
        Canary(secret("guest-mail"), NOBODY),
        Canary("900911", NOBODY),
        Canary(secret("poll-name"), NOBODY),
        Canary(secret("poll-mail"), NOBODY),
        Canary("900922", NOBODY),
        Canary(secret("poll-token"), NOBODY),
        Canary(secret("own-token"), {"participant"}),
        Canary(secret("guest-token"), NOBODY),
        Canary(secret("driver-name"), OURS),
        Canary(secret("driver-mail"), NOBODY),
        Canary("900944", NOBODY),
        Canary(secret("driver-token"), NOBODY),
        Canary(secret("driver-ride"), NOBODY),
        Canary(secret("driver-meets"), NOBODY),
        Canary(secret("own-ride"), {"participant"}),
        Canary(secret("interest-name"), PLANNERS),
        Canary(secret("interest-mail"), NOBODY),
        Canary("900955", NOBODY),
        Canary(secret("interest-token"), NOBODY),
        Canary(secret("guide-name"), {"guide"} | PLANNERS),
        Canary(secret("guide-mail"), {"guide"}),
        *(
            Canary(word, NOBODY)
            for word in (
                secret("requester-name"),
                secret("requester-mail"),
                "900966",
                secret("guided-name"),
                "900977",
                secret("meeting-place"),
                secret("request-note"),
                secret("waiting-name"),
                secret("waiting-mail"),
                secret("request-token"),
                secret("waiting-token"),
            )
        ),
        Canary(secret("account-holder"), {"guide"}),
        Canary("DE02120300000000202051", {"guide"}),
        Canary(secret("ask-token"), {"guide"}),
        Canary(secret("mate-of-tandem-name"), {"participant"} | PLANNERS),
        Canary(secret("mate-of-tandem-mail"), NOBODY),
        Canary(secret("tandem-words"), {"participant"}),
        Canary(secret("mate-token"), NOBODY),
        Canary(secret("check-token"), {"participant"}),
        Canary(secret("proposed-name"), PLANNERS),
        Canary(secret("proposed-mail"), NOBODY),
        Canary(secret("asked-token"), {"other participant"}),
        Canary(secret("suggested-name"), PLANNERS),
        Canary(secret("suggested-mail"), NOBODY),
        Canary(secret("own-join"), {"participant"} | OURS),
        Canary(secret("mate-name"), {"member"} | LEADERS),
        Canary(secret("mate-mail"), {"member"}),
        Canary(secret("invited-mail"), LEADERS),
        Canary(secret("invitation-token"), NOBODY),
        Canary(secret("feedback"), NOBODY),
        Canary(secret("letter"), NOBODY),
        Canary(secret("calendar-key"), {"participant"}),
        Canary(secret("device"), {"participant"}),
        Canary("192.0.2.99", {"participant"}),
        Canary(secret("session"), NOBODY),
        Canary(secret("audit-label"), {"administrator"}),
        Canary(secret("audit-details"), NOBODY),
        Canary(secret("hidden-organisation"), PLANNERS),
    ]
    for scene, arguments in world.scenes.items():
        mark = arguments["mark"]
        planners = OURS if scene.startswith("own ") else PLANNERS
        insiders = GUIDES if scene == "own for guides" else NOBODY
        found.append(Canary(secret(f"{mark}-question"), planners))
        found += [
            Canary(secret(f"{mark}-{part}"), planners | insiders)
            for part in (
                "title", "summary", "description", "way_there", "contact", "mail", "venue",
                "street",
            )
        ]  # fmt: skip
        is_hidden = scene == "hidden organisation"
        at_the_door = NOBODY if is_hidden else planners
        found.append(Canary(secret(f"{mark}-poll"), planners if "draft" in scene else NOBODY))
        found += [Canary(secret(f"{mark}-{part}"), at_the_door) for part in ("join", "guest")]
        found += [Canary(secret(f"{mark}-{part}"), NOBODY) for part in ("inbox", "token")]
    return found


def starting_points(world: World) -> list[str]:
    """Return every address that can be looked at, of our things and of every other scene.

    The secret address of a seat or a ride is no such point: whoever may know it finds the link.
    """
    hidden: Arguments = {
        "token": "unknown", "answer_token": "unknown", "ride": "unknown",
        "interest_token": "unknown", "request_token": "unknown", "ask_token": "unknown",
        "member_token": "unknown", "check_token": "unknown",
    }  # fmt: skip
    scenes = [hidden, *(scene | hidden for scene in world.scenes.values())]
    names = [name for name in sorted(MATRIX) if "GET" in MATRIX[name].methods]
    points = [world.address(name, scene) for scene in scenes for name in names]
    search = reverse("activities:list")
    points += [f"{search}?q={word.word}" for word in canaries(world) if "title" in word.word]
    points += [f"{reverse('organisations:list')}?q={secret('hidden-organisation')}"]
    return list(dict.fromkeys(points))


def links_in(answer: HttpResponse, address: str) -> set[str]:
    """Find the addresses of this site a page leads to; other languages show the same."""
    if "Location" in answer.headers:
        found = {answer["Location"]}
    elif "html" in answer.headers.get("Content-Type", ""):
        found = read_page(answer.content.decode(), address).links
    else:
        return set()
    whole = {urlsplit(urljoin(f"http://testserver{address}", link)) for link in found}
    return {
        part.path
        for part in whole
        if part.netloc == "testserver"
        and part.path.startswith(("/de/", "/my-calendar/"))
        and not STATIC.search(part.path)
    }


def text_of(answer: HttpResponse, address: str) -> str:
    """Return what can be read in an answer, without what the asker put into the address."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode(errors="replace").replace("\r\n ", "") + answer.get("Location", "")
    _path, _mark, typed = address.partition("?q=")
    return re.sub(rf"(q=|value=\"|“){typed}", "", text) if typed else text


def walk(world: World, role: str) -> dict[str, str]:
    """Go everywhere and return what was read at each address."""
    waiting, read = starting_points(world), dict[str, str]()
    while waiting:
        address = waiting.pop(0)
        answer = world.send(address, role)
        read[address] = text_of(answer, address)
        waiting += sorted(links_in(answer, address) - set(read) - set(waiting))
        assert len(read) < MOST_PAGES, waiting[:10]
    return read


def leaks(world: World, role: str, read: dict[str, str]) -> list[str]:
    """Find what ``role`` has read and may not know."""
    return [
        f"{canary.word} at {address}"
        for canary in canaries(world)
        if role not in canary.seen_by
        for address, text in read.items()
        if canary.word in text or canary.word in text.replace(" ", "").replace("\u00a0", "")
    ]


@pytest.mark.parametrize(
    "role", who_walks(WANDERERS, ("coordinator elsewhere", "guide", "participant"))
)
def test_nobody_sees_what_is_not_meant_for_them(world: World, role: str) -> None:
    assert leaks(world, role, walk(world, role)) == []


def test_only_the_guide_who_said_yes_and_coordinators_ever_open_a_contact(world: World) -> None:
    """Contacts open by POST, which nobody who wanders does: here everybody sends everything."""
    marks = [secret(word) for word in CONTACT]
    opened = set()
    for name, row in MATRIX.items():
        if not name.startswith("guides:") or "POST" not in row.methods.split():
            continue
        for role in sorted(ROLES):
            answer = world.send(world.address(name), role, "POST")
            if any(mark in text_of(answer, name) for mark in marks):
                opened.add((name, role))
    assert opened == {
        ("guides:assignment_contact", "guide"),
        ("guides:request_contact", "coordinator"),
        ("guides:request_contact", "administrator"),
    }


def test_the_walk_does_see_what_is_meant_for_somebody(world: World) -> None:
    """Without this the walk might see nothing at all."""
    read = walk(world, "administrator")
    whole = "".join(read.values())
    unseen = [
        canary.word
        for canary in canaries(world)
        if "administrator" in canary.seen_by and canary.word not in whole
    ]
    assert not unseen, unseen
    assert leaks(world, "administrator", read) == []


def test_no_mail_tells_of_somebody_else(world: World, run_jobs: Callable[[], int]) -> None:
    member = world.people["member"]
    assert member is not None
    with undone():
        for number in range(3):
            person = Person.objects.create(
                name=f"kanarie-n{number}", email=f"kanarie-m{number}@example.org", language="de"
            )
            seats.sign_up(
                actor=SystemActor("test"), date_id=world.date.pk, person_id=person.pk,
                language="de", way=SignUpWay.GUEST,
            )  # fmt: skip
        run_jobs()
        dates.cancel_date(actor=member, date_id=world.date.pk)
        run_jobs()
        letters = list(mail.outbox)
    assert len(letters) >= 8
    for letter in letters:
        text = str(letter.message())
        own = re.findall(r"kanarie-m(\d)", str(letter.to))
        assert set(re.findall(r"kanarie-[mn](\d)", text)) <= set(own)
        if letter.to != [f"{secret('guest-mail')}@example.org"]:
            assert secret("guest") not in text
        assert len(letter.recipients()) == 1
