"""Contracts and signatures, to be read: nobody changes what was signed."""

from django.contrib import admin

from marketplace.contracts.models import Contract, Signature
from marketplace.core.actor import StaffRole
from marketplace.http.staff import ReadOnlyInline, StaffAdmin

READERS = frozenset({StaffRole.OPERATIONS, StaffRole.COMPLIANCE})


class SignatureInline(ReadOnlyInline):
    model = Signature
    fields = ("capacity", "name", "method", "signed_at")
    readonly_fields = fields


@admin.register(Contract)
class ContractAdmin(StaffAdmin):
    roles = READERS
    inlines = (SignatureInline,)
    list_display = ("drafted_at", "title", "merchant", "anchor", "agency", "state", "sign_by", "concluded_at")
    list_filter = ("state", "currency")
    list_select_related = ("merchant", "anchor", "agency")
    search_fields = ("public_id", "title", "merchant__name", "anchor__name")
    ordering = ("-id",)
