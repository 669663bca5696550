"""A note about each signed-in device, once a day, so that its owner can see and close it."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from miteinander.foundation.core import clock

Handler = Callable[[HttpRequest], HttpResponse]
NOTED_ON = "device_noted_on"


def note_device(get_response: Handler) -> Handler:
    """Note the device of a session when it is first seen on a day; other requests cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        today = clock.today().isoformat()
        if request.user.is_authenticated and request.session.get(NOTED_ON) != today:
            request.session[NOTED_ON] = today
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware
