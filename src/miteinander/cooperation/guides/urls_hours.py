"""Addresses of the hours of guides."""

from django.urls import path

from miteinander.cooperation.guides.views import hours

H = "hours/"
hours_patterns = [
    path(H, hours.hours_list, name="hours"),
    path(H + "mine/", hours.hours_mine, name="my_hours"),
    path(H + "of/<int:pk>/", hours.hours_of_guide, name="hours_of"),
    path(H + "of/<int:pk>/report/", hours.hours_report, name="hours_report"),
    path(H + "of/<int:pk>/table/", hours.statement_table, name="statement_xlsx"),
    path(H + "of/<int:pk>/paper/", hours.statement_paper, name="statement_pdf"),
    path(H + "<int:pk>/correct/", hours.hours_correct, name="hours_correct"),
]
