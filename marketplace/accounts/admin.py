"""People and parties for platform staff."""

from django.contrib import admin

from marketplace.accounts.models import Consent, Invitation, LegalEntity, Membership, Party, Representation, User
from marketplace.core.actor import StaffRole
from marketplace.http.staff import ReadOnlyInline, StaffAdmin

OPERATIONS = frozenset({StaffRole.OPERATIONS})
PEOPLE = frozenset({StaffRole.OPERATIONS, StaffRole.COMPLIANCE})


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("user", "party", "role", "can_sign", "created_at", "removed_at")


@admin.register(User)
class UserAdmin(StaffAdmin):
    roles = PEOPLE
    list_display = ("email", "name", "language", "is_active", "joined_at", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name", "public_id")
    fields = ("public_id", "email", "name", "language", "is_active", "is_staff", "joined_at", "last_login", "erased_at")
    inlines = (MembershipInline,)


@admin.register(Party)
class PartyAdmin(StaffAdmin):
    roles = PEOPLE | {StaffRole.FINANCE}
    list_display = ("name", "kind", "state", "legal_entity", "created_at")
    list_filter = ("kind", "state")
    list_select_related = ("legal_entity",)
    search_fields = ("name", "public_id")
    inlines = (MembershipInline,)


@admin.register(LegalEntity)
class LegalEntityAdmin(StaffAdmin):
    roles = frozenset({StaffRole.COMPLIANCE})
    list_display = ("name", "country", "registration_number", "owner")
    list_select_related = ("owner",)
    search_fields = ("name", "registration_number", "tax_id")


@admin.register(Invitation)
class InvitationAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("email", "party", "role", "state", "created_at", "expires_at")
    list_filter = ("state",)
    list_select_related = ("party",)
    search_fields = ("email",)


@admin.register(Representation)
class RepresentationAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("agency", "anchor", "state", "fee_share_bp", "cps_share_bp", "period")
    list_filter = ("state",)
    list_select_related = ("agency", "anchor")
    search_fields = ("agency__name", "anchor__name", "public_id")


@admin.register(Consent)
class ConsentAdmin(StaffAdmin):
    roles = frozenset({StaffRole.COMPLIANCE})
    list_display = ("user", "document", "version", "language", "at")
    list_filter = ("document", "version")
    list_select_related = ("user",)
