"""Addresses of the front door; those of the demo exist in demo mode only."""

from django.conf import settings
from django.urls import path

from miteinander.web import views_demo, views_pages, views_setup

app_name = "web"
urlpatterns = [
    path("", views_pages.home, name="home"),
    path("about/", views_pages.about_page, name="about"),
    path("how-it-works/", views_pages.how_page, name="how"),
    path("plain/", views_pages.plain_page, name="plain"),
    path("accessibility/", views_pages.accessibility_page, name="accessibility"),
    path("accessibility/feedback/", views_pages.feedback_page, name="feedback"),
    path("privacy/", views_pages.privacy_page, name="privacy"),
    path("imprint/", views_pages.imprint_page, name="imprint"),
    path("contact/", views_pages.contact_page, name="contact"),
    path("setup/", views_setup.setup_start, name="setup"),
    path("setup/<slug:step>/", views_setup.setup_step, name="setup_step"),
    path("instance/", views_setup.instance_overview, name="instance"),
    path("instance/<slug:step>/", views_setup.instance_edit, name="instance_edit"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", views_demo.demo_page, name="demo"),
        path("demo/<slug:role>/", views_demo.demo_enter, name="demo_enter"),
    ]
