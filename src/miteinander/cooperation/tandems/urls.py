"""Addresses of this app."""

from django.urls import path

from miteinander.cooperation.tandems.views import answering, desk, mine, questionnaire, tandem

app_name = "tandems"
C = "coordination/"
urlpatterns = [
    path("", questionnaire.tandem_about, name="about"),
    path("begin/", questionnaire.seeker_begin, name="begin"),
    path("questions/<slug:key>/", questionnaire.seeker_question, name="question"),
    path("mine/", mine.seeker_mine, name="mine"),
    path("mine/break/", mine.seeker_break, name="break"),
    path("mine/go-on/", mine.seeker_go_on, name="go_on"),
    path("mine/leave/", mine.seeker_leave, name="leave"),
    path("proposal/<slug:token>/", answering.proposal_detail, name="proposal"),
    path("proposal/<slug:token>/answer/", answering.proposal_answer, name="answer"),
    path("check/<slug:token>/", answering.check_answer, name="check"),
    path("<int:pk>/", tandem.tandem_detail, name="tandem"),
    path("<int:pk>/words/", tandem.tandem_write, name="write"),
    path("<int:pk>/date/", tandem.tandem_date, name="date"),
    path("<int:pk>/date/accept/", tandem.tandem_date_accept, name="date_accept"),
    path("<int:pk>/occasion/", tandem.tandem_occasion, name="occasion"),
    path("<int:pk>/pause/", tandem.tandem_pause, name="pause"),
    path("<int:pk>/thank/", tandem.tandem_thank, name="thank"),
    path("<int:pk>/end/", tandem.tandem_end, name="end"),
    path("<int:pk>/report/", tandem.tandem_report, name="report"),
    path(C, desk.tandem_overview, name="overview"),
    path(C + "people/<int:pk>/", desk.seeker_detail, name="seeker"),
    path(C + "people/<int:pk>/contact/", desk.seeker_contact, name="contact"),
    path(C + "matching/", desk.matching_run, name="matching"),
    path(C + "matching/propose/", desk.matching_propose, name="propose"),
    path(C + "matching/<int:pk>/drop/", desk.suggestion_drop, name="drop"),
    path(C + "tandems/", desk.tandem_list, name="tandems"),
    path(C + "reports/<int:pk>/settle/", desk.report_settle, name="settle_report"),
    path(C + "checks/<int:pk>/settle/", desk.check_settle, name="settle_check"),
]
