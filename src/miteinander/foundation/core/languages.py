"""Languages and writing directions: of the interface, of written items, of spoken words."""

from django.utils.translation import gettext_lazy as _

RTL_LANGUAGES = frozenset({"ar", "fa", "prs", "ps", "ckb", "ur", "he"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})
_SCRIPT_LENGTH = 4

# Own names, as their speakers write them: shown in the switcher and beside every choice.
OWN_NAMES = {
    "de": "Deutsch",
    "de-simple": "Deutsch (einfach)",
    "en": "English",
    "ar": "العربية",
    "fa": "فارسی",
    "uk": "Українська",
    "ru": "Русский",
    "tr": "Türkçe",
    "prs": "دری",
    "ps": "پښتو",
    "kmr": "Kurmancî",
    "ckb": "کوردیی ناوەندی",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "am": "አማርኛ",
    "pl": "Polski",
    "ro": "Română",
    "bg": "Български",
    "sq": "Shqip",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "hr": "Hrvatski",
    "ur": "اردو",
}

# The same in the reader's language; de-simple is a way of writing, nobody "speaks" it.
NAMES = {
    "de": _("German"),
    "de-simple": _("German (plain)"),
    "en": _("English"),
    "ar": _("Arabic"),
    "fa": _("Persian (Farsi)"),
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "tr": _("Turkish"),
    "prs": _("Dari"),
    "ps": _("Pashto"),
    "kmr": _("Kurdish (Kurmanji)"),
    "ckb": _("Kurdish (Sorani)"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "am": _("Amharic"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "bg": _("Bulgarian"),
    "sq": _("Albanian"),
    "fr": _("French"),
    "es": _("Spanish"),
    "it": _("Italian"),
    "hr": _("Croatian"),
    "ur": _("Urdu"),
}

INTERFACE = ("de", "de-simple", "en", "ar", "fa", "uk", "ru", "tr")
INTERFACE_CHOICES = [(code, OWN_NAMES[code]) for code in INTERFACE]
SPOKEN = tuple(code for code in OWN_NAMES if code != "de-simple")
SPOKEN_CHOICES = [(code, NAMES[code]) for code in SPOKEN]


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code; a script named in it decides (``az-Arab``)."""
    base, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == _SCRIPT_LENGTH]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if base in RTL_LANGUAGES else "ltr"
