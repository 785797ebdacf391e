"""What the public pages show, read once and shaped for drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from creators.models import AgencyProfile, AnchorFile, Channel, FanPortrait, PartOfDay, PortfolioItem, Rate, TimeOff
from creators.portrait import PARTS
from marketplace.accounts.models import Party
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.models.representation import IN_FORCE, Representation
from marketplace.contracts.models import Contract
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import NotFound
from marketplace.media.selectors import PictureView, pictures_of
from marketplace.reliability.selectors.figures import Record, record_of


@dataclass(frozen=True, slots=True)
class Chart:
    """One question of the fan portrait, in whole percent."""

    part: str
    shares: Sequence[tuple[str, int]]

    @property
    def widest(self) -> int:
        return max((share for _label, share in self.shares), default=1)

    @property
    def items(self) -> list[dict[str, object]]:
        """For `<c-bars>`: a full bar is the half of the audience, or all of it once one share is more than that."""
        of = 50 if self.widest <= 50 else 100
        return [
            {"label": label, "value": share, "of": of, "text": f"{share} %"} for label, share in self.shares if share
        ]

    @property
    def columns(self) -> list[dict[str, object]]:
        """For `<c-hours>`: upright bars side by side, the tallest marked."""
        step = 100 / len(self.shares)
        return [
            {
                "x": f"{index * step:.2f}%",
                "width": f"{step * 0.78:.2f}%",
                "y": f"{74 - height:.1f}",
                "height": f"{height:.1f}",
                "peak": share == self.widest,
            }
            for index, (_label, share) in enumerate(self.shares)
            for height in [max(share / self.widest * 74, 1.0)]
        ]

    @property
    def peak(self) -> str:
        return next(label for label, share in self.shares if share == self.widest)


@dataclass(frozen=True, slots=True)
class Deals:
    """Measured on the platform, never declared: contracts that all sides signed, and with whom."""

    signed: int
    merchants: int
    again: int


@dataclass(frozen=True, slots=True)
class AnchorPage:
    party: Party
    file: AnchorFile
    picture: PictureView | None
    cover: PictureView | None
    agency: Party | None
    channels: Sequence[Channel]
    rates: Sequence[Rate]
    pieces: Sequence[tuple[PortfolioItem, PictureView | None]]
    charts: Mapping[str, Chart]
    declared_at: object
    week: Sequence[tuple[str, Sequence[bool]]]
    times_off: Sequence[TimeOff]
    deals: Deals
    record: Record
    is_own: bool

    @property
    def is_public(self) -> bool:
        return self.file.listed_at is not None and self.party.state == PartyState.ACTIVE

    @property
    def has_week(self) -> bool:
        return bool(self.file.free)


def get_anchor_page(actor: Actor, party_public_id: str) -> AnchorPage:
    """Everything of one page in a fixed number of queries. Raises NotFound for what the actor may not see."""
    related = AnchorFile.objects.visible_to(actor).select_related("party__card", "portrait")
    listed = related.prefetch_related(
        Prefetch("channels", queryset=Channel.objects.order_by("-followers", "id")), "rates", "portfolio", "times_off"
    )
    file = listed.filter(party__public_id=party_public_id).first()
    if file is None:
        raise NotFound
    pieces = list(file.portfolio.all())
    card = file.party.card
    pictures = pictures_of(actor, [card.picture, file.cover, *(piece.picture for piece in pieces)])
    today = clock.today(file.party.time_zone)
    portrait = getattr(file, "portrait", None)
    return AnchorPage(
        party=file.party,
        file=file,
        picture=pictures.get(card.picture),
        cover=pictures.get(file.cover),
        agency=agency_of(file.party),
        channels=list(file.channels.all()),
        rates=in_order(file.rates.all()),
        pieces=[(piece, pictures.get(piece.picture)) for piece in pieces],
        charts=charts_of(portrait),
        declared_at=portrait.declared_at if portrait else None,
        week=[(str(part.label), [f"{part.value}:{day}" in file.free for day in range(1, 8)]) for part in PartOfDay],
        times_off=[off for off in file.times_off.all() if off.ends_on >= today],
        deals=deals_of(file.party),
        record=record_of(file.party),
        is_own=actor.party_id == file.party_id,
    )


def in_order(rates: QuerySet[Rate]) -> list[Rate]:
    order = [value for value, _label in Rate._meta.get_field("form").choices]
    return sorted(rates, key=lambda rate: order.index(rate.form))


def charts_of(portrait: FanPortrait | None) -> dict[str, Chart]:
    """Questions without an answer are left out; regions and interests come with the largest first."""
    charts = {}
    for part, labels in PARTS.items():
        known = getattr(portrait, part) if portrait else {}
        if not known:
            continue
        shares = [(str(label), known.get(name, 0)) for name, label in labels.items()]
        if part in {"region", "interest"}:
            shares = sorted((one for one in shares if one[1]), key=lambda one: -one[1])
        charts[part] = Chart(part, shares)
    return charts


def agency_of(party: Party) -> Party | None:
    """Who represents her now, if that agency is active."""
    found = Representation.objects.filter(anchor=party, state__in=IN_FORCE, period__contains=clock.today())
    one = found.filter(agency__state=PartyState.ACTIVE).select_related("agency__card").first()
    return one.agency if one else None


def deals_of(party: Party) -> Deals:
    signed = Contract.objects.filter(anchor=party, concluded_at__isnull=False)
    times = list(signed.values("merchant_id").annotate(times=Count("id")).values_list("times", flat=True))
    return Deals(signed=sum(times), merchants=len(times), again=sum(1 for one in times if one > 1))


@dataclass(frozen=True, slots=True)
class AgencyPage:
    party: Party
    profile: AgencyProfile
    picture: PictureView | None
    anchors: Sequence[AnchorFile]
    record: Record
    is_own: bool


def get_agency_page(actor: Actor, party_public_id: str) -> AgencyPage:
    """An active agency, for everybody; one in its first steps for its own people. Raises NotFound."""
    seen = Q(party__state=PartyState.ACTIVE) | Q(party_id=actor.party_id or 0)
    if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.COMPLIANCE}:
        seen = Q()
    profile = AgencyProfile.objects.filter(seen, party__public_id=party_public_id).select_related("party__card").first()
    if profile is None:
        raise NotFound
    in_force = Representation.objects.filter(
        agency=profile.party, state__in=IN_FORCE, period__contains=clock.today()
    ).values("anchor_id")
    anchors = AnchorFile.objects.public().filter(party_id__in=in_force)
    anchors = anchors.select_related("party__card").prefetch_related("channels", "rates").order_by("-followers", "id")
    return AgencyPage(
        party=profile.party,
        profile=profile,
        picture=pictures_of(actor, [profile.party.card.picture]).get(profile.party.card.picture),
        anchors=list(anchors[:60]),
        record=record_of(profile.party),
        is_own=actor.party_id == profile.party_id,
    )


def find_own_file(actor: Actor) -> AnchorFile | None:
    """The file of the anchor that the actor acts for, with its sections."""
    related = AnchorFile.objects.select_related("party__card", "portrait")
    return (
        related.prefetch_related("channels", "rates", "portfolio", "times_off").filter(party_id=actor.party_id).first()
    )
