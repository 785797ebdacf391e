"""From the last signature to a PDF under our seal that anybody can check: once, whole, telling of every change."""

import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pikepdf
import pytest
from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.management import call_command
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import override_settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from marketplace.contracts.errors import NotSealedYet
from marketplace.contracts.flows.seal import reason_of, seal_contract, seal_the_rest
from marketplace.contracts.models import Contract, SealedContract
from marketplace.contracts.sealing import authority as authorities
from marketplace.contracts.sealing import check as checking
from marketplace.contracts.sealing.authority import AuthorityFailed, HttpAuthority
from marketplace.contracts.sealing.check import Verdict, check
from marketplace.contracts.sealing.configured import our_certificates, our_seal
from marketplace.contracts.sealing.judge import judge
from marketplace.contracts.sealing.key import SealUnusable, read_seal
from marketplace.contracts.sealing.sheet import sheet_of
from marketplace.contracts.sealing.stamp import stamp
from marketplace.contracts.selectors import governing_document
from marketplace.contracts.selectors.sealed import get_sealed
from marketplace.contracts.services.sealing import keep_sealed
from marketplace.contracts.services.signing import Hand, sign
from marketplace.core import clock, faults
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import Event
from marketplace.notifications.models import Notice, OutgoingMail
from tests.factories.deals import PROOF, deal, drafted, verify
from tests.factories.funded import signed
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.seals import SEALER, certificate_in, sealing
from tests.support.databases import point_at
from tests.support.kept_worlds import database_of_its_own
from tests.support.kills import Massacre, again
from tests.support.races import race
from tests.support.relay import due_now, errors, relay_all

HOSTILE = '#read("/etc/passwd") ] $x$ <script>'
DRAWN = "M40 120L90 40L140 130M160 60L220 60"


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei 夏未")
    verify(person.party, "anchor")
    return person


def hand(person: Person, contract: Contract, **look: str) -> Contract:
    document = governing_document(contract).sha256
    proof = PROOF.__class__(method=PROOF.method, address=PROOF.address, browser=HOSTILE)
    return sign(
        actor=person.actor, public_id=contract.public_id, document_sha256=document, proof=proof, hand=Hand(**look)
    )


@dataclass(frozen=True)
class Sealed:
    content: bytes
    certificate: x509.Certificate
    contract: str
    reason: str
    sheet: dict
    file: Path

    def judged(self, data: bytes) -> str:
        return judge(data, [self.certificate.public_bytes(Encoding.DER)])["verdict"]


@pytest.fixture(scope="module")
def one(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Sealed]:
    """A contract of hostile words, typed and drawn, sealed by the worker."""
    shared = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), database_of_its_own() as name, sealing() as folder:
        point_at(name)
        try:
            merchant, anchor = make_owner("brand", f"Tea {HOSTILE}"), make_owner("anchor", "Xia Wei 夏未")
            verify(anchor.party, "anchor")
            terms = deal(rights_where=HOSTILE, samples=HOSTILE, disclosure=HOSTILE, holdback_bp=500)
            brief = {"goal": HOSTILE, "do": f"茶\n{HOSTILE}"}
            contract = drafted(merchant, anchor, deal=terms, brief=brief, governing_language="en")
            Contract.objects.filter(pk=contract.pk).update(title=f"Oolong {HOSTILE}")
            hand(anchor, contract, drawn=DRAWN)
            hand(merchant, contract, typed=f"Mei {HOSTILE}")
            relay_all()
            contract.refresh_from_db()
            kept = SealedContract.objects.get()
            file = tmp_path_factory.mktemp("sealed") / "one.pdf"
            file.write_bytes(kept.content)
            yield Sealed(
                bytes(kept.content),
                certificate_in(folder),
                contract.public_id,
                reason_of(contract),
                sheet_of(contract),
                file,
            )
        finally:
            point_at(shared)


