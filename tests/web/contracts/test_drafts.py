"""Drafts stand under an overlay until their share is released: who fetches which bytes of one address."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from marketplace.contracts.models import Contract
from marketplace.contracts.services.cancelling import answer_cancellation, ask_to_cancel
from marketplace.contracts.services.disputes import open_dispute
from marketplace.contracts.services.work import approve, remark, submit
from marketplace.contracts.terms import DeliverableTerms
from marketplace.core import clock
from marketplace.core.actor import Role, StaffRole
from marketplace.media.flows.process import draw_missing_overlays
from marketplace.media.models import Asset
from marketplace.media.selectors import files_of, pictures_of
from tests.db.media.conftest import storage
from tests.db.media.test_overlay import from_before
from tests.db.media.test_resumable import whole
from tests.factories.deals import verify as verified
from tests.factories.disputes import split
from tests.factories.films import film
from tests.factories.funded import funded, piece, signed, three_pieces
from tests.factories.people import Person, make_member, make_owner, make_staff
from tests.factories.pictures import pdf, picture
from tests.factories.world import represented
from tests.support.relay import relay_all
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["plain_static", "storage"]


class Deal:
    """A merchant, an anchor and her agency, with a picture and a film handed in for a piece."""

    def __init__(self) -> None:
        self.merchant, self.anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
        self.agency, self.stranger = make_owner("agency", "North Quay"), make_owner("brand", "Other Tea")
        verified(self.anchor.party, "anchor")

    def hand_in(self, contract: Contract, place: int = 1) -> tuple[Asset, Asset]:
        shot, cut = whole(self.anchor, picture(), "shot.jpg"), whole(self.anchor, film(), "cut.mp4")
        relay_all()
        self.submit(contract, place, shot, cut)
        return shot, cut

    def submit(self, contract: Contract, place: int, *files: Asset) -> None:
        submit(
            actor=self.anchor.actor,
            public_id=piece(contract, place).public_id,
            note="",
            files=[one.public_id for one in files],
        )


@pytest.fixture
def deal(committed_db) -> Deal:
    return Deal()


def fetched(person: Person, asset: Asset, name: str = "320.webp", **headers: str) -> tuple[int, str]:
    """Status, and which of both sets the bytes are of."""
    answer = signed_in(person).get(f"/media/{asset.public_id}/{name}", headers=headers)
    if answer.status_code != 200:
        return answer.status_code, ""
    body = b"".join(answer.streaming_content)
    answer.close()
    width, format_ = name.split(".")
    found = {one.overlay: one for one in asset.renditions.filter(width=width, format=format_)}
    kept = {overlay: (asset_bytes(one.file), f'"{one.sha256[:32]}"') for overlay, one in found.items()}
    assert kept[True] != kept[False]
    assert answer["Cache-Control"] == "private, no-store"
    which = next(overlay for overlay, (data, etag) in kept.items() if (data, etag) == (body, answer["ETag"]))
    return 200, "draft" if which else "clean"


def asset_bytes(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def both_ways(person: Person, shot: Asset, cut: Asset) -> tuple[str, str]:
    """What the page is told about picture and film."""
    ids = [shot.public_id, cut.public_id]
    assert pictures_of(person.actor, ids)[shot.public_id].is_ready
    return fetched(person, shot)[1], files_of(person.actor, ids)[cut.public_id].draft


def words(asset: Asset) -> str:
    return f"DRAFT · Mooring · {asset.public_id[-6:]}"


def test_a_draft_is_covered_for_everybody_but_its_owner_until_it_is_released(deal):
    represented(deal.agency, deal.anchor)
    contract = funded(deal.merchant, deal.anchor, deal.agency)
    shot, cut = deal.hand_in(contract)
    reader = make_member(deal.merchant.party, Role.VIEWER)
    for person in (deal.merchant, reader, deal.agency):
        assert both_ways(person, shot, cut) == ("draft", words(cut))
        assert fetched(person, shot, "160.avif") == (200, "draft")
    for person in (deal.anchor, make_member(deal.anchor.party, Role.MEMBER)):
        assert both_ways(person, shot, cut) == ("clean", "")
    for person in (deal.stranger, make_staff(*StaffRole)):
        assert fetched(person, shot) == (404, "")
        assert pictures_of(person.actor, [shot.public_id]) == files_of(person.actor, [cut.public_id]) == {}
    assert Client().get(f"/media/{shot.public_id}/320.webp").status_code == 404

    approve(actor=deal.merchant.actor, public_id=piece(contract, 1).public_id)
    for person in (deal.merchant, reader, deal.agency, deal.anchor):
        assert both_ways(person, shot, cut) == ("clean", "")
    assert fetched(deal.stranger, shot) == (404, "")


def test_after_the_release_a_browser_that_kept_the_draft_gets_the_clean_one(deal):
    contract = funded(deal.merchant, deal.anchor)
    shot, _cut = deal.hand_in(contract)
    kept = shot.renditions.get(width=320, format="webp", overlay=True).sha256[:32]
    approve(actor=deal.merchant.actor, public_id=piece(contract, 1).public_id)
    assert fetched(deal.merchant, shot, **{"if-none-match": f'"{kept}"'}) == (200, "clean")


def test_one_released_piece_opens_no_other(deal):
    contract = funded(deal.merchant, deal.anchor)
    first, _ = deal.hand_in(contract, 1)
    second, cut = deal.hand_in(contract, 2)
    approve(actor=deal.merchant.actor, public_id=piece(contract, 1).public_id)
    assert fetched(deal.merchant, first) == (200, "clean")
    assert both_ways(deal.merchant, second, cut) == ("draft", words(cut))


def test_what_another_merchant_released_stays_covered_for_this_one(deal):
    """The same file, handed in for two deals."""
    other = make_owner("brand", "Lan Silk")
    one, two = funded(deal.merchant, deal.anchor), funded(other, deal.anchor)
    shot, cut = deal.hand_in(one)
    deal.submit(two, 1, shot, cut)
    approve(actor=other.actor, public_id=piece(two, 1).public_id)
    assert both_ways(other, shot, cut) == ("clean", "")
    assert both_ways(deal.merchant, shot, cut) == ("draft", words(cut))


def test_what_the_public_sees_is_covered_until_it_is_verified(deal):
    contract = funded(deal.merchant, deal.anchor)
    shot, cut = deal.hand_in(contract, 3)
    approve(actor=deal.merchant.actor, public_id=piece(contract, 3).public_id)
    assert both_ways(deal.merchant, shot, cut) == ("draft", words(cut))


def test_an_end_with_a_kill_fee_opens_nothing(deal):
    contract = funded(deal.merchant, deal.anchor)
    shot, cut = deal.hand_in(contract)
    ask_to_cancel(actor=deal.merchant.actor, public_id=contract.public_id, words="Plans changed.")
    answer_cancellation(actor=deal.anchor.actor, public_id=contract.public_id, agree=True)
    contract.refresh_from_db()
    assert (contract.state, contract.releases.get().why) == ("cancelled", "kill_fee")
    assert both_ways(deal.merchant, shot, cut) == ("draft", words(cut))


@pytest.mark.parametrize(("anchor_bp", "seen"), [(0, "draft"), (2_500, "clean")])
def test_a_dispute_opens_what_it_released_something_for(deal, anchor_bp, seen):
    contract = funded(deal.merchant, deal.anchor)
    shot, _cut = deal.hand_in(contract)
    dispute = open_dispute(
        actor=deal.merchant.actor, deliverable_public_id=piece(contract, 1).public_id, words="No.", anchor_bp=0
    )
    split(deal.merchant, deal.anchor, make_staff(StaffRole.OPERATIONS), dispute, anchor_bp)
    assert fetched(deal.merchant, shot) == (200, seen)


def test_what_releases_nothing_opens_when_the_contract_is_complete(deal):
    """A script and a draft without a share, and a draft that takes all of it."""
    today = clock.today()
    pieces = (("script", 0), ("draft", 10_000))
    items = tuple(DeliverableTerms(kind=kind, title=kind, due_on=today, share_bp=share) for kind, share in pieces)
    contract = funded(deal.merchant, deal.anchor, deal=three_pieces(deliverables=items))
    shot, cut = deal.hand_in(contract, 1)
    approve(actor=deal.merchant.actor, public_id=piece(contract, 1).public_id)
    assert both_ways(deal.merchant, shot, cut) == ("draft", words(cut))
    deal.hand_in(contract, 2)
    approve(actor=deal.merchant.actor, public_id=piece(contract, 2).public_id)
    contract.refresh_from_db()
    assert contract.state == "completed"
    assert both_ways(deal.merchant, shot, cut) == ("clean", "")


def test_an_older_picture_is_never_shown_clean_while_it_has_no_overlay(deal):
    contract = funded(deal.merchant, deal.anchor)
    shot, _cut = deal.hand_in(contract)
    from_before(shot)
    assert signed_in(deal.merchant).get(f"/media/{shot.public_id}/320.webp").status_code == 404
    view = pictures_of(deal.merchant.actor, [shot.public_id])[shot.public_id]
    assert (view.is_ready, view.is_coming, view.src, view.webp, view.avif) == (False, True, "", "", "")
    whole_one = signed_in(deal.anchor).get(f"/media/{shot.public_id}/320.webp")
    whole_one.close()
    assert whole_one.status_code == 200


def test_a_paper_is_covered_for_everybody_but_its_owner_until_it_is_released(deal):
    contract = funded(deal.merchant, deal.anchor)
    paper = whole(deal.anchor, pdf(), "script.pdf")
    relay_all()
    deal.submit(contract, 1, paper)
    stamped = paper.renditions.get(overlay=True)
    whole_there = reverse("media-document", args=[paper.public_id])

    assert paper_of(deal.anchor, paper) == pdf()
    assert paper_of(deal.merchant, paper) == asset_bytes(stamped.file) != pdf()
    assert paper_of(deal.stranger, paper) is None
    for elsewhere in (whole_there, f"/media/{paper.public_id}/0.pdf"):
        assert signed_in(deal.merchant).get(elsewhere).status_code == 404

    stamped.delete()  # as one from before there were overlays
    assert paper_of(deal.merchant, paper) is None
    assert files_of(deal.merchant.actor, [paper.public_id])[paper.public_id].url == ""
    assert paper_of(deal.anchor, paper) == pdf()
    assert draw_missing_overlays() == 1
    assert paper_of(deal.merchant, paper) not in {None, pdf()}

    approve(actor=deal.merchant.actor, public_id=piece(contract, 1).public_id)
    assert paper_of(deal.merchant, paper) == pdf()
    assert files_of(deal.merchant.actor, [paper.public_id])[paper.public_id].draft == ""


def paper_of(person: Person, paper: Asset) -> bytes | None:
    answer = signed_in(person).get(reverse("media-file", args=[paper.public_id]))
    if answer.status_code == 404:
        return None
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-cache")
    body = b"".join(answer.streaming_content)
    answer.close()
    assert answer["Content-Length"] == str(len(body))
    return body


def test_a_file_that_is_handed_in_nowhere_is_its_owners(deal):
    signed(deal.merchant, deal.anchor)
    shot = whole(deal.anchor, picture(), "shot.jpg")
    relay_all()
    assert fetched(deal.anchor, shot) == (200, "clean")
    assert fetched(deal.merchant, shot) == (404, "")


def test_the_page_plays_a_draft_without_a_download_and_offers_one_after_the_release(deal):
    contract = funded(deal.merchant, deal.anchor)
    _shot, cut = deal.hand_in(contract)
    script = piece(contract, 1).public_id
    remark(actor=deal.merchant.actor, public_id=script, text="The price.", at_second=18)
    address, film = reverse("work", args=[script]), reverse("media-file", args=[cut.public_id])

    def page(person: Person) -> str:
        return signed_in(person).get(address).content.decode()

    draft = page(deal.merchant)
    assert f'<video src="{film}" controls preload="metadata" playsinline' in draft
    assert 'controlslist="nodownload nofullscreen noremoteplayback" disablepictureinpicture' in draft
    assert draft.count(words(cut)) == 3
    assert f'href="{film}"' not in draft
    assert f'<a class="at" href="#film-1-{cut.public_id}" data-film-at="18"' in draft  # leads there without a script
    for clean in (page(deal.anchor), released(deal, script) or page(deal.merchant)):
        assert f'<a href="{film}" download>Download cut.mp4 (' in clean
        assert words(cut) not in clean
        assert "controlslist" not in clean


def released(deal: Deal, public_id: str) -> None:
    approve(actor=deal.merchant.actor, public_id=public_id)
