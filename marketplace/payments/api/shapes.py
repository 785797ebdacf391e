"""Earnings as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from marketplace.core.machine import values
from marketplace.http.api.shapes import MoneyOut, Query
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, Transfer
from marketplace.payments.selectors import place_of
from marketplace.payments.selectors.earnings import HoldSum, Purse

HOLDS = sorted({*Transfer.Hold.values, *Payout.Hold.values})
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
PLACES = ("released", "hold", "transit", "paid")


class HoldOut(serializers.Serializer):
    """What is held for one reason; `until` is null when it does not end by itself."""

    amount = MoneyOut(source="money")
    reason = serializers.ChoiceField(HOLDS, source="hold")
    until = serializers.DateTimeField(allow_null=True)


class PurseOut(serializers.Serializer):
    """One currency, by place. A payout is asked for on the pages, for it needs a second factor."""

    currency = serializers.CharField()
    available = MoneyOut(help_text="On your account at the provider; goes out with the next run")
    released = MoneyOut(help_text="On its way to that account")
    held = MoneyOut()
    moving = MoneyOut(help_text="On its way to your bank")
    back = MoneyOut(help_text="Sent back by your bank")
    paid = MoneyOut()
    holds = serializers.SerializerMethodField()

    @extend_schema_field(HoldOut(many=True))
    def get_holds(self, purse: Purse) -> list[dict[str, Any]]:
        found: list[HoldSum] = purse.holds
        return HoldOut(found, many=True).data


class EarningsOut(serializers.Serializer):
    purses = PurseOut(many=True)
    next_run = serializers.DateTimeField(
        allow_null=True, help_text="When everything available is paid out next; null while all payouts are paused"
    )


class TransferOut(serializers.Serializer):
    """Your part of one release, out of one payment of the merchant's."""

    id = serializers.CharField(source="public_id")
    contract = serializers.CharField()
    further_round = serializers.BooleanField(
        source="is_round", help_text="Of a further round of changes that the merchant bought, not of the fee"
    )
    amount = MoneyOut(source="money")
    state = serializers.ChoiceField(values(TransferState))
    place = serializers.SerializerMethodField()
    hold = serializers.SerializerMethodField(help_text="Why it waits; null when it does not")
    held_until = serializers.DateTimeField(allow_null=True)
    payout = serializers.SerializerMethodField(help_text="The payout that it went with")
    created_at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(PLACES))
    def get_place(self, transfer: Transfer) -> str:
        return place_of(transfer)

    @extend_schema_field(serializers.ChoiceField(Transfer.Hold.values, allow_null=True))
    def get_hold(self, transfer: Transfer) -> str | None:
        return transfer.hold or None

    def get_payout(self, transfer: Transfer) -> str | None:
        return transfer.payout.public_id if transfer.payout else None


class PayoutLine(serializers.Serializer):
    """Everything of one currency that was ready, on its way to your bank."""

    id = serializers.CharField(source="public_id")
    amount = MoneyOut(source="money")
    state = serializers.ChoiceField(values(PayoutState))
    hold = serializers.SerializerMethodField()
    held_until = serializers.DateTimeField(allow_null=True)
    tries = serializers.IntegerField()
    retry_at = serializers.DateTimeField(allow_null=True)
    last4 = serializers.CharField(help_text="Of the account that it goes to")
    created_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(Payout.Hold.values, allow_null=True))
    def get_hold(self, payout: Payout) -> str | None:
        return payout.hold or None


class PayoutOut(PayoutLine):
    transfers = serializers.SerializerMethodField()

    @extend_schema_field(TransferOut(many=True))
    def get_transfers(self, payout: Payout) -> list[dict[str, Any]]:
        return TransferOut(payout.transfers.select_related("payout").order_by("id"), many=True).data


class StatementLineOut(serializers.Serializer):
    at = serializers.DateTimeField()
    what = serializers.ChoiceField(["released", "paid", "withheld", "taken_back"])
    reference = serializers.CharField(help_text="Id of the contract, or of the payout")
    amount = MoneyOut(source="money", help_text="Below zero when it was paid to your bank")


class StatementOut(serializers.Serializer):
    """From the first instant of the month to that of the next, in your party's time zone."""

    month = serializers.CharField()
    begins = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    lines = StatementLineOut(many=True)


class StatementQuery(Query):
    month = serializers.RegexField(MONTH, required=False, help_text="`2026-11`; without it, this month")
