from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category
from marketplace.accounts.models import Party
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.models.representation import IN_FORCE
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import Application
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.search import search_document

LISTED = Q(listed_at__isnull=False)


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")
    NIGHT = "night", _("Nights")


class AnchorFileQuerySet(QuerySet["AnchorFile"]):
    def listed(self) -> "AnchorFileQuerySet":
        """Those that directories have in their indexes; `public` leaves out whose party has been closed since."""
        return self.filter(LISTED)

    def public(self) -> "AnchorFileQuerySet":
        """Those that their anchors show to everybody."""
        return self.listed().filter(party__state=PartyState.ACTIVE)

    def in_directory(self) -> "AnchorFileQuerySet":
        """The same ones, for lists that read many to show a few.

        What is listed was an active party's, and such a party can only be closed: the few closed ones are left out by
        an index of theirs, where joining each row's party would cost most of what a page of the directory reads.
        """
        closed = Party.objects.filter(pk=OuterRef("party_id"), state=PartyState.CLOSED)
        return self.listed().filter(~Exists(closed))

    def visible_to(self, actor: Actor) -> "AnchorFileQuerySet":
        """Public ones for everybody; hidden ones for herself, her agency, merchants whose candidate she is, staff."""
        if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.COMPLIANCE}:
            return self
        if actor.party_id is None:
            return self.public()
        active = Q(party__state=PartyState.ACTIVE)
        agency = Q(party__represented_by__agency_id=actor.party_id, party__represented_by__state__in=IN_FORCE)
        candidates = Application.objects.filter(task__party_id=actor.party_id).values("anchor_id")
        hers = Q(party_id=actor.party_id)
        known = self.model.objects.filter(hers | (active & (agency | Q(party_id__in=candidates)))).values("pk")
        return self.filter((active & LISTED) | Q(pk__in=known))


# What the directory filters by, beside the order: see campaigns.models.v_task.
FILTERED = ("party", "categories", "platforms", "languages", "verified", "region", "followers", "bands")


class AnchorFile(models.Model):
    """What an anchor tells merchants about herself, and the row by which directories find her.

    The last block is written by the service from the rest (`steps/directory.py`): nobody types it.
    """

    party = models.OneToOneField("accounts.Party", on_delete=models.PROTECT, related_name="anchor_file")
    categories = ArrayField(
        models.CharField(max_length=12, choices=Category.choices), default=list, verbose_name=_("What you show")
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=Spoken.choices),
        default=list,
        blank=True,
        verbose_name=_("Languages that you speak on air"),
    )
    region = models.CharField(_("Where you are"), max_length=16, choices=Region.choices, blank=True)
    bio = models.TextField(_("Two sentences about you"), max_length=600, blank=True)
    cover = models.CharField(max_length=40, blank=True)  # public id of a media asset
    free = ArrayField(models.CharField(max_length=12), default=list, blank=True)  # "evening:3", Monday is 1
    is_public = models.BooleanField(_("Everybody may see it"), default=True)

    # The directory's row
    platforms = ArrayField(models.CharField(max_length=12, choices=Platform.choices), default=list, editable=False)
    verified = ArrayField(models.CharField(max_length=12, choices=Platform.choices), default=list, editable=False)
    followers = models.BigIntegerField(default=0, editable=False)  # the most on one channel
    prices = models.JSONField(default=dict, editable=False)  # form → currency → minor units
    bands = ArrayField(models.CharField(max_length=40), default=list, editable=False)  # see creators.bands
    search_text = models.TextField(blank=True, editable=False)
    listed_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(default=clock.now)
    search = search_document("search_text")

    objects = AnchorFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(followers__gte=0), name="anchor_file_followers"),
            models.CheckConstraint(condition=Q(region__in=["", *Region.values]), name="anchor_file_region"),
        ]
        indexes = [
            models.Index(fields=["-listed_at", "-id"], name="anchor_file_newest", condition=LISTED, include=FILTERED),
            models.Index(fields=["-followers", "-id"], name="anchor_file_followers_order", condition=LISTED),
            models.Index(
                fields=["region", "-listed_at", "-id"],
                name="anchor_file_region_order",
                condition=LISTED,
                include=[column for column in FILTERED if column != "region"],
            ),
            GinIndex(fields=["search"], name="anchor_file_search", condition=LISTED),
            GinIndex(
                fields=["categories", "platforms", "languages", "verified", "bands"],
                name="anchor_file_facets",
                condition=LISTED,
            ),
        ]

    def __str__(self) -> str:
        return self.party.name
