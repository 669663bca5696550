"""Addresses for machines: alive, ready, figures, robots; and the front door without language."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from miteinander.web.health import readiness


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    findings = readiness()
    answer = {finding.name: "ok" if finding.is_well else "problem" for finding in findings}
    status = 200 if all(finding.is_well for finding in findings) else 503
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    given = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /*/account/", "Disallow: /*/record/", "Disallow: /demo/"]
    if settings.DEMO:
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def front_door(request: HttpRequest) -> HttpResponseRedirect:
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("web:home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
