"""The sealed PDF on pages and in the API: fetched by the sides, checked by anybody, signed by hand on the way."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from marketplace.contracts.flows.seal import seal_contract
from marketplace.contracts.models import Contract, SealedContract, Signature
from marketplace.contracts.sealing.check import Finding, finding_of
from marketplace.contracts.sealing.judge import judge
from marketplace.contracts.selectors import governing_document
from marketplace.contracts.views import proof
from marketplace.core.models import Event
from tests.factories.seals import sealing
from tests.factories.world import give_password_now
from tests.web.conftest import rolled_back

DRAWN = "M40 120L90 40L140 130"


@pytest.fixture(scope="module")
def sealed(world) -> Iterator[SealedContract]:
    """One of the world's contracts, sealed indeed; that of `running` is a stand-in."""
    with sealing(), rolled_back():
        seal_contract(world.ids["payable"])
        yield SealedContract.objects.select_related("contract").get(contract__public_id=world.ids["payable"])


@pytest.fixture
def judged_here(monkeypatch) -> None:
    """Without a process for each file: that is tried in tests/db/contracts/test_sealed.py."""

    def here(data: bytes, certificates: list[Certificate]) -> Finding:
        return finding_of(judge(data, [one.public_bytes(Encoding.DER) for one in certificates]))

    monkeypatch.setattr(proof, "check", here)


def sent(contract_id: str, content: bytes, name: str = "contract.pdf") -> tuple[int, str]:
    address = reverse("contract-proof", args=[contract_id]) if contract_id else reverse("proof")
    answer = Client().post(address, {"copy": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def test_the_sides_fetch_it_and_nobody_else(world, sealed):
    address = reverse("contract-sealed", args=[sealed.contract.public_id])
    answer = world.client("owner").get(address)
    assert b"".join(answer.streaming_content) == bytes(sealed.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{sealed.contract.number}.pdf"'
    assert "private" in answer["Cache-Control"]
    assert address in world.client("anchor").get(reverse("contract", args=[sealed.contract.public_id])).content.decode()
    assert world.client("stranger").get(address).status_code == 404
    waiting = Contract.objects.filter(sealed=None).exclude(concluded_at=None).first()
    assert world.client("owner").get(reverse("contract-sealed", args=[waiting.public_id])).status_code == 409
    assert world.client("owner").get(reverse("contract-sealed", args=[world.ids["contract"]])).status_code == 404


def test_anybody_checks_a_file_and_nothing_is_kept(world, sealed, judged_here):
    content, contract_id = bytes(sealed.content), sealed.contract.public_id
    before = Event.objects.count()
    status, page = sent("", content)
    assert (status, "and unaltered since" in page, "We keep the very same file." in page) == (200, True, True)
    assert reverse("contract-proof", args=[contract_id]) in page
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    for data, words in (
        (changed, "Changed after it was sealed."),
        (b"%PDF-1.7\n%%EOF", "Not ours."),
        (b"Some text", "This is no PDF."),
    ):
        status, page = sent("", data)
        assert (status, words in page) == (200, True)
        assert "unaltered since" not in page
    assert "and unaltered since" in sent(contract_id, content)[1]
    assert "another contract" in sent(world.ids["running"], content)[1]
    assert Event.objects.count() == before
    too_large = b"%PDF-" + b"0" * (10 * 1024 * 1024)
    status, page = sent("", too_large)
    assert (status, "A contract is smaller than this file." in page) == (422, True)


def test_an_address_has_so_many_files_checked_and_no_more(world, judged_here):
    caches["quick"].clear()
    with override_settings(CHECKS_OF_COPIES=(2, 10**6)):
        assert [sent("", b"%PDF-1.7\n")[0] for _ in range(3)] == [200, 200, 429]
        assert sent("", b"Some text")[0] == 200  # costs nothing
    caches["quick"].clear()


def test_a_signature_is_typed_or_drawn_and_a_strange_one_refused(world):
    contract = Contract.objects.get(public_id=world.ids["contract"])
    address = reverse("contract-sign", args=[contract.public_id])
    form = {"document": governing_document(contract).sha256, "read": "on"}
    with rolled_back():
        client = world.client("owner")
        give_password_now(client, world.people["owner"].user)
        assert 'data-controller="hand"' in client.get(address).content.decode()
        for wrong in ('M1 1L2 2"/><script>', "M1 1", "M900 1L2 2"):
            answer = client.post(address, form | {"drawn": wrong})
            assert answer.status_code == 422
        assert contract.signatures.count() == 1
        assert client.post(address, form | {"drawn": DRAWN, "typed": "  Mei\n Chen "}).status_code == 302
        kept = Signature.objects.get(contract=contract, capacity="merchant")
        assert (kept.typed, kept.drawn) == ("Mei Chen", DRAWN)
