"""The screens of organisations, through the client."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations import services
from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.messages import MemberInvited
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Invitation,
    Membership,
    Organisation,
)
from miteinander.community.organisations.services import Invitee
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"organisations:{name}", args=args)


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_the_list_shows_who_takes_part_and_says_what_to_do_when_empty(client: Client) -> None:
    assert "empty-state" in html(client, url("list"))
    shown, hidden = OrganisationFactory.create(), OrganisationFactory.create(status="hidden")
    page = html(client, url("list"))
    assert shown.name in page
    assert hidden.name not in page
    assert "csrfmiddlewaretoken" not in page


def test_the_list_survives_naughty_input(client: Client) -> None:
    OrganisationFactory.create()
    for query in ("\x00", "%", "a" * 10_000, "<script>", "💃", "\u202e"):
        assert client.get(url("list"), {"q": query, "page": query}).status_code == 200


def test_a_page_shows_text_and_contact_and_keeps_no_token(client: Client) -> None:
    organisation = OrganisationFactory.create(phone="+495611234", email="info@example.org")
    services.describe_organisation(
        actor=SystemActor(), organisation_id=organisation.pk, language="ar", text="نحن نطبخ"
    )
    page = html(client, url("detail", organisation.slug))
    assert "نحن نطبخ" in page
    assert 'dir="rtl"' in page
    assert "info@example.org" in page
    assert "csrfmiddlewaretoken" not in page
    assert url("edit", organisation.slug) not in page


@pytest.mark.parametrize("status", [OrganisationStatus.HIDDEN, OrganisationStatus.INVITED])
def test_a_stranger_does_not_learn_of_an_organisation_that_is_not_public(
    client: Client, status: str
) -> None:
    membership = MembershipFactory.create(organisation__status=status)
    address = url("detail", membership.organisation.slug)
    html(client, address, 404)
    html(signed_in(client, PersonFactory.create()), address, 404)
    html(signed_in(client, membership.person), address)


def test_a_manager_changes_the_page(client: Client) -> None:
    manager = ManagerFactory.create()
    organisation = manager.organisation
    address = url("edit", organisation.slug)
    assert organisation.name in html(signed_in(client, manager.person), address)
    data = {
        "name": "Neu", "kind": "museum", "municipality": organisation.municipality_id,
        "description": "Wir kochen.", "language": "de", "phone": "0561 123456",
        "website": "https://example.org/",
    }  # fmt: skip
    response = client.post(address, data)
    assert response.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == ("Neu", "museum")
    assert organisation.phone == "+49561123456"
    assert organisation.versions.get().parts == {"description": "Wir kochen."}


def test_an_error_keeps_the_input_and_changes_nothing(client: Client) -> None:
    manager = ManagerFactory.create()
    address = url("edit", manager.organisation.slug)
    response = signed_in(client, manager.person).post(
        address, {"name": "", "kind": "museum", "website": "javascript:alert(1)"}
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" in page
    assert "javascript:alert(1)" in page
    assert Organisation.objects.get().name == manager.organisation.name


@pytest.mark.parametrize("name", ["edit", "members"])
def test_only_managers_and_coordinators_open_the_management(client: Client, name: str) -> None:
    member = MembershipFactory.create()
    address = url(name, member.organisation.slug)
    html(client, address, 404)
    html(signed_in(client, member.person), address, 404)
    html(signed_in(client, ManagerFactory.create().person), address, 404)
    html(signed_in(client, CoordinatorRoleFactory.create().person), address)


def test_a_manager_invites_promotes_and_removes(client: Client) -> None:
    manager = ManagerFactory.create()
    member = MembershipFactory.create(organisation=manager.organisation)
    slug = manager.organisation.slug
    signed_in(client, manager.person)
    client.post(url("members", slug), {"email": "a@b.org", "role": "member", "language": "ar"})
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.language) == ("a@b.org", "ar")
    assert "a@b.org" in html(client, url("members", slug))
    client.post(url("change_role", slug, member.pk), {"role": "manager"})
    member.refresh_from_db()
    assert member.role == MembershipRole.MANAGER
    client.post(url("withdraw_invitation", slug, invitation.pk))
    assert not Invitation.objects.exists()
    client.post(url("remove_member", slug, manager.pk))
    assert list(Membership.objects.all()) == [member]


def test_the_last_manager_is_told_why_leaving_is_refused(client: Client) -> None:
    manager = ManagerFactory.create()
    address = url("remove_member", manager.organisation.slug, manager.pk)
    signed_in(client, manager.person)
    client.post(address)
    assert Membership.objects.filter(pk=manager.pk).exists()
    assert "notice-error" in html(client, url("members", manager.organisation.slug))


def test_members_of_another_organisation_are_out_of_reach(client: Client) -> None:
    manager, other = ManagerFactory.create(), MembershipFactory.create()
    signed_in(client, manager.person)
    slug = manager.organisation.slug
    for address in (
        url("remove_member", slug, other.pk),
        url("change_role", slug, other.pk),
        url("withdraw_invitation", slug, InvitationFactory.create().pk),
    ):
        assert client.post(address, {"role": "manager"}).status_code == 404
        assert client.get(address).status_code == 405
    assert Membership.objects.get(pk=other.pk).role == MembershipRole.MEMBER


def _token() -> str:
    manager = ManagerFactory.create()
    told: list[Any] = []
    with patch("miteinander.foundation.core.bus.publish", side_effect=told.append):
        services.invite_member(
            actor=manager.person,
            organisation_id=manager.organisation_id,
            invitee=Invitee("new@example.org", MembershipRole.MEMBER, "de"),
        )
    message: MemberInvited = told[0]
    return message.token


def test_a_visitor_sees_the_invitation_and_is_sent_through_the_sign_in(client: Client) -> None:
    address = url("invitation", _token())
    page = html(client, address)
    assert f"{reverse('account_login')}?next={address}" in page
    assert client.post(address).status_code == 200
    assert Membership.objects.count() == 1


def test_looking_twice_changes_nothing_and_pressing_accepts(client: Client) -> None:
    address = url("invitation", _token())
    person = PersonFactory.create()
    signed_in(client, person)
    html(client, address)
    html(client, address)
    assert Membership.objects.count() == 1
    assert client.post(address).status_code == 302
    assert Membership.objects.filter(person=person).exists()
    html(client, address, 404)


def test_an_unknown_link_says_what_to_do(client: Client) -> None:
    assert "14" in html(client, url("invitation", "nothing"), 404)


def test_a_coordinator_sees_the_own_area_and_hides_and_shows(client: Client) -> None:
    here, elsewhere = OrganisationFactory.create(), OrganisationFactory.create()
    person = CoordinatorRoleFactory.create(region=here.municipality).person
    page = html(signed_in(client, person), url("coordination"))
    assert here.name in page
    assert elsewhere.name not in page
    assert url("coordination") in page
    client.post(url("hide", here.slug))
    here.refresh_from_db()
    assert here.status == OrganisationStatus.HIDDEN
    client.post(url("show", here.slug))
    assert client.post(url("hide", elsewhere.slug)).status_code == 404
    assert not Organisation.objects.filter(status=OrganisationStatus.HIDDEN).exists()


@pytest.mark.parametrize("name", ["coordination", "invite", "roles"])
def test_pages_of_coordinators_are_unknown_to_others(client: Client, name: str) -> None:
    html(client, url(name), 404)
    html(signed_in(client, ManagerFactory.create().person), url(name), 404)
    html(signed_in(client, AdministratorFactory.create()), url(name))


@pytest.mark.parametrize("size", [1, 5])
def test_the_overview_takes_the_same_queries_for_any_number(
    client: Client, size: int, django_assert_max_num_queries: Any
) -> None:
    OrganisationFactory.create_batch(size)
    signed_in(client, AdministratorFactory.create())
    client.get(url("coordination"))
    with django_assert_max_num_queries(15):
        client.get(url("coordination"))


def test_a_coordinator_invites_an_organisation(client: Client) -> None:
    region = RegionFactory.create()
    signed_in(client, CoordinatorRoleFactory.create(region=region).person)
    data = {
        "name": "Turnverein", "kind": "club", "municipality": region.pk,
        "email": "tv@example.org", "language": "de",
    }  # fmt: skip
    assert client.post(url("invite"), data).status_code == 302
    assert Organisation.objects.get().status == OrganisationStatus.INVITED
    wrong = client.post(url("invite"), {**data, "municipality": RegionFactory.create().pk})
    assert wrong.status_code == 200
    assert Organisation.objects.count() == 1


def test_an_administrator_gives_and_takes_roles(client: Client) -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()
    region = RegionFactory.create()
    signed_in(client, administrator)
    data = {"email": person.email, "scope": "region", "region": region.pk}
    assert client.post(url("roles"), data).status_code == 302
    role = CoordinatorRole.objects.get()
    assert role.region == region
    assert region.name in html(client, url("roles"))
    client.post(url("revoke_role", role.pk))
    assert not CoordinatorRole.objects.exists()
    client.post(url("roles"), {"email": person.email, "scope": "administrator"})
    client.post(url("dismiss_administrator", person.pk))
    client.post(url("dismiss_administrator", administrator.pk))
    assert list(Person.objects.filter(is_administrator=True)) == [administrator]


@pytest.mark.parametrize(
    "data",
    [
        {"scope": "region"},
        {"scope": "organisation"},
        {"scope": "everywhere", "email": "nobody@example.org"},
    ],
)
def test_a_role_without_its_place_is_asked_for(client: Client, data: dict[str, str]) -> None:
    administrator = AdministratorFactory.create()
    response = signed_in(client, administrator).post(
        url("roles"), {"email": administrator.email, **data}
    )
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not CoordinatorRole.objects.exists()
