"""Builds the demo district through the same services that people use."""

from datetime import date, timedelta

from miteinander.community.organisations import services as organisations
from miteinander.community.organisations.enums import MembershipRole
from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.spaces import services as spaces
from miteinander.foundation.core import clock
from miteinander.web import services
from miteinander.web.demo import ROLES, facts
from miteinander.web.demo.ages import age_of
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.door import open_kitchen
from miteinander.web.demo.facts import Row
from miteinander.web.demo.following import follow_things
from miteinander.web.demo.guides import train_guides
from miteinander.web.demo.guides_network import fill_network
from miteinander.web.demo.guides_requests import ask_for_guides
from miteinander.web.demo.guides_training import give_materials
from miteinander.web.demo.occasions import build_occasion, build_past
from miteinander.web.demo.offers import build_offers
from miteinander.web.demo.rides import share_rides
from miteinander.web.demo.school import build_school
from miteinander.web.demo.tandems import match_tandems
from miteinander.web.demo.together import invite_together, look_for_help
from miteinander.web.demo.unreachable import lose_mail

DAYS_BACK = 12
EMAIL = {role.slug: role.email for role in ROLES}
INSTANCE = {
    "name": "VIPs",
    "area": "Landkreis Kassel",
    "operator": "Erfundener Träger e. V.\nMusterweg 1\n34117 Musterstadt\n"
    "Vertreten durch: Petra Vorlage (erfunden)",
    "contact_name": "Petra Vorlage",
    "contact_phone": "+49 561 123456",
    "contact_hours": "Mo–Do 9:00–15:00",
    "contact_email": "kontakt@demo.example",
    "supervisor": "Erfundene Datenschutzbeauftragte, datenschutz@demo.example",
    "funding_notice": "Dieses Projekt wird aus Mitteln des Asyl-, Migrations- und "
    "Integrationsfonds kofinanziert.",
}


def build_demo(*, today: date) -> District:
    """Fill an empty database with the demo district, the same for the same day."""
    district = District()
    _build_house(district)
    for row in facts.people():
        district.people.append(_build_person(district, row))
    for number, row in enumerate(facts.organisations()):
        _build_organisation(district, row, number)
    _build_roles(district)
    with clock.held_at(clock.now() - timedelta(days=DAYS_BACK)):
        build_past(district, clock.today())
    for row in facts.occasions():
        build_occasion(district, row, today)
    invite_together(district, today)
    open_kitchen(district, today)
    build_offers(district)
    follow_things(district)
    share_rides(district)
    lose_mail(district, today)
    look_for_help(district, today)
    build_school(district, today)
    give_materials(train_guides(district, today))
    fill_network(district, today)
    ask_for_guides(district, today)
    match_tandems(district, today)
    return district


def _build_house(district: District) -> None:
    services.change_instance(actor=DEMO, facts=INSTANCE, district="kassel")
    district.places = {region.slug: region for region in Region.objects.all()}
    services.finish_setup(
        actor=DEMO, name="Ada Verwaltung", email=EMAIL["administrator"], language="de"
    )


def _build_person(district: District, row: Row) -> Person:
    contact = people.Contact(
        name=row["name"], email=row["email"], language=row["language"], background=row["background"]
    )
    person = people.find_or_add_guest(actor=DEMO, contact=contact)
    people.prove_address(actor=DEMO, person_id=person.pk)
    person.refresh_from_db()
    profile = people.Profile(
        name=row["name"],
        municipality=district.places[row["place"]],
        language=row["language"],
        background=row["background"],
        age_group=age_of(len(district.people)),
    )
    return people.change_profile(actor=person, person_id=person.pk, profile=profile)


def _build_organisation(district: District, row: Row, number: int) -> None:
    place = district.places[row["place"]]
    entered = organisations.OrganisationFacts(
        name=row["name"],
        kind=row["kind"],
        municipality_id=place.pk,
        website=f"https://{row['slug']}.example",
        email=f"{row['slug']}@demo.example",
    )
    organisation = organisations.enter_organisation(actor=DEMO, facts=entered)
    organisations.describe_organisation(
        actor=DEMO, organisation_id=organisation.pk, language="de", text=row["text"]
    )
    for shift, role in enumerate((MembershipRole.MANAGER, MembershipRole.MEMBER)):
        member = district.people[(number + 20 * shift) % len(district.people)]
        organisations.add_member(
            actor=DEMO, organisation_id=organisation.pk, person_id=member.pk, role=role
        )
    if not row.get("untrusted"):
        organisations.trust_organisation(actor=DEMO, organisation_id=organisation.pk)
    name, street, postcode, stop, step_free, toilet = row["venue"]
    venue = spaces.add_venue(
        actor=DEMO,
        organisation_id=organisation.pk,
        facts=spaces.VenueFacts(
            name=name, municipality_id=place.pk, street=street, postcode=postcode,
            bus_stop=stop, step_free=step_free, accessible_toilet=toilet,
        ),
    )  # fmt: skip
    district.organisations[row["slug"]] = organisation
    district.venues[row["slug"]] = venue.pk


def _build_roles(district: District) -> None:
    organisations.grant_role(
        actor=DEMO, email=EMAIL["coordinator"], region=district.places["landkreis-kassel"]
    )
