"""Holding rows: always the tandem before its people, so that no two steps wait for each other."""

from itertools import combinations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import TandemStatus
from miteinander.cooperation.tandems.models import Apart, Seeker, Tandem, TandemMember
from miteinander.foundation.core import clock

LIVE = (TandemStatus.PROPOSED, TandemStatus.ACTIVE, TandemStatus.PAUSED)
MEETING = (TandemStatus.ACTIVE, TandemStatus.PAUSED)


def held_tandem(tandem_id: int) -> Tandem:
    """Hold a tandem; the caller checks who acts."""
    return Tandem.objects.select_for_update(of=("self",)).select_related("venue").get(pk=tandem_id)


def held_member(member_id: int) -> TandemMember:
    """Hold the tandem of a member, and return the member with it."""
    found = TandemMember.objects.values_list("tandem_id", flat=True).get(pk=member_id)
    tandem = held_tandem(found)
    member = TandemMember.objects.select_related("seeker__person").get(pk=member_id)
    member.tandem = tandem
    return member


def held_seekers(tandem: Tandem) -> list[Seeker]:
    """Hold the people of a tandem, in the order of their keys; the caller holds the tandem."""
    rows = Seeker.objects.select_for_update(of=("self",)).filter(memberships__tandem=tandem)
    return list(rows.select_related("person", "municipality").order_by("pk"))


def must_be_meeting(tandem: Tandem) -> None:
    """Refuse a step on a tandem that is over, or that not everybody has said yes to.

    Raises:
        ValidationError: with the code ``over``.
    """
    if tandem.status not in MEETING:
        raise ValidationError(_("This tandem has ended."), code="over")


def keep_apart(tandem: Tandem) -> None:
    """Write that no two people of a tandem are brought together again."""
    keys = sorted(tandem.members.values_list("seeker_id", flat=True))
    Apart.objects.bulk_create(
        [Apart(one_id=one, other_id=other, said_at=clock.now())
         for one, other in combinations(keys, 2)],
        ignore_conflicts=True,
    )  # fmt: skip
