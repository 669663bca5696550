"""Addresses under /gallery/."""

from django.urls import path

from miteinander.foundation.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery_screen, name="gallery")]
