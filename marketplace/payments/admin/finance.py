"""What the admin's pages about money share: they are for finance, and an action acts on each row by itself."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor, Source, StaffRole
from marketplace.core.errors import IllegalTransition, Refused
from marketplace.http.staff import StaffAdmin

FINANCE = frozenset({StaffRole.FINANCE})


class FinanceAdmin(StaffAdmin):
    roles = FINANCE

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.actor)


def by_admin(request: HttpRequest) -> Actor:
    return replace(request.actor, source=Source.ADMIN)


def each(request: HttpRequest, chosen: Iterable[str], act: Callable[..., object]) -> None:
    """One after the other; where it stands otherwise by now, nothing happens, and the page says how many."""
    done = refused = 0
    for public_id in chosen:
        try:
            act(actor=request.actor, public_id=public_id)
            done += 1
        except (IllegalTransition, Refused):
            refused += 1
    said = _("%(done)s done, %(refused)s not possible now.") % {"done": done, "refused": refused}
    messages.success(request, said)
