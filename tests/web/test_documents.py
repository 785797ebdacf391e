"""Documents on pages: listed, filtered, read in either language, kept as PDF; a fee given back in the admin."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from marketplace.contracts.models import Release
from marketplace.documents.models import Document, FeeReturn
from tests.factories.deals import verify
from tests.factories.funded import approved, funded
from tests.factories.people import make_owner
from tests.factories.world import World
from tests.web.conftest import rolled_back


def test_the_list_is_filtered_and_says_when_it_is_empty(world: World):
    client, receipt = world.client("finance"), Document.objects.get(public_id=world.ids["receipt"])
    assert receipt.number in client.get("/documents/").content.decode()
    assert receipt.number in client.get(f"/documents/?kind=receipt&year={receipt.series.year}").content.decode()
    assert receipt.number not in client.get("/documents/?kind=invoice").content.decode()
    assert receipt.number in client.get("/documents/?kind=nonsense&year=x&after=x").content.decode()
    empty = world.client("stranger").get("/documents/").content.decode()
    assert "No document yet" in empty


def test_it_is_read_in_either_language_and_kept_as_a_file(world: World):
    client, public_id = world.client("owner"), world.ids["receipt"]
    receipt = Document.objects.get(public_id=public_id)
    for language, words in (("en", "A receipt, not an invoice"), ("zh-hans", "本单是收据，不是发票")):
        said = client.get(f"/documents/{public_id}/?lang={language}").content.decode()
        assert words in said
        assert receipt.sha256 in said
        file = client.get(f"/documents/{public_id}.pdf?lang={language}")
        assert file.content.startswith(b"%PDF")
        assert f"{receipt.number}.{language}.pdf" in file["Content-Disposition"]


def test_finance_staff_read_it_in_the_admin_and_give_a_fee_back_with_a_reason(world: World):
    pdf = reverse("admin:documents_document_pdf", args=[world.ids["receipt"]])
    with rolled_back():
        merchant, anchor = make_owner("brand", "Spring Tea"), make_owner("anchor", "Gu Ran")
        verify(anchor.party, "anchor")
        approved(merchant, anchor, funded(merchant, anchor), 1)
        path = reverse("admin:documents_fee_give_back", args=[Release.objects.get().public_id])
        TOTP.activate(world.people["finance_staff"].user, generate_totp_secret())
        client = world.client("finance_staff")
        assert client.get(pdf).content.startswith(b"%PDF")
        assert client.get(path).status_code == 200
        assert client.post(path, {"reason": ""}).status_code == 422
        assert FeeReturn.objects.count() == 0
        client.post(path, {"reason": "Taken down."})
        assert FeeReturn.objects.get().reason == "Taken down."
        TOTP.activate(world.people["operations"].user, generate_totp_secret())
        operations = world.client("operations")
        assert operations.get(path).status_code == operations.get(pdf).status_code == 403
