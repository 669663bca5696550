"""The vocabulary of the record: each app says in words what its verbs mean."""

from django.utils.functional import Promise

Sentence = str | Promise
_SENTENCES: dict[str, Sentence] = {}
_KINDS: dict[str, Sentence] = {}


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


def register_kinds(words: dict[str, Sentence]) -> None:
    """Give kinds of things (names of models in small letters) the word the record shows."""
    _KINDS.update(words)


def kind_of(model: str) -> Sentence:
    """Return the word for a kind of thing, or the name of the model where nobody gave one."""
    return _KINDS.get(model, model)
