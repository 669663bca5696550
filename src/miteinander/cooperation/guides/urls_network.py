"""Addresses of the network of guides."""

from django.urls import path

from miteinander.cooperation.guides.views import network

N = "network/"
network_patterns = [
    path(N, network.guide_list, name="network"),
    path(N + "add/", network.guide_add, name="guide_add"),
    path(N + "mine/", network.guide_mine, name="my_page"),
    path(N + "<int:pk>/", network.guide_detail, name="guide"),
    path(N + "<int:pk>/edit/", network.guide_edit, name="guide_edit"),
    path(N + "<int:pk>/papers/", network.guide_documents, name="guide_documents"),
    path(N + "<int:pk>/pause/", network.guide_pause, name="guide_pause"),
    path(N + "<int:pk>/leave/", network.guide_leave, name="guide_leave"),
    path(N + "<int:pk>/contact/", network.guide_contact, name="guide_contact"),
]
