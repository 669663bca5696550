"""Addresses of the front door; those of the demo exist in demo mode only."""

from django.conf import settings
from django.urls import path

from miteinander.web.views import demo, pages, setup

app_name = "web"
urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about_page, name="about"),
    path("how-it-works/", pages.how_page, name="how"),
    path("plain/", pages.plain_page, name="plain"),
    path("accessibility/", pages.accessibility_page, name="accessibility"),
    path("accessibility/feedback/", pages.feedback_page, name="feedback"),
    path("privacy/", pages.privacy_page, name="privacy"),
    path("imprint/", pages.imprint_page, name="imprint"),
    path("contact/", pages.contact_page, name="contact"),
    path("setup/", setup.setup_start, name="setup"),
    path("setup/<slug:step>/", setup.setup_step, name="setup_step"),
    path("instance/", setup.instance_overview, name="instance"),
    path("instance/<slug:step>/", setup.instance_edit, name="instance_edit"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", demo.demo_page, name="demo"),
        path("demo/<slug:role>/", demo.demo_enter, name="demo_enter"),
    ]
