"""Contracts and their terms as the API shows them."""

import base64
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from marketplace.accounts.api.shapes import PartyName
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Capacity, Contract, Method, Profile, SealedContract
from marketplace.contracts.selectors import Proof, Signer
from marketplace.contracts.terms import DealTerms, DeliverableKind, PriceModel
from marketplace.core.machine import values
from marketplace.core.money import Money
from marketplace.http.api.fields import Choice
from marketplace.http.api.shapes import MoneyOut, PageQuery

INSTANT = serializers.DateTimeField()


class DeliverableOut(serializers.Serializer):
    kind = serializers.ChoiceField(values(DeliverableKind))
    title = serializers.CharField()
    due_on = serializers.DateField()
    share_bp = serializers.IntegerField(help_text="Of the fee, released with it; 1500 is 15 %")


class KillFeeOut(serializers.Serializer):
    """What the merchant owes when it cancels, in basis points of what is not yet released."""

    before_funds = serializers.IntegerField()
    funded = serializers.IntegerField()
    script_approved = serializers.IntegerField()
    draft_delivered = serializers.IntegerField()
    approved_unpublished = serializers.IntegerField()
    merchant_absent = serializers.IntegerField()


class Terms(serializers.Serializer):
    price_model = serializers.ChoiceField(values(PriceModel))
    fee = serializers.SerializerMethodField()
    cps_bp = serializers.IntegerField()
    gift = serializers.CharField()
    deliverables = DeliverableOut(many=True)
    publish_from = serializers.DateField()
    publish_until = serializers.DateField()
    revision_rounds = serializers.IntegerField()
    extra_round = MoneyOut(help_text="Price of a round of changes beyond those; 0: none can be bought")
    review_days = serializers.IntegerField()
    stay_up_days = serializers.IntegerField()
    holdback_bp = serializers.IntegerField()
    rights_where = serializers.CharField()
    rights_months = serializers.IntegerField()
    paid_use = serializers.BooleanField()
    samples = serializers.CharField()
    disclosure = serializers.CharField()
    kill_fee_bp = KillFeeOut()
    time_zone = serializers.CharField()
    calendar = serializers.CharField()

    def get_fee(self, terms: DealTerms) -> MoneyOut:
        return MoneyOut(Money(terms.fee_minor, terms.currency)).data


class ContractLine(serializers.Serializer):
    """A contract in a list."""

    id = serializers.CharField(source="public_id")
    number = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(values(ContractState))
    merchant = PartyName()
    anchor = PartyName()
    agency = PartyName(allow_null=True)
    task = serializers.CharField(source="subject")
    application = serializers.CharField(source="seat")
    gross = serializers.SerializerMethodField()
    governing_language = serializers.CharField()
    terms_sha256 = serializers.CharField()
    drafted_at = serializers.DateTimeField()
    sign_by = serializers.DateTimeField(allow_null=True)
    concluded_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_gross(self, contract: Contract) -> MoneyOut:
        return MoneyOut(Money(contract.gross_minor, contract.currency)).data


class SignerOut(serializers.Serializer):
    """A place at the foot of a contract; the last three are null until it is signed."""

    capacity = serializers.ChoiceField(Capacity.choices)
    party = serializers.CharField(source="name")
    signed_by = serializers.SerializerMethodField()
    method = serializers.SerializerMethodField()
    signed_at = serializers.SerializerMethodField()

    def get_signed_by(self, signer: Signer) -> str | None:
        return signer.signature.name if signer.signature else None

    def get_method(self, signer: Signer) -> str | None:
        return Method(signer.signature.method).value if signer.signature else None

    def get_signed_at(self, signer: Signer) -> str | None:
        return INSTANT.to_representation(signer.signature.signed_at) if signer.signature else None


class ContractOut(ContractLine):
    terms = Terms(source="deal")
    signers = serializers.SerializerMethodField()

    @extend_schema_field(SignerOut(many=True))
    def get_signers(self, contract: Contract) -> list[dict[str, Any]]:
        return SignerOut(self.context["signers"], many=True).data


class DocumentOut(serializers.Serializer):
    language = serializers.CharField()
    governs = serializers.BooleanField()
    sha256 = serializers.CharField()
    content = serializers.CharField(trim_whitespace=False)
    made_at = serializers.DateTimeField()


class SealedOut(serializers.Serializer):
    """The sealed PDF. Decoded, `content` has the hash `sha256`."""

    sha256 = serializers.CharField()
    size_bytes = serializers.IntegerField()
    profile = serializers.ChoiceField(Profile.choices, help_text="Of PAdES: B-T bears the time of an authority")
    sealed_by = serializers.CharField(help_text="Whom the certificate names")
    certificate_sha256 = serializers.CharField()
    sealed_at = serializers.DateTimeField()
    content = serializers.SerializerMethodField(help_text="The PDF in base64")

    def get_content(self, sealed: SealedContract) -> str:
        return base64.b64encode(sealed.content).decode()


class DocumentProof(serializers.Serializer):
    language = serializers.CharField()
    governs = serializers.BooleanField()
    sha256 = serializers.CharField()
    matches = serializers.BooleanField()


class ProofOut(serializers.Serializer):
    """The documents hashed anew, beside what was signed."""

    number = serializers.CharField()
    holds = serializers.BooleanField()
    terms_match = serializers.BooleanField()
    concluded_at = serializers.DateTimeField(allow_null=True)
    documents = DocumentProof(many=True)
    signers = SignerOut(many=True)

    @staticmethod
    def of(proof: Proof) -> dict[str, Any]:
        documents = [
            {"language": one.language, "governs": one.governs, "sha256": one.sha256, "matches": matches}
            for one, matches in proof.documents
        ]
        return {
            "number": proof.number,
            "holds": proof.holds,
            "terms_match": proof.terms_match,
            "concluded_at": proof.concluded_at,
            "documents": documents,
            "signers": proof.signers,
        }


class ContractQuery(PageQuery):
    state = Choice(values(ContractState), required=False)
