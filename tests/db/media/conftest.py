import pytest

from tests.factories.people import Person, make_owner


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """A storage of its own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "allow_overwrite": True},
        }
    }
    return tmp_path


@pytest.fixture
def owner(committed_db) -> Person:
    return make_owner()


def stored_files(root) -> list[str]:
    """Every file under the storage, by what it is."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
