"""When the other side first looked at work, page and files, is shown to whoever made it; her own looks are not kept."""

from django.urls import reverse

from marketplace.contracts.models import Contract, Submission
from marketplace.core.actor import Role
from marketplace.core.models import AccessEntry
from tests.factories.funded import funded, handed_in, piece
from tests.factories.people import Person, make_member
from tests.web.contracts.test_drafts import deal, fetched, plain_static, signed_in, storage

__all__ = ["deal", "plain_static", "storage"]
LOOKED = "first looked at by Chenyu Tea"


def work_page(person: Person, contract: Contract) -> str:
    return signed_in(person).get(reverse("work", args=[piece(contract, 1).public_id])).content.decode()


def subjects() -> list[str]:
    return list(AccessEntry.objects.order_by("id").values_list("subject", flat=True))


def test_the_newest_version_is_looked_at_when_the_merchant_opens_its_page(deal):
    contract = funded(deal.merchant, deal.anchor)
    work_page(deal.merchant, contract)
    assert subjects() == []
    handed_in(deal.anchor, contract, 1)
    assert LOOKED not in work_page(deal.anchor, contract)
    colleague = make_member(deal.merchant.party, Role.VIEWER)
    for _again in range(2):
        assert LOOKED in work_page(colleague, contract)
    assert LOOKED in work_page(deal.anchor, contract)
    entry = AccessEntry.objects.get()
    newest = Submission.objects.get(deliverable=piece(contract, 1))
    assert (entry.subject, entry.viewer) == (newest.public_id, colleague.user)
    assert (entry.address, entry.source) == ("127.0.0.1", "web")


def test_files_are_logged_when_another_party_fetches_them(deal):
    contract = funded(deal.merchant, deal.anchor)
    shot, cut = deal.hand_in(contract)
    film = reverse("media-file", args=[cut.public_id])
    for person, status in ((deal.anchor, 200), (deal.stranger, 404), (deal.merchant, 200)):
        assert fetched(person, shot)[0] == status
    assert signed_in(deal.merchant).head(film).status_code == 200
    assert subjects() == [shot.public_id]
    for _range in range(2):
        answer = signed_in(deal.merchant).get(film, headers={"range": "bytes=0-9"})
        assert answer.status_code == 206
        answer.close()
    assert subjects() == [shot.public_id, cut.public_id]
