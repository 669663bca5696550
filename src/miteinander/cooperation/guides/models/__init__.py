"""The tables of this app."""

from miteinander.cooperation.guides.models.assignment import Apart, Ask, Assignment
from miteinander.cooperation.guides.models.certificate import Certificate
from miteinander.cooperation.guides.models.course import Attendance, Course, Session, Trainee
from miteinander.cooperation.guides.models.curriculum import Curriculum, Module
from miteinander.cooperation.guides.models.figure import Figure
from miteinander.cooperation.guides.models.guide import Guide, GuideArea, GuideLanguage
from miteinander.cooperation.guides.models.hours import (
    BankAccount,
    Hours,
    HoursCorrection,
    PayerRole,
    TeamBudget,
)
from miteinander.cooperation.guides.models.interest import Interest
from miteinander.cooperation.guides.models.material import Material, Question
from miteinander.cooperation.guides.models.relay import RelayedWords
from miteinander.cooperation.guides.models.request import GuideRequest, RequestContact

__all__ = [
    "Apart",
    "Ask",
    "Assignment",
    "Attendance",
    "BankAccount",
    "Certificate",
    "Course",
    "Curriculum",
    "Figure",
    "Guide",
    "GuideArea",
    "GuideLanguage",
    "GuideRequest",
    "Hours",
    "HoursCorrection",
    "Interest",
    "Material",
    "Module",
    "PayerRole",
    "Question",
    "RelayedWords",
    "RequestContact",
    "Session",
    "TeamBudget",
    "Trainee",
]
