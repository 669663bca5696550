"""The tables of this app."""

from miteinander.cooperation.guides.models.certificate import Certificate
from miteinander.cooperation.guides.models.course import Attendance, Course, Session, Trainee
from miteinander.cooperation.guides.models.curriculum import Curriculum, Module
from miteinander.cooperation.guides.models.figure import Figure
from miteinander.cooperation.guides.models.interest import Interest

__all__ = [
    "Attendance",
    "Certificate",
    "Course",
    "Curriculum",
    "Figure",
    "Interest",
    "Module",
    "Session",
    "Trainee",
]