def test_the_seal_holds_for_its_own_library_and_by_hand(one):
    reader = PdfFileReader(io.BytesIO(one.content))
    [signature] = reader.embedded_signatures
    root = asn1.Certificate.load(one.certificate.public_bytes(Encoding.DER))
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))
    assert (status.bottom_line, status.coverage.name, status.docmdp_ok) == (True, "ENTIRE_FILE", True)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert reader.root["/Perms"]["/DocMDP"] == signature.sig_object
    # By hand: what the ranges cover, hashed, is what the certificate's key has signed.
    start, length, resumes, rest = (
        int(number) for number in re.search(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", one.content).groups()
    )
    assert (start, resumes + rest) == (0, len(one.content))
    der = bytes.fromhex(one.content[length + 1 : resumes - 1].decode())
    [signer] = cms.ContentInfo.load(der)["content"]["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}
    covered = one.content[:length] + one.content[resumes:]
    assert attributes["message_digest"][0].native == hashlib.sha256(covered).digest()
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes  # PAdES: the time stands in the PDF
    one.certificate.public_key().verify(
        signer["signature"].native, signer["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256())
    )


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_the_seal_holds_for_a_stranger(one):
    said = subprocess.run(["pdfsig", "-nocert", one.file], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Mooring development seal" in said


def test_whoever_is_given_it_reads_what_is_sealed(one, capsys):
    finding = check(one.content, [one.certificate])
    assert (finding.verdict, finding.contract) == (Verdict.SEALED, one.contract)
    assert finding.text_sha256 in one.reason
    assert finding.terms_sha256 in one.reason
    assert abs(finding.sealed_at - clock.now()) < timedelta(minutes=5)
    assert judge(one.content, [])["verdict"] == "foreign"


def test_a_byte_changed_anywhere_breaks_it(one):
    size = len(one.content)
    first, last = hole(one.content)
    seal = range(first + 1, first + 2_000, 190)
    places = {*range(5, size, size // 20), size - 1, size - 7, first, *seal, (first + last) // 2, last - 1, last}
    for place in sorted(places):
        flipped = one.content[place] ^ (0x20 if place in seal else 1)  # the case of a digit, too
        data = one.content[:place] + bytes([flipped]) + one.content[place + 1 :]
        assert one.judged(data) != "sealed", place
    assert one.judged(one.content) == "sealed"


def test_what_is_added_behind_it_is_a_change(one):
    writer = IncrementalPdfFileWriter(io.BytesIO(one.content))
    writer.root["/Lang"] = writer.root.raw_get("/Type")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert one.judged(out.getvalue()) == "changed"
    assert one.judged(one.content + b"\n") != "sealed"
    assert one.judged(one.content[:-200]) != "sealed"


def test_other_files_are_not_ours(one, tmp_path):
    blank = io.BytesIO()
    pikepdf.new().save(blank)
    with sealing() as folder:
        other = stamp(strip(one.content), our_seal(), reason=one.reason)
        assert judge(other, [certificate_in(folder).public_bytes(Encoding.DER)])["verdict"] == "sealed"
    assert one.judged(other) == "foreign"
    assert one.judged(strip(one.content)) == "foreign"
    for hostile in (b"", b"GIF89a", b"%PDF-1.7\n" + b"[" * 100_000, b"%PDF-1.7\n%%EOF", blank.getvalue()[:-30]):
        assert one.judged(hostile) == "unreadable"
    many = b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 30_000 + b"trailer<</Root 1 0 R>>\n%%EOF"
    assert check(many, [one.certificate]).verdict == Verdict.UNREADABLE


def hole(content: bytes) -> tuple[int, int]:
    """Where the seal itself stands: its brackets."""
    found = re.search(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\s*\]", content)
    return int(found[1]), int(found[2]) - 1


def broken(content: bytes) -> bytes:
    """One bit of what the pages show is another."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_file_that_takes_too_long_is_none_of_ours(one, monkeypatch):
    monkeypatch.setattr(checking, "PATIENCE", 0.01)
    assert check(one.content, [one.certificate]).verdict == Verdict.UNREADABLE


def strip(content: bytes) -> bytes:
    """As it was before the seal was appended."""
    return content[: content.index(b"%%EOF") + 6]


def test_hostile_words_print_as_they_are(one):
    if shutil.which("pdftotext") is None:
        assert str(one.sheet).count(HOSTILE) > 10
        return
    said = subprocess.run(["pdftotext", "-layout", one.file, "-"], capture_output=True, text=True, check=True).stdout
    flat = "".join(said.split())
    assert flat.count("".join(HOSTILE.split())) >= 12
    assert "root:" not in flat
    for words in ("夏未", "合同", "PARTIES", one.contract, "203.0.113.9", "SHA-256", one.sheet["hash"]):
        assert words.replace(" ", "") in flat
    assert HOSTILE in one.sheet["audit"][0]["pairs"][3]["text"][0]


def test_the_command_says_it_by_its_exit(one, tmp_path, capsys):
    changed, text = tmp_path / "changed.pdf", tmp_path / "a.txt"
    changed.write_bytes(broken(one.content))
    text.write_text("Nothing")
    (tmp_path / "before.pem").write_bytes(one.certificate.public_bytes(Encoding.PEM))
    no_more = {"CONTRACT_SEAL_KEY": "", "CONTRACT_SEAL_CERT": ""}
    with override_settings(CONTRACT_SEAL_PREVIOUS=[str(tmp_path / "before.pem")], **no_more):
        call_command("verify_contract", str(one.file))
        assert "not changed since" in (said := capsys.readouterr().out)
        assert one.contract in said
        for file, code in ((changed, 1), (text, 2), (tmp_path / "nothing.pdf", 2)):
            with pytest.raises(SystemExit) as end:
                call_command("verify_contract", str(file))
            assert end.value.code == code
    with override_settings(**no_more), pytest.raises(SystemExit) as end:  # no certificate that we know
        call_command("verify_contract", str(one.file))
    assert end.value.code == 2


def test_it_is_sealed_once_and_kept_for_ever(merchant, anchor):
    contract = signed(merchant, anchor)
    with pytest.raises(NotSealedYet):
        get_sealed(merchant.actor, contract.public_id)
    with sealing():
        results = race(*[lambda: seal_contract(contract.public_id)] * 2)
        assert results == [None, None]
        first = SealedContract.objects.get()
        relay_all()
        assert seal_the_rest() == 0
        assert not keep_sealed(
            actor=SEALER, public_id=contract.public_id, content=b"x", sha256="", seal=our_seal(), profile="B-B",
            sealed_at=clock.now(),
        )  # fmt: skip
        with pytest.raises(Forbidden):
            keep_sealed(
                actor=merchant.actor, public_id=contract.public_id, content=b"x", sha256="", seal=our_seal(),
                profile="B-B", sealed_at=clock.now(),
            )  # fmt: skip
    assert errors() == []
    assert SealedContract.objects.get().sha256 == first.sha256
    assert Event.objects.filter(name="contract.sealed", aggregate=contract.public_id).count() == 1
    link = f"/contracts/{contract.public_id}/sealed/"
    assert all(link in mail.text for mail in OutgoingMail.objects.filter(text__contains="SHA-256"))
    for who in (merchant, anchor):
        assert get_sealed(who.actor, contract.public_id).sha256 == first.sha256
    for stranger in (make_owner("brand", "Far Away"), make_staff(StaffRole.FINANCE)):
        with pytest.raises(NotFound):
            get_sealed(stranger.actor, contract.public_id)
    for statement in (
        "UPDATE contracts_sealedcontract SET content = ''",
        "DELETE FROM contracts_sealedcontract",
        "INSERT INTO contracts_sealedcontract (contract_id, content, sha256, size_bytes, profile, sealed_by,"
        " certificate_sha256, sealed_at) VALUES (0, 'x', 'y', 1, 'B-B', '', '', now())",
    ):
        with pytest.raises((InternalError, ProgrammingError, Exception)), transaction.atomic():
            connection.cursor().execute(statement)
    assert bytes(SealedContract.objects.get().content) == bytes(first.content)


def test_killed_anywhere_it_is_sealed_once(merchant, anchor):
    points = {
        *("call:contract.seal:before", "call:contract.seal:after"),
        *(f"commit:contracts.services.sealing.keep_sealed:{when}" for when in ("before", "after")),
    }
    contract = signed(merchant, anchor)
    killer = Massacre(points.__contains__)
    with sealing(), faults.installed(killer):
        for _ in points:
            due_now()
            again(relay_all)
        due_now()
        again(relay_all)
    assert killer.struck_at == points
    assert SealedContract.objects.count() == 1
    assert Event.objects.filter(name="contract.sealed", aggregate=contract.public_id).count() == 1


def test_without_a_good_seal_it_waits_and_staff_are_told_once_a_day(merchant, anchor):
    make_staff(StaffRole.OPERATIONS)
    first, second = signed(merchant, anchor), signed(merchant, anchor)
    with sealing(ago=timedelta(days=40), days=30):
        relay_all()
        seal_the_rest()
        relay_all()
    assert errors() == []
    assert not SealedContract.objects.exists()
    [told] = Notice.objects.filter(kind="contract_seal_waits")
    assert told.facts["why"] == "expired"
    with sealing() as folder:
        (folder / "certificate.pem").write_bytes(b"no certificate")
        seal_the_rest()
    with sealing():
        assert seal_the_rest() == 2
    assert set(SealedContract.objects.values_list("contract__public_id", flat=True)) == {
        first.public_id,
        second.public_id,
    }
    assert Notice.objects.filter(kind="contract_seal_waits").count() == 1


def test_while_a_past_is_told_nothing_is_sealed(merchant, anchor):
    with sealing(), clock.shifted(-timedelta(days=9)):
        signed(merchant, anchor)
        relay_all()
        assert not SealedContract.objects.exists()
    with sealing():
        assert seal_the_rest() == 1


def test_a_key_that_is_no_good_is_named(tmp_path):
    with sealing() as one, sealing() as other:
        good = read_seal(str(one / "key.pem"), str(one / "certificate.pem"))
        assert our_certificates()[0].fingerprint(hashes.SHA256()).hex() != good.fingerprint
        for key, certificate, why in (
            (one / "key.pem", other / "certificate.pem", "mismatched"),
            (one / "certificate.pem", one / "certificate.pem", "unreadable"),
            (one / "nothing.pem", one / "certificate.pem", "missing"),
            ("", "", "missing"),
        ):
            with pytest.raises(SealUnusable) as refused:
                read_seal(str(key), str(certificate))
            assert refused.value.why == why
        for when, why in ((-timedelta(days=1), "early"), (timedelta(days=31), "expired")):
            with pytest.raises(SealUnusable) as refused:
                good.hold_to(clock.now() + when)
            assert refused.value.why == why


def test_with_an_authority_it_bears_a_proved_time_and_waits_while_that_is_silent(merchant, anchor, monkeypatch):
    contract = signed(merchant, anchor)
    authority = Authority()
    monkeypatch.setattr(authorities, "our_authority", lambda: HttpAuthority("https://tsa.example", authority.transport))
    with sealing() as folder:
        for authority.status in (503, 200):
            if authority.status == 503:
                with pytest.raises(AuthorityFailed):
                    seal_contract(contract.public_id)
                assert not SealedContract.objects.exists()
            else:
                seal_contract(contract.public_id)
        kept = SealedContract.objects.get()
        assert kept.profile == "B-T"
        finding = check(bytes(kept.content), [certificate_in(folder)])
        assert (finding.verdict, finding.timestamped) == (Verdict.SEALED, True)


class Authority:
    """A timestamp authority at the other end of a wire that is none."""

    def __init__(self) -> None:
        private = rsa.generate_private_key(65537, 2048)  # the only kind that the stamper of the library knows
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Clock")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(7)
            .not_valid_before(clock.now() - timedelta(days=1))
            .not_valid_after(clock.now() + timedelta(days=9))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(private, hashes.SHA256())
        )
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.status = 200
        self.stamper = DummyTimeStamper(
            tsa_cert=asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
            tsa_key=keys.PrivateKeyInfo.load(der),
        )
        self.transport = httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        asked = tsp.TimeStampReq.load(request.content)
        return httpx.Response(self.status, content=self.stamper.request_tsa_response(asked).dump())
