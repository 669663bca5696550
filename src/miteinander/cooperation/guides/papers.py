"""The certificate on paper: in German and in a second language, with its QR code."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.cooperation.guides.models import Certificate
from miteinander.cooperation.guides.queries.certificates import modules_of
from miteinander.foundation.core.languages import direction
from miteinander.foundation.ui.context import read_instance
from miteinander.foundation.ui.paper import qr_code, render_pdf

GERMAN = "de"


@dataclass(frozen=True)
class CertificateText:
    """What the certificate says in one language."""

    language: str
    direction: str
    heading: str
    sentence: str
    units: str
    modules: list[str]
    signatures: tuple[str, str]
    check: str
    issued: str


def check_address(certificate: Certificate) -> str:
    """Return the short address behind the QR code."""
    return settings.SITE_URL + reverse("certificate_address", args=[certificate.number])


def certificate_text(certificate: Certificate, language: str) -> CertificateText:
    """Write the certificate in ``language``."""
    with translation.override(language):
        return CertificateText(
            language=language.partition("-")[0],
            direction=direction(language),
            heading=_("Certificate"),
            sentence=_("Took part in the basic training for integration guides."),
            units=ngettext(
                "Present for %(units)s of %(total)s teaching unit of 45 minutes.",
                "Present for %(units)s of %(total)s teaching units of 45 minutes.",
                certificate.units_total,
            ) % {"units": certificate.units, "total": certificate.units_total},
            modules=[module.name for module in modules_of(certificate)],
            signatures=(_("Signature of the organisation"), _("Signature of the trainer")),
            check=_("Is this certificate valid? Check its number here:"),
            issued=_("Issued on %(day)s") % {"day": date_format(localtime(certificate.issued_at))},
        )  # fmt: skip


def certificate_paper(certificate: Certificate) -> dict[str, Any]:
    """Return the context of the paper; a second language that is German is left out."""
    languages = [GERMAN, *([certificate.language] if certificate.language != GERMAN else [])]
    address = check_address(certificate)
    return {
        "language": GERMAN,
        "direction": "ltr",
        "name": certificate.trainee.person.name,
        "organisation": certificate.trainee.course.curriculum.organisation.name,
        "texts": [certificate_text(certificate, language) for language in languages],
        "number": certificate.grouped_number,
        "code": qr_code(address),
        "address": address.partition("://")[2],
        "instance": read_instance(),
    }


def certificate_pdf(certificate: Certificate) -> bytes:
    """Print the certificate."""
    return render_pdf("guides/paper/certificate.html", certificate_paper(certificate))
