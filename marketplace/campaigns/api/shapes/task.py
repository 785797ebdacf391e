"""V tasks as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from marketplace.accounts.api.shapes import PartyName
from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.api.shapes.money import MoneyIn, same_currency
from marketplace.campaigns.links import LONGEST, plain_https
from marketplace.campaigns.machine import VTaskState
from marketplace.campaigns.models import MOST_PRODUCTS, Form, Mode, PriceModelChoice, VTask
from marketplace.campaigns.selectors.budgets import budget_of
from marketplace.campaigns.wording import SENTENCES
from marketplace.contracts.api.shapes import DeliverableOut
from marketplace.contracts.documents import LANGUAGES
from marketplace.contracts.terms import DeliverableKind
from marketplace.core.machine import values
from marketplace.core.money import Money
from marketplace.http.api.fields import Address, Choice, Day, Flag, Id, Instant, Several, Text, Whole
from marketplace.http.api.shapes import In, MoneyOut

SHARE = (0, 10_000)


class CampaignOut(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    created_at = serializers.DateTimeField()


class ProductOut(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    price = MoneyOut(allow_null=True)
    link = serializers.CharField()


class ProductIn(In):
    """A thing that the job is about. Pictures are set on the pages."""

    id = Id("prd", required=False, help_text="Of one that is there: it keeps its picture")
    name = Text(max_length=80)
    price = MoneyIn(required=False, allow_null=True)
    link = Text(max_length=LONGEST, allow_blank=True, required=False, help_text="A plain https address")

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())

    def validate_link(self, link: str) -> str:
        try:
            return plain_https(link) if link else ""
        except ValueError:
            raise serializers.ValidationError(SENTENCES["link_not_accepted"], code="link_not_accepted") from None


class ReviewHit(serializers.Serializer):
    rule = serializers.CharField()
    field = serializers.CharField()
    words = serializers.CharField(allow_blank=True)


class OwnTask(serializers.Serializer):
    """What only the task’s own merchant sees of it."""

    def get_attribute(self, task: VTask) -> VTask | None:
        return task if task.party_id == self.context["actor"].party_id else None

    campaign = CampaignOut(allow_null=True)
    merchant_name = serializers.CharField()
    room_link = serializers.CharField()
    reserved = serializers.SerializerMethodField()
    budget = serializers.SerializerMethodField(help_text="What all seats cost at most, platform fee and VAT included")
    review_hits = ReviewHit(many=True)
    review_words = serializers.CharField()
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)

    def get_reserved(self, task: VTask) -> MoneyOut:
        return MoneyOut(Money(task.reserved_minor, task.currency)).data

    def get_budget(self, task: VTask) -> MoneyOut:
        return MoneyOut(budget_of(task)).data


class Task(serializers.Serializer):
    """A V task. `own` is null for everybody but its merchant."""

    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(values(VTaskState))
    merchant = PartyName(source="party")
    title = serializers.CharField()
    form = serializers.ChoiceField(Form.choices, allow_blank=True)
    mode = serializers.ChoiceField(Mode.choices)
    category = serializers.ChoiceField(Category.choices, allow_blank=True)
    goal = serializers.CharField()
    audience = serializers.CharField()
    selling_points = serializers.CharField()
    do = serializers.CharField()
    avoid = serializers.CharField()
    references = serializers.CharField()
    mandatory_words = serializers.CharField()
    disclosure = serializers.CharField()
    platforms = serializers.ListField(child=serializers.ChoiceField(Platform.choices))
    samples = serializers.CharField()
    products = ProductOut(many=True, source="products.all")
    apply_by = serializers.DateField(allow_null=True)
    publish_from = serializers.DateField(allow_null=True)
    publish_until = serializers.DateField(allow_null=True)
    live_start = serializers.DateTimeField(allow_null=True)
    live_minutes = serializers.IntegerField(allow_null=True)
    deliverables = DeliverableOut(many=True)
    revision_rounds = serializers.IntegerField()
    review_days = serializers.IntegerField()
    stay_up_days = serializers.IntegerField()
    seats = serializers.IntegerField()
    seats_left = serializers.IntegerField()
    price_model = serializers.ChoiceField(PriceModelChoice.choices)
    fee = MoneyOut()
    fee_max = MoneyOut(help_text="Of a range that quotes may lie in; otherwise the fee")
    cps_bp = serializers.IntegerField()
    gift = serializers.CharField()
    holdback_bp = serializers.IntegerField()
    funded = serializers.BooleanField(source="is_funded")
    min_followers = serializers.IntegerField()
    regions = serializers.ListField(child=serializers.ChoiceField(Region.choices))
    languages = serializers.ListField(child=serializers.ChoiceField(Spoken.choices))
    same_category = serializers.BooleanField()
    verified_channel = serializers.BooleanField()
    rights_where = serializers.CharField()
    rights_months = serializers.IntegerField()
    paid_use = serializers.BooleanField()
    governing_language = serializers.ChoiceField(LANGUAGES)
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    own = OwnTask(allow_null=True)


class DeliverableIn(In):
    kind = Choice(values(DeliverableKind))
    title = Text(max_length=120)
    due_on = Day()
    share_bp = Whole(*SHARE)


def optional(length: int) -> Text:
    return Text(max_length=length, allow_blank=True, required=False)


class TaskIn(In):
    """What a merchant writes; each part may come when it is known. Everything else about a task has its own way."""

    campaign = Text(max_length=80, allow_blank=True, required=False, help_text="By name; made when it is new")
    title = optional(80)
    form = Choice(Form.choices, required=False)
    mode = Choice(Mode.choices, required=False)
    category = Choice(Category.choices, required=False)
    goal = optional(1200)
    audience = optional(200)
    selling_points = optional(1200)
    do = optional(1200)
    avoid = optional(1200)
    references = optional(1200)
    mandatory_words = optional(200)
    disclosure = optional(120)
    platforms = Several(Choice(Platform.choices), 20, required=False)
    samples = optional(200)
    products = serializers.ListField(
        child=ProductIn(),
        max_length=MOST_PRODUCTS,
        required=False,
        help_text="All of them, in their order; one that is left out goes",
    )
    apply_by = Day(required=False, allow_null=True)
    publish_from = Day(required=False, allow_null=True)
    publish_until = Day(required=False, allow_null=True)
    live_start = Instant(required=False, allow_null=True)
    live_minutes = Whole(1, 1440, required=False, allow_null=True)
    room_link = Address(max_length=300, allow_blank=True, required=False)
    deliverables = serializers.ListField(child=DeliverableIn(), max_length=20, required=False)
    revision_rounds = Whole(0, 20, required=False)
    review_days = Whole(1, 30, required=False)
    stay_up_days = Whole(0, 365, required=False)
    seats = Whole(1, 1000, required=False)
    price_model = Choice(PriceModelChoice.choices, required=False)
    fee = MoneyIn(required=False)
    fee_max = MoneyIn(required=False)
    cps_bp = Whole(*SHARE, required=False)
    gift = optional(200)
    holdback_bp = Whole(*SHARE, required=False)
    min_followers = Whole(0, 2_000_000_000, required=False)
    regions = Several(Choice(Region.choices), 60, required=False)
    languages = Several(Choice(Spoken.choices), 40, required=False)
    same_category = Flag(required=False)
    verified_channel = Flag(required=False)
    rights_where = optional(160)
    rights_months = Whole(0, 120, required=False)
    paid_use = Flag(required=False)
    governing_language = Choice(LANGUAGES, required=False)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if sent.get("fee") and sent.get("fee_max"):
            same_currency(sent["fee_max"], sent["fee"].currency, "fee_max")
        return sent


def as_fields(sent: dict[str, Any]) -> dict[str, Any]:
    """The columns that a merchant’s words fill."""
    fields = {name: value for name, value in sent.items() if name not in {"campaign", "products", "fee", "fee_max"}}
    if "deliverables" in fields:
        fields["deliverables"] = [one | {"due_on": one["due_on"].isoformat()} for one in fields["deliverables"]]
    for name in ("fee", "fee_max"):
        if money := sent.get(name):
            fields |= {f"{name}_minor": money.amount_minor, "currency": money.currency}
    return fields


def as_products(sent: dict[str, Any]) -> list[dict[str, Any]] | None:
    """None when nothing was said about them."""
    if "products" not in sent:
        return None
    return [_product(one) for one in sent["products"]]


def _product(one: dict[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in one.items() if name != "price"} | {"link": one.get("link", "")}
    price = one.get("price")
    return row | ({"price_minor": price.amount_minor, "currency": price.currency} if price else {"price_minor": 0})


class DeadlineIn(In):
    apply_by = Day()


class WordIn(In):
    word = Text(max_length=400, allow_blank=True, required=False, default="", help_text="Told to the other side")
