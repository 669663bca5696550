"""Addresses under /places/."""

from django.urls import URLPattern, path

from miteinander.community.regions import views

app_name = "regions"
urlpatterns: list[URLPattern] = [
    path("", views.region_list, name="list"),
    path("<slug:slug>/", views.region_detail, name="detail"),
]
