"""The ready template: the eight modules of the Hessian guide, with goals in plain words."""

from django.utils.translation import gettext_lazy as _

from miteinander.cooperation.guides.enums import TemplateModule

GOALS = {
    TemplateModule.GETTING_TO_KNOW: _(
        "You know the others in the course. You can say why you want to be a guide and what you"
        " expect."
    ),
    TemplateModule.MIGRATION: _(
        "You know why people come here and which ways there are to live here and to take part."
    ),
    TemplateModule.ROLE: _(
        "You know what a guide does and does not do. You ask first what the task is."
    ),
    TemplateModule.VALUES: _(
        "You know your own values. You can meet people who see things in another way."
    ),
    TemplateModule.FRAME: _(
        "You know the rules of your work: insurance, confidentiality and data protection."
    ),
    TemplateModule.CULTURES: _(
        "You can talk with people of different languages and habits, and clear up"
        " misunderstandings."
    ),
    TemplateModule.NETWORKS: _(
        "You know the offices, advice centres and clubs here, and who helps with what."
    ),
    TemplateModule.LIMITS: _(
        "You know your limits. You can say no, and you know where you get help yourself."
    ),
}
TEMPLATE_UNITS = 3
MANDATORY = frozenset({TemplateModule.ROLE, TemplateModule.FRAME, TemplateModule.LIMITS})
