"""Error pages and the gallery of components."""

from django.http import HttpRequest, HttpResponse


def bad_request_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("400", status=400)


def forbidden_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("403", status=403)


def not_found_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("404", status=404)


def server_error_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("500", status=500)
