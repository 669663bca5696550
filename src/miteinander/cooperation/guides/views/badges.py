"""Badges: the holder takes one along; anybody reads who issues them and what is revoked."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from miteinander.cooperation.guides import badge_keys, badges
from miteinander.cooperation.guides.queries import certificates
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import can
from miteinander.foundation.core.public import public_page

SIGNED = "application/vc+jwt"


@never_cache
@login_required
@require_GET
def badge_take(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = get_object_or_404(certificates.certificates(actor=request.user), pk=pk)
    if not can(request.user, "guides.take_badge", certificate):
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="badge.jwt"'}
    return HttpResponse(badges.badge_of(certificate), content_type=SIGNED, headers=headers)


@require_GET
@public_page
def badge_keys_document(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(badge_keys.key_document(), content_type="application/did+json")


@require_GET
@public_page
def badge_issuer(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(badges.issuer_profile())


@never_cache
@require_GET
def badge_status(_request: HttpRequest) -> HttpResponse:
    """Tell what is revoked, always as it is now."""
    text = badges.status_list(certificates.valid_keys(), clock.now())
    return HttpResponse(text, content_type=SIGNED)
