"""People and parties as the API shows them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from marketplace.accounts.models import Membership, PartyCard, PartyKind
from marketplace.accounts.models.membership import RoleChoice
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.scopes import Scope
from marketplace.core.machine import values

PICTURE = (320, "webp")


class PartyName(serializers.Serializer):
    """A party where it is mentioned."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()


class PersonOut(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    email = serializers.CharField()
    language = serializers.CharField()


class OwnParty(PartyName):
    kind = serializers.ChoiceField(PartyKind.choices)
    state = serializers.ChoiceField(values(PartyState))
    time_zone = serializers.CharField()


class Me(serializers.Serializer):
    """Who asks, for which party, and what it may do; `party` and `role` are null before the first party."""

    user = PersonOut()
    party = OwnParty(allow_null=True)
    role = serializers.ChoiceField(RoleChoice.choices, allow_null=True)
    can_sign = serializers.BooleanField()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))

    @staticmethod
    def of(user: Any, membership: Membership | None, scopes: frozenset[str]) -> dict[str, Any]:
        return {
            "user": user,
            "party": membership.party if membership else None,
            "role": membership.role if membership else None,
            "can_sign": membership.can_sign if membership else False,
            "scopes": [scope for scope in Scope.values if scope in scopes],
        }


class ChannelOut(serializers.Serializer):
    platform = serializers.CharField()
    handle = serializers.CharField()
    followers = serializers.IntegerField(allow_null=True)
    proof = serializers.CharField()


class Card(serializers.Serializer):
    """What everybody may know of a party: its card, never its papers, people or money."""

    id = serializers.CharField(source="party.public_id")
    kind = serializers.ChoiceField(PartyKind.choices, source="party.kind")
    name = serializers.CharField()
    picture = serializers.SerializerMethodField()
    categories = serializers.SerializerMethodField()

    def get_picture(self, card: PartyCard) -> str | None:
        if not card.picture:
            return None
        return self.context["request"].build_absolute_uri(reverse("media-rendition", args=[card.picture, *PICTURE]))

    def get_categories(self, card: PartyCard) -> list[str]:
        return texts(card, "categories")


class AnchorCard(Card):
    region = serializers.SerializerMethodField()
    languages = serializers.SerializerMethodField()
    channels = serializers.SerializerMethodField()

    def get_region(self, card: PartyCard) -> str:
        return str(card.facts.get("region") or "")

    def get_languages(self, card: PartyCard) -> list[str]:
        return texts(card, "languages")

    @extend_schema_field(ChannelOut(many=True))
    def get_channels(self, card: PartyCard) -> list[dict[str, Any]]:
        return [
            {
                "platform": str(one.get("platform", "")),
                "handle": str(one.get("handle", "")),
                "followers": one.get("followers") if isinstance(one.get("followers"), int) else None,
                "proof": str(one.get("proof", "")),
            }
            for one in card.facts.get("channels", [])
        ]


class MerchantCard(Card):
    """A brand or a supplier."""


def texts(card: PartyCard, fact: str) -> list[str]:
    """A side may have written less, or more, than we know of here."""
    return [str(one) for one in card.facts.get(fact, [])]
