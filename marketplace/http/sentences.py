"""The sentence of each refusal, in the reader's language. Apps add theirs with `say`."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import MooringError

_sentences: dict[str, str] = {
    "not_found": _("We could not find that."),
    "forbidden": _("Your role does not allow this. Ask an owner of the party."),
    "conflict": _("Somebody was quicker: this has changed since the page was drawn. Look again."),
    "illegal_transition": _("This is not possible any more: it has moved on since the page was drawn. Look again."),
    "idempotency_key_reused": _("This form was already sent with other values. Open it again."),
    "insufficient_scope": _("This token lacks the scope %(scope)s."),
    "invalid_cursor": _("This cursor belongs to another list, or to nothing. Begin at the first page."),
    "invalid_idempotency_key": _("A key is 1 to 100 printable ASCII characters."),
    "too_many": _("That was too often. Wait a moment and try again."),
}


def say(sentences: Mapping[str, str]) -> None:
    """Register the sentences of an app's refusals (code → lazy text with %(context)s)."""
    _sentences.update(sentences)


_details: dict[str, str] = {}


def say_details(sentences: Mapping[str, object]) -> None:
    """Register what the codes in a refusal's context mean (`problems`, `missing`), one sentence each."""
    _details.update(sentences)


def detail(code: str) -> str:
    return str(_details.get(code, ""))


def sentence(error: MooringError) -> str:
    text = _sentences.get(error.code)
    if text is None:
        return error.message or gettext("This was refused.")
    return str(text) % error.context if error.context else str(text)


def known_codes() -> set[str]:
    return set(_sentences)


def known_sentences() -> dict[str, str]:
    return dict(_sentences)
