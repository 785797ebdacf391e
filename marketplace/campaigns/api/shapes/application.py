"""Candidacies and the negotiation about them."""

from typing import Any

from rest_framework import serializers

from marketplace.accounts.api.shapes import PartyName
from marketplace.campaigns.api.shapes.money import MoneyIn, same_currency
from marketplace.campaigns.api.shapes.task import SHARE, DeliverableIn, optional
from marketplace.campaigns.machine import ApplicationState, OfferState
from marketplace.campaigns.models import Application, Offer, Side
from marketplace.contracts.api.shapes import Terms
from marketplace.contracts.terms import DealTerms, DeliverableTerms
from marketplace.core.machine import values
from marketplace.http.api.fields import Choice, Day, Flag, Id, Several, Text, Whole
from marketplace.http.api.shapes import In, MoneyOut, PageQuery

MOST_INVITED = 50


class TaskName(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    merchant = PartyName(source="party")


class ApplicationOut(serializers.Serializer):
    """One anchor’s candidacy for one V task."""

    id = serializers.CharField(source="public_id")
    task = TaskName()
    anchor = PartyName()
    by_party = PartyName(help_text="The anchor herself, or the agency that applied for her")
    origin = serializers.ChoiceField(Application.Origin.choices)
    state = serializers.ChoiceField(values(ApplicationState))
    message = serializers.CharField()
    quote = MoneyOut(allow_null=True)
    portfolio = serializers.ListField(child=serializers.CharField())
    invitation_words = serializers.CharField()
    closing_words = serializers.CharField()
    created_at = serializers.DateTimeField()
    applied_at = serializers.DateTimeField(allow_null=True)
    decide_by = serializers.DateTimeField(allow_null=True)
    contract = serializers.SerializerMethodField()

    def get_contract(self, application: Application) -> str | None:
        return application.contract or None


class OfferOut(serializers.Serializer):
    """One line in the log of a negotiation: whole terms, by one side."""

    id = serializers.CharField(source="public_id")
    number = serializers.IntegerField()
    side = serializers.ChoiceField(Side.choices)
    by_party = PartyName()
    state = serializers.ChoiceField(values(OfferState))
    terms = serializers.SerializerMethodField()
    message = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    extended_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_terms(self, offer: Offer) -> Terms:
        return Terms(offer.deal).data


class ApplyIn(In):
    message = Text(max_length=1000)
    quote = MoneyIn(
        required=False, allow_null=True, help_text="In the currency of the task, where it is open to quotes"
    )
    portfolio = Several(Text(max_length=31), 10, required=False, default=list, help_text="Ids of works")
    anchor = Id("pty", required=False, default="", help_text="For whom an agency applies")


class InviteIn(In):
    anchors = Several(Id("pty"), MOST_INVITED, min_length=1)
    words = Text(max_length=600, allow_blank=True, required=False, default="")


class KillFeeIn(In):
    before_funds = Whole(*SHARE)
    funded = Whole(*SHARE)
    script_approved = Whole(*SHARE)
    draft_delivered = Whole(*SHARE)
    approved_unpublished = Whole(*SHARE)
    merchant_absent = Whole(*SHARE)


class TermsIn(In):
    """What is to be different; everything else stays as it is on the table, or on the task before the first offer."""

    fee = MoneyIn(required=False)
    cps_bp = Whole(*SHARE, required=False)
    gift = optional(200)
    deliverables = serializers.ListField(child=DeliverableIn(), max_length=20, required=False)
    publish_from = Day(required=False)
    publish_until = Day(required=False)
    revision_rounds = Whole(0, 20, required=False)
    extra_round = MoneyIn(
        required=False,
        help_text="Price of a round beyond those; 0: none can be bought. Follows the fee until it is named",
    )
    review_days = Whole(1, 30, required=False)
    stay_up_days = Whole(0, 365, required=False)
    holdback_bp = Whole(*SHARE, required=False)
    rights_where = optional(160)
    rights_months = Whole(0, 120, required=False)
    paid_use = Flag(required=False)
    samples = optional(200)
    kill_fee_bp = KillFeeIn(required=False)


class OfferIn(In):
    terms = TermsIn(required=False, default=dict)
    message = Text(max_length=1000, allow_blank=True, required=False, default="")


class ApplicationQuery(PageQuery):
    state = Choice(values(ApplicationState), required=False)


def changed(terms: DealTerms, sent: dict[str, Any]) -> DealTerms:
    """`terms` with what was sent instead. Raises ValidationError for another currency."""
    new = dict(sent)
    if money := new.pop("fee", None):
        same_currency(money, terms.currency, "terms.fee")
        terms = terms.with_fee(money.amount_minor)
    if price := new.pop("extra_round", None):
        same_currency(price, terms.currency, "terms.extra_round")
        new["extra_round_minor"] = price.amount_minor
    if "deliverables" in new:
        new["deliverables"] = tuple(DeliverableTerms(**one) for one in new["deliverables"])
    if "kill_fee_bp" in new:
        new["kill_fee_bp"] = dict(new["kill_fee_bp"])
    return terms.with_(**new)
