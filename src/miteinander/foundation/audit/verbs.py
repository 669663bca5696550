"""The vocabulary of the record: each app says in words what its verbs mean."""

from django.utils.functional import Promise

Sentence = str | Promise
_SENTENCES: dict[str, Sentence] = {}


def register(verb: str, sentence: Sentence) -> None:
    """Give ``verb`` (``app.act``) its sentence; a second one is a programming error."""
    if verb in _SENTENCES:
        raise RuntimeError(f"Verb {verb!r} is described twice.")
    _SENTENCES[verb] = sentence


def register_all(sentences: dict[str, Sentence]) -> None:
    """Give several verbs their sentences."""
    for verb, sentence in sentences.items():
        register(verb, sentence)


def described(verb: str) -> Sentence:
    """Return the sentence of ``verb``, or the verb itself where nobody gave one."""
    return _SENTENCES.get(verb, verb)


def known() -> dict[str, Sentence]:
    """Map every described verb to its sentence, sorted by verb."""
    return {verb: _SENTENCES[verb] for verb in sorted(_SENTENCES)}
