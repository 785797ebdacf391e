"""The first page after signing in: nothing lies over it, and it knows a person by name."""

from django.test import Client

from tests.factories.people import PASSWORD, make_user


def test_no_message_lies_over_it_and_who_has_no_party_yet_is_called_by_name(db):
    user = make_user("Li Hua")
    page = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True).content.decode()
    assert "<span>Li Hua</span>" in page
    assert 'id="toasts"></div>' in page
