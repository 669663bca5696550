"""The URL map: one line per app."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from miteinander.encounters.activities.views.arrival import address_of_code
from miteinander.encounters.activities.views.paper import short_address
from miteinander.outward.notifications.views.devices import push_worker

urlpatterns = [
    path("", include("miteinander.web.urls_technical")),
    path("", include("miteinander.outward.exchange.urls_keyed")),
    path("k/<str:code>/", short_address, name="short_address"),
    path("push-worker.js", push_worker, name="push_worker"),
    path("in/<str:code>/", address_of_code, {"name": "activities:check_in"}, "check_in_address"),
    path("room/<str:code>/", address_of_code, {"name": "activities:room"}, "room_address"),
    path("c/<str:code>/", address_of_code, {"name": "guides:checked"}, "certificate_address"),
    path("badges/", include("miteinander.cooperation.guides.urls_badges")),
    *i18n_patterns(
        path("", include("miteinander.web.urls")),
        path("account/", include("miteinander.community.people.urls_sign_in")),
        path("account/", include("miteinander.community.people.urls")),
        path("people/", include("miteinander.community.people.urls_oversight")),
        path("places/", include("miteinander.community.regions.urls")),
        path("organisations/", include("miteinander.community.organisations.urls")),
        path("activities/", include("miteinander.encounters.activities.urls")),
        path("guides/", include("miteinander.cooperation.guides.urls")),
        path("tandems/", include("miteinander.cooperation.tandems.urls")),
        path("calendar/", include("miteinander.outward.exchange.urls")),
        path("messages/", include("miteinander.outward.notifications.urls")),
        path("record/", include("miteinander.foundation.audit.urls")),
        path("gallery/", include("miteinander.foundation.ui.urls")),
    ),
]

handler400 = "miteinander.foundation.ui.views.bad_request_page"
handler403 = "miteinander.foundation.ui.views.forbidden_page"
handler404 = "miteinander.foundation.ui.views.not_found_page"
handler429 = "miteinander.foundation.ui.views.too_many_page"
handler500 = "miteinander.foundation.ui.views.server_error_page"
