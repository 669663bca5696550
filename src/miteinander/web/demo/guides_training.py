"""Guides: what people read for some modules, and questions to check what they know."""

from miteinander.cooperation.guides.models import Course
from miteinander.cooperation.guides.services import materials
from miteinander.web.demo.district import DEMO

LEAFLET = """Was Integrationslotsinnen und Integrationslotsen tun

Sie zeigen den Weg: zum Amt, zur Schule, zum Verein.
Sie sagen, wer wobei hilft.
Sie bleiben neutral und behalten für sich, was sie hören.

Sie übersetzen nicht. Sie geben keinen Rechtsrat. Sie fahren niemanden.
"""
LINKS = (
    (2, "Integrationskompass Hessen", "https://integrationskompass.hessen.de/"),
    (3, "Kompetenzzentrum Vielfalt Hessen", "https://kompetenzzentrum-vielfalt-hessen.de/"),
)
QUESTIONS = (
    (3, materials.QuestionFacts(
        "Jemand bittet Sie, beim Arzt zu übersetzen. Was sagen Sie?",
        "Ich zeige den Weg. Für das Gespräch suchen wir jemanden, der dolmetscht.",
        "Ja, das mache ich schnell selbst.", "de",
        also_wrong="Nein, damit habe ich nichts zu tun.",
        why="Dolmetschen ist eine andere Aufgabe. Lotsinnen und Lotsen zeigen, wer es kann.",
    )),
    (3, materials.QuestionFacts(
        "Wer entscheidet, was zu tun ist?",
        "Die Person, um die es geht.", "Die Lotsin oder der Lotse.", "de",
        why="Hilfe zur Selbsthilfe: Sie zeigen den Weg, gehen müssen andere selbst.",
    )),
    (5, materials.QuestionFacts(
        "Eine Nachbarin fragt, wie es einer Familie geht, die Sie begleiten. Was tun Sie?",
        "Ich sage freundlich, dass ich darüber nicht spreche.",
        "Ich erzähle nur, was gut läuft.", "de",
        why="Was Sie hören, bleibt bei Ihnen.",
    )),
)  # fmt: skip


def give_materials(course: Course) -> None:
    """Add a leaflet, two links and three questions to modules of a course."""
    modules = dict(course.curriculum.modules.values_list("position", "pk"))
    materials.add_file(
        actor=DEMO, module_id=modules[3], title="Merkblatt: Was wir tun und was nicht",
        file=materials.File("Merkblatt.txt", LEAFLET.encode()), language="de",
    )  # fmt: skip
    for position, title, link in LINKS:
        materials.add_link(
            actor=DEMO, module_id=modules[position], title=title, link=link, language="de"
        )
    for position, facts in QUESTIONS:
        materials.add_question(actor=DEMO, module_id=modules[position], facts=facts)
