"""Reads about V tasks for their pages."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from marketplace.accounts.models import Party, PartyKind
from marketplace.campaigns.eligibility import Requirement, requirements
from marketplace.campaigns.machine import NEGOTIATING, ApplicationState
from marketplace.campaigns.models import Application, Campaign, VTask
from marketplace.campaigns.selectors.people import facts_of
from marketplace.contracts.selectors import representation_for
from marketplace.contracts.steps.self_dealing import share_a_company, share_a_member
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.machine import values


def get_task(actor: Actor, public_id: str) -> VTask:
    """Raises NotFound for what the actor may not see."""
    related = VTask.objects.visible_to(actor).select_related("party__card", "campaign")
    try:
        return related.get(public_id=public_id)
    except VTask.DoesNotExist:
        raise NotFound from None


def get_own_task(actor: Actor, public_id: str) -> VTask:
    try:
        return VTask.objects.of(actor).select_related("party", "campaign").get(public_id=public_id)
    except VTask.DoesNotExist:
        raise NotFound from None


def list_own_tasks(actor: Actor, *, state: str = "", campaign: str = "") -> QuerySet[VTask]:
    """With the numbers that the list shows: who waits for a decision, who negotiates."""
    waiting = Q(applications__state__in=[ApplicationState.APPLIED, ApplicationState.SHORTLISTED])
    tasks = VTask.objects.of(actor).select_related("campaign")
    if state:
        tasks = tasks.filter(state=state)
    if campaign:
        tasks = tasks.filter(campaign__public_id=campaign)
    return tasks.annotate(
        waiting=Count("applications", filter=waiting, distinct=True),
        negotiating=Count("applications", filter=Q(applications__state__in=values(NEGOTIATING)), distinct=True),
    )


def list_campaigns(actor: Actor) -> QuerySet[Campaign]:
    return (
        Campaign.objects.filter(party_id=actor.party_id).order_by("-id") if actor.party_id else Campaign.objects.none()
    )


@dataclass(frozen=True, slots=True)
class Represented:
    """An anchor for whom the agency that looks could apply: what the task asks of her, and where she stands already."""

    anchor: Party
    requirements: list[Requirement]
    application: Application | None

    @property
    def lacking(self) -> list[Requirement]:
        return [one for one in self.requirements if not one.met]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a task, and what stands between her and an application.

    `kind`: signed_out, merchant (its own), other_merchant, anchor, agency. `anchors`: whom an agency could apply for.
    """

    kind: str
    requirements: list[Requirement]
    application: Application | None
    self_dealing: bool
    anchors: list[Represented]

    @property
    def is_eligible(self) -> bool:
        return all(one.met for one in self.requirements) and not self.self_dealing


def reader_of(actor: Actor, party: Party | None, task: VTask) -> Reader:
    if party is None:
        return Reader("signed_out", requirements(task.asked, {}), None, False, [])
    if party.pk == task.party_id:
        return Reader("merchant", [], None, False, [])
    if party.kind == PartyKind.ANCHOR:
        return Reader(
            "anchor",
            requirements(task.asked, facts_of(party)),
            _candidacy(task, party),
            _same_people(task, party),
            [],
        )
    if party.kind == PartyKind.AGENCY:
        anchors = [
            Represented(anchor, requirements(task.asked, facts_of(anchor)), _candidacy(task, anchor))
            for anchor in represented_for(party, task)
        ]
        return Reader("agency", [], None, _same_people(task, party), anchors)
    return Reader("other_merchant", [], None, False, [])


def represented_for(agency: Party, task: VTask) -> list[Party]:
    """The anchors for whom this agency may apply to this kind of work."""
    anchors = Party.objects.filter(represented_by__agency=agency).select_related("card").distinct().order_by("name")
    return [
        anchor
        for anchor in anchors
        if (found := representation_for(anchor, task.scope)) and found.agency_id == agency.pk
    ]


def _same_people(task: VTask, party: Party) -> bool:
    return share_a_member(task.party, party) or share_a_company(task.party, party)


def _candidacy(task: VTask, anchor: Party) -> Application | None:
    return Application.objects.live().filter(task=task, anchor=anchor).first()
