"""The tables of the notifications app."""

from miteinander.outward.notifications.models.devices import Device, Note
from miteinander.outward.notifications.models.following import Follow, FollowRequest, NewDate
from miteinander.outward.notifications.models.letters import Letter, MailWishes
from miteinander.outward.notifications.models.messages import PeopleMessage

__all__ = [
    "Device",
    "Follow",
    "FollowRequest",
    "Letter",
    "MailWishes",
    "NewDate",
    "Note",
    "PeopleMessage",
]
