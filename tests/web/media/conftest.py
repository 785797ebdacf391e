import pytest
from django.test import Client

from tests.db.media.conftest import owner, storage
from tests.factories.people import Person

__all__ = ["owner", "storage"]


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture(autouse=True)
def plain_static(settings):
    """Pages name static files; which hash they carry is not what these tests are about."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def client(owner) -> Client:
    return signed_in(owner)
