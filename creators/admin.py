"""What an agency's owner sees in the admin: her anchors and her requests, and nothing else."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from creators.models import AgencyAnchor, AgencyRequest
from marketplace.accounts.models.representation import IN_FORCE, Representation
from marketplace.http.staff import AgencyAdmin


class TermsAdmin(AgencyAdmin):
    list_select_related = ("anchor", "asked_by")
    fields = ("anchor", "state", "covers", "fee_share", "cps_share", "period", "notice_days", "message", "ends_on")
    search_fields = ("anchor__name",)

    def get_readonly_fields(self, request: HttpRequest, obj: Representation | None = None) -> list[str]:
        return list(self.fields)

    @admin.display(description=_("share of fees"), ordering="fee_share_bp")
    def fee_share(self, terms: Representation) -> str:
        return f"{terms.fee_share_bp / 100:g} %"

    @admin.display(description=_("share of commission"), ordering="cps_share_bp")
    def cps_share(self, terms: Representation) -> str:
        return f"{terms.cps_share_bp / 100:g} %"

    @admin.display(description=_("scope"))
    def covers(self, terms: Representation) -> str:
        labels = dict(Representation._meta.get_field("scope").base_field.choices)
        return ", ".join(str(labels[scope]) for scope in terms.scope)


@admin.register(AgencyAnchor)
class AgencyAnchorAdmin(TermsAdmin):
    list_display = ("anchor", "state", "covers", "fee_share", "cps_share", "period", "ends_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(agency_id=request.actor.party_id, state__in=IN_FORCE)


@admin.register(AgencyRequest)
class AgencyRequestAdmin(TermsAdmin):
    list_display = ("anchor", "state", "asked_by", "covers", "fee_share", "cps_share", "created_at")
    list_filter = ("state",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(agency_id=request.actor.party_id).exclude(state__in=IN_FORCE)
