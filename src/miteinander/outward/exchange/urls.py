"""Addresses under /calendar/."""

from django.urls import path

from miteinander.outward.exchange.views import feeds, imports, mine

app_name = "exchange"
urlpatterns = [
    path("", feeds.feed_list, name="feeds"),
    path("all.ics", feeds.all_feed, name="feed"),
    path("dates/<int:date_id>.ics", feeds.date_calendar, name="date_ics"),
    path("open-doors/<int:pk>.ics", feeds.offer_calendar, name="standing_ics"),
    path("places/<slug:slug>.ics", feeds.municipality_feed, name="municipality_feed"),
    path("organisations/<slug:slug>.ics", feeds.organisation_feed, name="organisation_feed"),
    path("languages/<slug:language>.ics", feeds.language_feed, name="language_feed"),
    path("mine/", mine.my_calendar, name="my_calendar"),
    path("mine/create/", mine.key_create, name="create_key"),
    path("mine/revoke/", mine.key_revoke, name="revoke_key"),
    path("import/<slug:slug>/", imports.calendar_import, name="import_calendar"),
]
