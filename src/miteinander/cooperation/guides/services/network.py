"""The network: who guides, what coordinators need to know of them, pauses, and leaving."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import (
    AssignmentTopic,
    FigureKey,
    GuideStatus,
    LeaveReason,
    MeetingWay,
)
from miteinander.cooperation.guides.messages import PapersEnd
from miteinander.cooperation.guides.models import Guide, GuideLanguage
from miteinander.cooperation.guides.permissions import can_see_guide
from miteinander.cooperation.guides.queries.figures import figure_on
from miteinander.cooperation.guides.queries.network import (
    first_place,
    future_guides,
    papers_that_end,
)
from miteinander.cooperation.guides.services.releasing import release_guide
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import Actor, require

YEAR = timedelta(days=365)
MOST_LANGUAGES = 8
REMINDED_DAYS = (60, 14)
SEEN = ("confidentiality_on", "duties_told_on", "police_inspected_on", "certificate_seen_on")
LONGEST_PAUSE = 2 * YEAR


@dataclass(frozen=True)
class Profile:
    """What a guide offers: languages with level, areas and municipality by key, keys of enums."""

    languages: tuple[tuple[str, str], ...]
    municipality_id: int
    areas: tuple[int, ...]
    topics: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    ways: tuple[str, ...] = tuple(MeetingWay.values)
    times: int = 0
    has_relay: bool = True


@dataclass(frozen=True)
class Documents:
    """Facts about papers that were seen, never the papers; ``None`` where there is none."""

    confidentiality_on: date | None = None
    duties_told_on: date | None = None
    police_inspected_on: date | None = None
    police_valid_until: date | None = None
    certificate_seen_on: date | None = None
    is_lead: bool = False


@transaction.atomic
def add_guide(*, actor: Actor, person_id: int) -> Guide:
    """Take somebody into the network: who holds a valid certificate, or was found suitable.

    What they offer begins with what is known: the own language and municipality. Somebody who
    had left comes back with what was known before.

    Raises:
        ValidationError: the person is none of those, or is in the network already.
    """
    candidate = future_guides(actor=actor).filter(pk=person_id).first()
    place = first_place(candidate) if candidate else None
    if place is None:
        raise ValidationError(_("Choose a person from the list."), code="unknown_person")
    require(actor, "guides.add_guide", place)
    now = clock.now()
    known = Guide.objects.select_for_update().filter(person_id=person_id).first()
    if known is not None:
        known.status, known.left_on, known.left_reason = GuideStatus.ACTIVE, None, ""
        known.changed_at = now
        known.save(update_fields=["status", "left_on", "left_reason", "changed_at"])
        guide = known
    else:
        guide = Guide.objects.create(
            person_id=person_id, municipality_id=place,
            ways=list(MeetingWay.values), joined_at=now, changed_at=now,
        )  # fmt: skip
        guide.areas.add(place)
    audit.record(actor=actor, verb="guides.add_guide", obj=guide)
    return guide


def _held(actor: Actor, guide_id: int) -> Guide:
    """Hold a guide; who may not know of it finds none."""
    rows = Guide.objects.select_for_update(of=("self",)).select_related("municipality")
    guide = rows.get(pk=guide_id)
    if not can_see_guide(actor, guide):
        raise Guide.DoesNotExist
    return guide


@transaction.atomic
def change_guide(*, actor: Actor, guide_id: int, profile: Profile) -> Guide:
    """Say what a guide offers; the guide and coordinators write the same.

    Raises:
        ValidationError: no language, no area, an unknown word, or a topic both wanted and not.
    """
    guide = _held(actor, guide_id)
    require(actor, "guides.change_guide", guide)
    _check(profile)
    guide.municipality_id = profile.municipality_id
    guide.topics, guide.unwanted = list(profile.topics), list(profile.unwanted)
    guide.ways, guide.times, guide.changed_at = list(profile.ways), profile.times, clock.now()
    guide.has_relay = profile.has_relay
    guide.save(
        update_fields=[
            "municipality", "topics", "unwanted", "ways", "times", "has_relay", "changed_at",
        ]
    )  # fmt: skip
    guide.areas.set(profile.areas)
    guide.languages.all().delete()
    GuideLanguage.objects.bulk_create(
        GuideLanguage(guide=guide, code=code, level=level) for code, level in profile.languages
    )
    audit.record(actor=actor, verb="guides.change_guide", obj=guide)
    return guide


def _check(profile: Profile) -> None:
    codes = [code for code, _level in profile.languages]
    if not codes or len(codes) > MOST_LANGUAGES or not set(codes) <= set(SPOKEN):
        raise ValidationError(_("Choose at least one language."), code="no_language")
    if len(set(codes)) < len(codes):
        raise ValidationError(_("Each language once."), code="language_twice")
    wanted = {*profile.areas, profile.municipality_id}
    if not profile.areas or Region.objects.filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError(_("Choose at least one municipality."), code="no_area")
    if not profile.ways or not set(profile.ways) <= set(MeetingWay.values):
        raise ValidationError(_("Choose how you can be met."), code="no_way")
    if not {*profile.topics, *profile.unwanted} <= set(AssignmentTopic.values):
        raise ValidationError(_("Choose from the list."), code="unknown_topic")
    if set(profile.topics) & set(profile.unwanted):
        raise ValidationError(
            _("A topic is chosen as wanted and as not wanted. Choose one."), code="both"
        )


@transaction.atomic
def note_documents(*, actor: Actor, guide_id: int, documents: Documents) -> Guide:
    """Note which papers were seen and when; coordinators only, never the papers themselves.

    § 72a SGB VIII asks to inspect the police certificate, and § 72a(5) to keep no more than the
    fact and its day. Without an end it is to be inspected again after ``POLICE_YEARS``.

    Raises:
        ValidationError: a day lies in the future, or the certificate ends before it was seen.
    """
    guide = _held(actor, guide_id)
    require(actor, "guides.note_documents", guide)
    today = clock.today()
    seen = [getattr(documents, name) for name in SEEN]
    if any(day and day > today for day in seen):
        raise ValidationError(_("This day is in the future."), code="future")
    until = _police_until(documents)
    if documents.police_inspected_on != guide.police_inspected_on:
        guide.police_inspected_by_id = actor.pk if documents.police_inspected_on else None
    for name in SEEN:
        setattr(guide, name, getattr(documents, name))
    guide.police_valid_until, guide.is_lead = until, documents.is_lead
    guide.changed_at = clock.now()
    guide.save(
        update_fields=[
            *SEEN, "police_inspected_by",
            "police_valid_until", "is_lead", "changed_at",
        ]
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.note_documents", obj=guide)
    return guide


def _police_until(documents: Documents) -> date | None:
    begun, until = documents.police_inspected_on, documents.police_valid_until
    if begun is None:
        if until:
            raise ValidationError(
                _("Enter the day the police certificate was inspected."), code="not_inspected"
            )
        return None
    if until is None:
        years = figure_on(FigureKey.POLICE_YEARS, begun)
        return begun + int(years) * YEAR if years else None
    if until < begun:
        raise ValidationError(
            _("The certificate ends before it was inspected."), code="ends_before"
        )
    return until


@transaction.atomic
def pause_guide(
    *, actor: Actor, guide_id: int, begins: date | None, ends: date | None = None
) -> Guide:
    """Pause a guide, who is not asked meanwhile; without ``begins`` a pause is over.

    Raises:
        ValidationError: the end lies before the begin, or in the past, or years away.
    """
    guide = _held(actor, guide_id)
    require(actor, "guides.change_guide", guide)
    if begins is not None and ends is not None and ends < begins:
        raise ValidationError(
            _("The end of the pause must not be before its begin."), code="ends_before"
        )
    if begins is not None and ends is not None and ends < clock.today():
        raise ValidationError(_("This pause is over already."), code="past")
    if begins is not None and begins > clock.today() + LONGEST_PAUSE:
        raise ValidationError(_("Check the year of this day."), code="far")
    guide.paused_from, guide.paused_until = begins, ends if begins else None
    guide.changed_at = clock.now()
    guide.save(update_fields=["paused_from", "paused_until", "changed_at"])
    audit.record(actor=actor, verb="guides.pause_guide", obj=guide)
    return guide


@transaction.atomic
def leave_network(*, actor: Actor, guide_id: int, reason: str) -> Guide:
    """Let a guide leave, by themself or by a coordinator; a second time nothing happens.

    Others are asked for what the guide was asked for or had agreed to.

    Raises:
        ValidationError: the reason is not one of the list.
    """
    known = Guide.objects.select_related("municipality").get(pk=guide_id)
    if not can_see_guide(actor, known):
        raise Guide.DoesNotExist
    require(actor, "guides.change_guide", known)
    if reason not in LeaveReason.values:
        raise ValidationError(_("Choose from the list."), code="unknown_reason")
    release_guide(guide_id)
    guide = _held(actor, guide_id)
    if guide.status == GuideStatus.LEFT:
        return guide
    guide.status, guide.left_on, guide.left_reason = GuideStatus.LEFT, clock.today(), reason
    guide.changed_at = clock.now()
    guide.save(update_fields=["status", "left_on", "left_reason", "changed_at"])
    audit.record(actor=actor, verb="guides.leave_network", obj=guide, details={"reason": reason})
    return guide


@transaction.atomic
def open_guide_contact(*, actor: Actor, guide_id: int) -> Guide:
    """Fetch how to reach a guide; every look is recorded."""
    guide = _held(actor, guide_id)
    require(actor, "guides.open_guide_contact", guide)
    audit.record(actor=actor, verb="guides.open_guide_contact", obj=guide)
    return Guide.objects.select_related("person").get(pk=guide.pk)


def remind_of_papers(*, actor: Actor, now: datetime) -> None:
    """Publish ``PapersEnd`` for police certificates that end within 60 and within 14 days.

    Whoever hears of it tells each person once for each of the two.
    """
    require(actor, "guides.forget")
    for days in REMINDED_DAYS:
        for guide in papers_that_end(now, days):
            bus.publish(PapersEnd(guide_id=guide.pk, days=days))
