from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from marketplace.accounts.models.party import PartyKind
from marketplace.core.search import search_document

LISTED = Q(listed_at__isnull=False)


class PartyCard(models.Model):
    """What the ground shows of a party without knowing its side. The side writes it, through a service.

    `picture` is the public id of a media asset, and `face_width` the width of its smallest rendition once that is
    drawn; `url_name` leads to the side's page; `facts` are typed facts (followers, categories, region, languages,
    verified channels, score). `listed_at` says since when directories show it; `about` is what they search beside the
    name.
    """

    party = models.OneToOneField("accounts.Party", on_delete=models.CASCADE, primary_key=True, related_name="card")
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    name = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    picture = models.CharField(max_length=40, blank=True)
    face_width = models.PositiveSmallIntegerField(default=0)
    url_name = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    listed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    search = search_document("name", "about")

    class Meta:
        indexes = [
            models.Index(fields=["-listed_at", "-party"], name="party_card_newest", condition=LISTED),
            models.Index(fields=["kind", "-listed_at", "-party"], name="party_card_kind", condition=LISTED),
            GinIndex(fields=["search"], name="party_card_search", condition=LISTED),
            GinIndex(fields=["facts"], name="party_card_facts", opclasses=["jsonb_path_ops"], condition=LISTED),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def face(self) -> str:
        """The address of the picture at the size of a face; empty until it is drawn."""
        if not self.picture or not self.face_width:
            return ""
        return reverse("media-rendition", args=[self.picture, self.face_width, "webp"])

    @property
    def url(self) -> str:
        """The party's own page; empty while its side has none. Reads `party`: select it with the card."""
        return reverse(self.url_name, args=[self.party.public_id]) if self.url_name else ""
