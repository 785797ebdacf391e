"""Django admin as Mooring uses it: read-mostly, scoped to the actor, behind a second factor."""

from collections.abc import Iterator
from typing import Any, ClassVar

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.core.actor import Role, StaffRole

AGENCY = "agency"


def agency_lead(request: HttpRequest) -> bool:
    """Acting for an agency, as one who runs it."""
    party = getattr(request, "party", None)
    return bool(party) and party.kind == AGENCY and request.actor.role in {Role.OWNER, Role.MANAGER}


class MooringAdminSite(admin.AdminSite):
    """Platform staff by their staff roles, agency owners by their membership; everyone with a second factor."""

    site_header = "Mooring"
    site_title = "Mooring"
    index_title = ""
    enable_nav_sidebar = False
    final_catch_all_view = False

    def register(self, models: Any, admin_class: type[admin.ModelAdmin] | None = None, **options: Any) -> None:
        """Tables that libraries bring (groups, second factors, sessions) follow none of our rules and stay out."""
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(models, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return self.may_enter(request) and self.has_second_factor(request)

    def may_enter(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and user.is_authenticated and (bool(request.actor.staff_roles) or agency_lead(request))

    def has_second_factor(self, request: HttpRequest) -> bool:
        return not settings.STAFF_REQUIRE_MFA or is_mfa_enabled(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in for everybody; for the signed in, what is missing decides."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        if self.may_enter(request) and not self.has_second_factor(request):
            messages.warning(request, _("The admin needs a second factor. Set one up here, then come back."))
            return redirect("mfa_index")
        return redirect("dashboard")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Nothing is added, changed or deleted here; state changes are actions that call a service."""

    actions: ClassVar[list] = []
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: object, request: HttpRequest) -> bool:
        """Only what the page offers: Django lets an address ask for any column, a password's hash letter by letter."""
        return any(lookup == name or lookup.startswith(f"{name}__") for name in self.list_filter)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """All but what is kept from the page: Django itself leaves out of `exclude` only what could be changed."""
        return [field.name for field in self.model._meta.fields if field.name not in (self.exclude or ())]


class StaffAdmin(ReadOnlyAdmin):
    """For platform staff in one of `roles`."""

    roles: ClassVar[frozenset[StaffRole]] = frozenset()

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.roles & request.actor.staff_roles)


class AgencyAdmin(ReadOnlyAdmin):
    """For those who run an agency: what is visible to it, and nothing else."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return agency_lead(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.actor)


class NamedValues(admin.AllValuesFieldListFilter):
    """A value that is empty is a choice too: its link needs words."""

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or changelist.model_admin.get_empty_value_display()}


class ReadOnlyInline(admin.TabularInline):
    """Drawn by a template of ours: Django's has empty column heads, for boxes that nobody ticks here."""

    template = "admin/edit_inline/read_only.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True
