"""What we say in place of the account library is still what it says."""

from pathlib import Path

import allauth
from babel.messages.pofile import read_po
from django.utils.translation import override

from marketplace.accounts.library_words import COUNTED, WORDS


def test_every_word_of_ours_still_has_its_place():
    with (Path(allauth.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        said = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    assert set(WORDS) - said == set()
    with override(None):
        assert {str(word % 1) for word in COUNTED} - said == set()
