import secrets

from django.db import models
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.fields import PublicIdField, StateField, one_of
from marketplace.media.grants import granted_to, whole_to
from marketplace.media.machine import AssetState

WORK = "work"  # what is handed in under a contract; a picture or a PDF of it is drawn under an overlay as well
PARTY_PICTURE = "party_picture"  # the purpose of the picture by which a party is known


class Access(models.TextChoices):
    """Who may fetch it at its own address."""

    PUBLIC = "public"
    PARTY = "party"  # people of the party that it belongs to
    SEALED = "sealed"  # nobody: the app that asked for it shows it by rules of its own


class AssetQuerySet(QuerySet["Asset"]):
    def visible_to(self, actor: Actor) -> "AssetQuerySet":
        """Public ones for everybody, a party's own for its people and for whom another app shows it to, sealed ones
        for nobody."""
        if not actor.party_id:
            return self.filter(access=Access.PUBLIC)
        shown = Q(party_id=actor.party_id) | granted_to(actor)
        return self.filter(Q(access=Access.PUBLIC) | Q(Q(access=Access.PARTY) & shown))

    def with_whole(self, actor: Actor) -> "AssetQuerySet":
        """Each row with `is_whole`: whether the actor has it without an overlay. Says nothing about seeing it."""
        whole = Q(access=Access.PUBLIC)
        if actor.party_id:
            whole |= Q(party_id=actor.party_id) | whole_to(actor)
        said = Case(When(whole, then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(is_whole=said)

    def without_overlay(self) -> "AssetQuerySet":
        """Pictures and PDFs of work that are ready and were never drawn under an overlay."""
        drawn = [Asset.Kind.PICTURE, Asset.Kind.DOCUMENT]
        work = self.filter(purpose=WORK, kind__in=drawn, state=AssetState.READY)
        return work.exclude(renditions__overlay=True)


def new_token() -> str:
    """The unguessable name under which storage keeps a file; never one that came with an upload."""
    return secrets.token_urlsafe(24)


class Asset(models.Model):
    """An uploaded picture, document or video of a party.

    `original` is where storage keeps what was uploaded; a picture's is deleted once its renditions are made, and it
    is never served. `width` and `height` are those of the upright picture.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture"
        DOCUMENT = "document"  # a PDF, kept as it is
        VIDEO = "video"  # kept as it is, and never decoded by us

    public_id = PublicIdField(prefix="ast")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="assets")
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=40)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.PUBLIC)
    state = StateField(default=AssetState.UPLOADED)
    reason = models.CharField(max_length=40, blank=True)
    token = models.CharField(max_length=40, default=new_token, unique=True)
    original = models.CharField(max_length=80, blank=True)
    mime = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)  # under which a file of work is saved; only ever shown
    colour = models.CharField(max_length=7, blank=True)
    placeholder = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", AssetState, name="asset_state"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="asset_access"),
            models.CheckConstraint(condition=Q(kind__in=["picture", "document", "video"]), name="asset_kind"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="asset_has_bytes"),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="asset_by_party")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    @property
    def is_private(self) -> bool:
        return self.access != Access.PUBLIC
