"""``miteinander send_test_mail ADDRESS``: shows whether mail works."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Send one mail at once, past the queue, and say what the mail server answered."""

    help = "Send a test mail to ADDRESS and say whether the mail server took it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *_args: Any, **options: Any) -> None:
        message = EmailMessage(
            subject="miteinander: test mail",
            body=f"This mail was sent by {settings.SITE_URL} to try whether mail works.",
            to=[options["address"]],
        )
        try:
            message.send()
        except Exception as error:
            raise CommandError(
                f"The mail could not be sent: {error}. Please check EMAIL_URL and MAIL_FROM."
            ) from error
        self.stdout.write("The mail server took the mail. Please look whether it arrives.")
