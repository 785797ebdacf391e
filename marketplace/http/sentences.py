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
    "too_many": _("That was too often. Wait a moment and try again."),
}


def say(sentences: Mapping[str, str]) -> None:
    """Register the sentences of an app's refusals (code → lazy text with %(context)s)."""
    _sentences.update(sentences)


def sentence(error: MooringError) -> str:
    text = _sentences.get(error.code)
    if text is None:
        return error.message or gettext("This was refused.")
    return str(text) % error.context if error.context else str(text)


def known_codes() -> set[str]:
    return set(_sentences)
