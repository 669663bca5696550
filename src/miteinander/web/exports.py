"""What a person can take along from this app (GDPR Art. 15, 20)."""

from typing import Any

from miteinander.community.people.models import Person
from miteinander.web.models import Feedback


def export_person(person: Person) -> dict[str, Any]:
    """Collect what ``person`` told about barriers under the own address."""
    told = Feedback.objects.filter(reply_to__iexact=person.email or "-").order_by("pk")
    return {
        "feedback": [
            {
                "message": feedback.message,
                "page": feedback.page,
                "reply_to": feedback.reply_to,
                "language": feedback.language,
                "sent_at": feedback.sent_at.isoformat(),
            }
            for feedback in told
        ]
    }
