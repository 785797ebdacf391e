"""Writing a V task: started, written step by step, copied."""

from collections.abc import Mapping, Sequence

from marketplace.accounts.models import Party
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.campaigns.events import VTaskDrafted
from marketplace.campaigns.models import Attachment, Campaign, VTask
from marketplace.campaigns.policies import TASK, TaskAction
from marketplace.campaigns.steps.drafts import lock_draft
from marketplace.campaigns.steps.locks import lock_own_task
from marketplace.campaigns.steps.products import copy_products, replace_products
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case

Products = Sequence[Mapping[str, object]]
# What a copy starts anew with.
OF_ITS_LIFE = {
    *("id", "public_id", "state", "seats_taken", "reserved_minor", "review_hits", "review_words", "reviewed_by_person"),
    *("created_by", "created_at", "updated_at", "submitted_at", "opened_at", "closed_at", "search"),
    *("apply_by", "publish_from", "publish_until", "live_start"),
}


@use_case
def create_task(
    *, actor: Actor, campaign: str = "", fields: Mapping[str, object] | None = None, products: Products | None = None
) -> VTask:
    """A draft, empty but for `fields` and `products`. `campaign` is a name; it is made when it is new."""
    party = _lock_merchant(actor)
    TASK.authorise(actor, TaskAction.DRAFT, party)
    task = VTask.objects.create(
        party=party, merchant_name=party.name, campaign=_campaign(party, campaign), created_by_id=actor.user_id
    )
    _write(task, fields or {})
    if products is not None:
        replace_products(task, products, by=actor)
    record(VTaskDrafted(aggregate=task.public_id), by=actor)
    return task


@use_case
def save_task(
    *,
    actor: Actor,
    public_id: str,
    fields: Mapping[str, object],
    campaign: str | None = None,
    products: Products | None = None,
) -> VTask:
    """Keep what was written so far, complete or not; a `campaign` files it there, `products` replace what was named.

    Raises TermsAreFixed once anchors could see it.
    """
    task = lock_draft(actor, public_id)
    if campaign is not None:
        task.campaign = _campaign(task.party, campaign)
    _write(task, fields)
    if products is not None:
        replace_products(task, products, by=actor)
    return task


@use_case
def file_under(*, actor: Actor, public_id: str, campaign: str) -> VTask:
    """Put the task into a campaign of this name, or into none."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.DRAFT, task)
    task.campaign = _campaign(task.party, campaign)
    task.save(update_fields=["campaign"])
    return task


@use_case
def duplicate_task(*, actor: Actor, public_id: str) -> VTask:
    """A new draft with the same brief and price; dates are asked anew."""
    task = lock_own_task(actor, public_id)
    TASK.authorise(actor, TaskAction.DRAFT, task)
    kept = {
        field.attname: getattr(task, field.attname)
        for field in VTask._meta.concrete_fields
        if field.name not in OF_ITS_LIFE
    }
    copy = VTask.objects.create(**kept, created_by_id=actor.user_id)
    Attachment.objects.bulk_create(
        Attachment(task=copy, asset=one.asset, name=one.name) for one in task.attachments.select_related("asset")
    )
    copy_products(task, copy)
    record(VTaskDrafted(aggregate=copy.public_id, duplicate_of=task.public_id), by=actor)
    return copy


def _write(task: VTask, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(task, name, value)
    task.fee_max_minor = max(task.fee_minor, task.fee_max_minor)
    task.merchant_name, task.updated_at = task.party.name, clock.now()
    task.save()


def _campaign(party: Party, name: str) -> Campaign | None:
    return Campaign.objects.get_or_create(party=party, name=name.strip())[0] if name.strip() else None


def _lock_merchant(actor: Actor) -> Party:
    found = lock(Party.objects.filter(pk=actor.party_id, kind__in=MERCHANT_KINDS), "party")
    if not found:
        raise NotFound
    return found[0]
