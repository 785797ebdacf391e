"""The hall's filters, in an address and in a saved search."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from marketplace.campaigns.machine import VTaskState
from marketplace.campaigns.models import SavedSearch
from marketplace.campaigns.selectors.hall import CURRENCIES, MANY, NEWEST, SORTS, HallQuery
from marketplace.core.machine import values
from marketplace.http.api.fields import Choice, Day, Flag, FlagInAddress, Several, Text, Whole, WholeInAddress
from marketplace.http.api.shapes import In, PageQuery
from marketplace.http.filters import LONGEST

MOST_FEE = 999_999_999_999
LONGEST_QUERY = SavedSearch._meta.get_field("query").max_length


def several(name: str) -> Several:
    return Several(Choice(MANY[name].choices), len(MANY[name].choices), required=False)


class TaskQuery(PageQuery):
    q = Text(required=False, allow_blank=True, max_length=LONGEST, help_text="Words, English or Chinese")
    category = several("category")
    form = several("form")
    platform = several("platform")
    region = several("region")
    language = several("language")
    mode = several("mode")
    currency = Choice(CURRENCIES, required=False)
    fee_from = WholeInAddress(0, MOST_FEE, required=False, default=0)
    publish_from = Day(required=False)
    publish_until = Day(required=False)
    funded = FlagInAddress(required=False)
    sort = Choice(tuple(SORTS), required=False)


class Filters(In):
    """What a saved search looks for: the filters of the hall."""

    q = Text(required=False, allow_blank=True, max_length=LONGEST)
    category = several("category")
    form = several("form")
    platform = several("platform")
    region = several("region")
    language = several("language")
    mode = several("mode")
    currency = Choice(CURRENCIES, required=False)
    fee_from = Whole(0, MOST_FEE, required=False, help_text="In whole units of `currency`")
    publish_from = Day(required=False)
    publish_until = Day(required=False)
    funded = Flag(required=False)


class SearchIn(In):
    name = Text(max_length=60)
    filters = Filters()

    def validate_filters(self, filters: dict[str, Any]) -> dict[str, Any]:
        if len(as_hall(filters).query()) > LONGEST_QUERY:
            raise ValidationError([ErrorDetail(_("That is too many filters for one search."), code="too_long")])
        return filters


class SearchNameIn(In):
    name = Text(max_length=60)


class FiltersOut(serializers.Serializer):
    q = serializers.CharField()
    category = serializers.ListField(child=serializers.CharField())
    form = serializers.ListField(child=serializers.CharField())
    platform = serializers.ListField(child=serializers.CharField())
    region = serializers.ListField(child=serializers.CharField())
    language = serializers.ListField(child=serializers.CharField())
    mode = serializers.ListField(child=serializers.CharField())
    currency = serializers.CharField()
    fee_from = serializers.IntegerField()
    publish_from = serializers.DateField(allow_null=True)
    publish_until = serializers.DateField(allow_null=True)
    funded = serializers.BooleanField()


class SearchOut(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    filters = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_filters(self, search: SavedSearch) -> FiltersOut:
        return FiltersOut(HallQuery.parse(search.query)).data


class OwnTaskQuery(PageQuery):
    state = Choice(values(VTaskState), required=False)


def as_hall(sent: dict[str, Any]) -> HallQuery:
    chosen = {name: tuple(sorted(value)) if name in MANY else value for name, value in sent.items()}
    return HallQuery(**{"sort": NEWEST} | {name: value for name, value in chosen.items() if name not in PAGE})


PAGE = {"cursor", "limit"}
