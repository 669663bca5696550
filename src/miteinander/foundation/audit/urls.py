"""Addresses under /record/."""

from django.urls import path

from miteinander.foundation.audit.views import record_list

app_name = "audit"
urlpatterns = [path("", record_list, name="record")]
