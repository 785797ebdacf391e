from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Representation


class AgencyAnchor(Representation):
    """A representation in force, as the agency's admin lists it."""

    class Meta:
        proxy = True
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")


class AgencyRequest(Representation):
    """A request that waits for somebody's answer, or was closed without one."""

    class Meta:
        proxy = True
        verbose_name = _("request")
        verbose_name_plural = _("requests")
