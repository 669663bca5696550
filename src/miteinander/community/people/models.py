"""The tables of the people app: one row per human being, account or not."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.enums import AgeGroup, Background, LanguageLevel
from miteinander.community.regions.models import Region
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy

SHORT_NAME = 3  # letters before the @ of which only the first is shown to others


class PersonManager(models.Manager["Person"]):
    """Finds people for the sign-in; it creates nobody (see ``services``)."""

    def get_by_natural_key(self, email: str) -> "Person":
        """Return the person reached at ``email``."""
        return self.get(email=email.lower())


class Person(AbstractBaseUser):
    """One human being.

    Without ``account_since`` it is a guest: somebody who signed up with a name and one contact,
    or whom a coordinator or organiser wrote down. Proving the address makes the row an account.
    ``mail_failed_at`` is when a mail server said for good that it does not take mail for the
    address; a code that arrives ends it. An erased person stays as an empty row, so that counts
    and records keep their reference.
    """

    password = None  # type: ignore[assignment]  # nobody has one: codes and passkeys only
    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="inhabitants"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = models.CharField(_("telephone"), max_length=20, null=True, blank=True, unique=True)
    language = models.CharField(
        _("language for messages"), max_length=10, choices=INTERFACE_CHOICES, default="de"
    )
    background = models.CharField(
        _("background"), max_length=12, choices=Background, default=Background.UNDISCLOSED
    )
    age_group = models.CharField(
        _("age group"), max_length=12, choices=AgeGroup, default=AgeGroup.UNDISCLOSED
    )
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    mail_failed_at = models.DateTimeField(_("mail does not arrive since"), null=True, blank=True)
    account_since = models.DateTimeField(_("account since"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    privacy: ClassVar = Privacy(
        personal=(
            "municipality", "name", "email", "phone", "language", "background", "age_group",
            "last_login",
            "mail_failed_at",
        ),
        other=("id", "is_administrator", "is_active", "created_at", "account_since", "erased_at"),
        retention="people.idle",
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_account_has_address",
                condition=Q(account_since__isnull=True) | Q(email__isnull=False),
                violation_error_message=_("An account needs an e-mail address."),
            ),
            models.CheckConstraint(
                name="person_erased_is_empty",
                condition=Q(erased_at__isnull=True)
                | Q(name="", email__isnull=True, phone__isnull=True, is_active=False),
                violation_error_message=_("An erased person keeps no name and no contact."),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def has_usable_password(self) -> bool:
        """Nobody has a password, so nothing may ask for one."""
        return False

    @property
    def masked_email(self) -> str:
        """The address as others see it: enough to recognise it, too little to write to it."""
        local, at, domain = (self.email or "").partition("@")
        return f"{local[: 2 if len(local) > SHORT_NAME else 1]}…{at}{domain}" if at else ""

    @property
    def has_account(self) -> bool:
        """Whether the address was proven by a code."""
        return self.account_since is not None


class SpokenLanguage(models.Model):
    """A language somebody speaks, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spoken_languages")
    language = models.CharField(_("language"), max_length=10, choices=SPOKEN_CHOICES)
    level = models.CharField(
        _("level"), max_length=6, choices=LanguageLevel, default=LanguageLevel.B1
    )

    privacy: ClassVar = Privacy(
        personal=("person", "language", "level"), other=("id",), retention="people.idle"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"],
                name="spoken_language_once",
                violation_error_message=_("This language is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"
