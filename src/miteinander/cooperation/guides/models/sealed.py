"""What is kept sealed: contacts of a request, and the account of a guide."""

import hashlib
import hmac
from dataclasses import asdict, dataclass
from typing import Self

from django.conf import settings

from miteinander.foundation.core import sealing


@dataclass(frozen=True)
class Contacts:
    """How to reach who asks and whom it is for, where to meet, and one short plain note.

    ``person_*`` are empty when somebody asks for themself. Telephone numbers are in E.164.
    """

    name: str
    email: str = ""
    phone: str = ""
    person_name: str = ""
    person_phone: str = ""
    place: str = ""
    note: str = ""

    def sealed(self) -> str:
        """Return the text to store."""
        return sealing.seal("guides.contacts", asdict(self))

    @classmethod
    def opened(cls, sealed: str) -> Self:
        """Open stored text; raises :class:`sealing.CannotOpenError`."""
        return cls(**sealing.unseal("guides.contacts", sealed))

    @property
    def mark(self) -> str:
        """A keyed digest by which the same requester is known again, and by nobody else."""
        said = (self.email.casefold() or self.phone).encode()
        key = f"guides.requester:{settings.SECRET_KEY}".encode()
        return hmac.new(key, said, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Account:
    """A bank account: who holds it, and its IBAN without blanks (ISO 13616)."""

    holder: str
    iban: str

    def sealed(self) -> str:
        """Return the text to store."""
        return sealing.seal("guides.bank", asdict(self))

    @classmethod
    def opened(cls, sealed: str) -> Self:
        """Open stored text; raises :class:`sealing.CannotOpenError`."""
        return cls(**sealing.unseal("guides.bank", sealed))
