"""Addresses under /people/ for administrators."""

from django.urls import path

from miteinander.community.people.views import oversight

app_name = "accounts"
urlpatterns = [
    path("", oversight.account_list, name="list"),
    path("<int:person_id>/", oversight.account_detail, name="detail"),
    path("<int:person_id>/switch-on/", oversight.account_switch_on, name="switch_on"),
]
