import re

import pytest
from django import forms
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from miteinander.foundation.core.languages import INTERFACE, OWN_NAMES, RTL_LANGUAGES, direction
from miteinander.foundation.core.models import Instance
from miteinander.foundation.ui import navigation, views
from miteinander.foundation.ui.context import address_in, page_context
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.tests.forms_for_tests import EveryKindForm


@pytest.mark.django_db
@pytest.mark.parametrize("language", INTERFACE)
def test_a_page_names_its_language_and_direction(client: Client, language: str) -> None:
    page = client.get(f"/{language}/gallery/").content.decode()

    way = "rtl" if language in {"ar", "fa"} else "ltr"
    assert re.search(rf'<html lang="{language}"\s+dir="{way}"', page)
    assert f"<span>{OWN_NAMES[language]}</span>" in page
    assert len(re.findall("<h1", page)) == 1


def test_the_list_of_right_to_left_languages_has_no_typing_mistake() -> None:
    assert {"ar", "fa", "prs", "ps", "ckb", "ur", "he"} == RTL_LANGUAGES
    assert {code for code in OWN_NAMES if direction(code) == "rtl"} == {
        code for code, name in OWN_NAMES.items() if re.search("[\u0590-\u08ff]", name)
    }


@pytest.mark.django_db
def test_a_visitor_gets_no_cookie_no_token_and_one_query(
    client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        response = client.get("/de/gallery/")

    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert response["X-Public-Page"] == "1"


@pytest.mark.django_db
def test_the_switcher_keeps_page_and_query(client: Client) -> None:
    page = client.get("/de/gallery/?theme=dark&dir=rtl").content.decode()

    assert 'href="/ar/gallery/?theme=dark&amp;dir=rtl"' in page
    assert 'data-theme="dark"' in page
    assert re.search(r'dir="rtl"\s+data-theme', page)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/de/a/b/?q=1", "/fa/a/b/?q=1"),
        ("/de-simple/", "/fa/"),
        ("/feed/abc/", "/fa/"),
        ("//evil.example/de/", "/fa/"),
        ("/de//evil.example/", "/fa//evil.example/"),
    ],
)
def test_addresses_in_another_language_stay_on_this_site(path: str, address: str) -> None:
    request = RequestFactory().get("/")
    request.path, _mark, query = path.partition("?")
    request.META["QUERY_STRING"] = query

    assert address_in(request, "fa") == address


@pytest.mark.django_db
def test_the_switcher_of_a_form_page_sends_the_form(rf: RequestFactory) -> None:
    request = rf.get("/de/gallery/")
    form = bound(EveryKindForm, request)

    page = render_to_string("ui/form_page.html", {"form": form}, request=None)
    with_form = re.findall(r'<button[^>]*name="_switch"[^>]*>', page)

    assert len(with_form) == len(INTERFACE)
    assert all('form="page-form"' in one and "formnovalidate" in one for one in with_form)


@pytest.mark.django_db
def test_the_title_begins_with_error_when_the_form_is_wrong() -> None:
    wrong = render_to_string("ui/form_page.html", {"form": EveryKindForm({})})
    right = render_to_string("ui/form_page.html", {"form": EveryKindForm()})

    title = re.search("<title>(.*?)</title>", right, re.DOTALL)
    assert title is not None
    prefix = re.search("<title>(.*?)</title>", wrong, re.DOTALL)
    assert prefix is not None
    assert len(prefix[1]) > len(title[1])


@pytest.mark.django_db
def test_the_footer_names_a_person_to_call_and_the_funding(client: Client) -> None:
    Instance.objects.create(
        name="VIPs",
        contact_phone="+49561123456",
        contact_hours="Mo–Do 9:00–15:00",
        funding_notice="Kofinanziert von der Europäischen Union.",
    )

    page = client.get("/ar/gallery/").content.decode()

    assert 'href="tel:+49561123456"' in page
    assert "Mo–Do 9:00–15:00" in page
    assert '<p lang="de" dir="ltr">Kofinanziert von der Europäischen Union.</p>' in page
    assert 'class="eu-emblem"' in page


@pytest.mark.django_db
def test_a_missing_page_says_so_in_the_language_of_its_address(client: Client) -> None:
    response = client.get("/ar/no-such-page/")

    assert response.status_code == 404
    assert 'lang="ar"' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_page_that_says_what_to_do() -> None:
    response = views.stale_form_page(RequestFactory().post("/de/"))

    assert response.status_code == 403
    assert b'id="main"' in response.content


def test_the_page_for_our_own_faults_needs_no_database() -> None:
    response = views.server_error_page(RequestFactory().get("/de/"))

    assert response.status_code == 500
    assert b'id="main"' in response.content


def test_the_page_for_our_own_faults_needs_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> str:
        raise OSError

    monkeypatch.setattr(views, "render_to_string", broken)

    response = views.server_error_page(RequestFactory().get("/de/"))

    assert response.status_code == 500
    assert b"<h1>" in response.content


def test_no_page_shows_another_house_when_the_database_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Instance.objects, "order_by", broken)
    request = RequestFactory().get("/de/")

    with pytest.raises(OperationalError):
        str(page_context(request)["instance"].name)
    assert b"miteinander" in views.server_error_page(request).content


def test_the_header_shows_at_most_four_entries_and_the_longest_match(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = {
        str(number): navigation.NavItem(number, f"Entry {number}", "ui:gallery")
        for number in range(6)
    }
    items["missing"] = navigation.NavItem(-1, "Switched off", "no:such")
    items["hidden"] = navigation.NavItem(-1, "Hidden", "ui:gallery", shown=lambda _request: False)
    monkeypatch.setattr(navigation, "_HEADER", items)

    links = navigation.header_links(RequestFactory().get(reverse("ui:gallery")))

    assert [link.label for link in links] == [f"Entry {number}" for number in range(4)]
    assert all(link.is_current for link in links)


def test_every_registered_link_leads_somewhere() -> None:
    header = [item.url_name for item in navigation.header_items()]
    footer = [item.url_name for item in navigation.footer_items()]
    for url_name in [*header, *footer]:
        assert reverse(url_name)


def test_the_home_page_is_current_only_on_itself() -> None:
    addresses = ["/de/", "/de/activities/", "/de/activities/mine/"]

    assert navigation._current("/de/", addresses) == "/de/"  # noqa: SLF001
    assert navigation._current("/de/activities/mine/3/", addresses) == addresses[2]  # noqa: SLF001
    assert navigation._current("/de/about/", addresses) == ""  # noqa: SLF001


def test_forms_without_the_helper_do_not_offer_to_keep_input() -> None:
    page = render_to_string("ui/base.html", {"form": forms.Form()})

    assert "_switch" not in page
