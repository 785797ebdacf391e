"""What an agency's owner sees in the admin: her anchors and her requests, and nothing else; and, for staff, the
channels that wait for a look.
"""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creators.models import AgencyAnchor, AgencyRequest, Channel
from creators.services.channels import unverify_channel, verify_channel
from marketplace.accounts.models.representation import IN_FORCE, Representation
from marketplace.core.actor import Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import AgencyAdmin, StaffAdmin
from marketplace.http.views import say_refusal


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


@admin.register(Channel)
class ChannelAdmin(StaffAdmin):
    """Open the link, see that the account is hers and what it counts, then say so."""

    roles = frozenset({StaffRole.OPERATIONS, StaffRole.COMPLIANCE})
    list_display = ("file", "platform", "handle", "followers", "link", "state", "updated_at", "verified_by")
    list_filter = ("state", "platform")
    list_select_related = ("file__party", "verified_by")
    search_fields = ("handle", "public_id", "file__party__name")
    ordering = ("-id",)
    actions = ("verify", "take_back")

    @admin.action(description=_("The figures were seen: verified"), permissions=["view"])
    def verify(self, request: HttpRequest, chosen: QuerySet[Channel]) -> None:
        self.each(request, chosen, verify_channel)

    @admin.action(description=_("Take the mark back"), permissions=["view"])
    def take_back(self, request: HttpRequest, chosen: QuerySet[Channel]) -> None:
        self.each(request, chosen, unverify_channel)

    def each(self, request: HttpRequest, chosen: QuerySet[Channel], service: Callable) -> None:
        for public_id in chosen.values_list("public_id", flat=True):
            try:
                service(actor=replace(request.actor, source=Source.ADMIN), public_id=public_id)
            except (Refused, Conflict) as refusal:
                say_refusal(request, refusal)
            else:
                messages.success(request, gettext("Done."))
