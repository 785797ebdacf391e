"""What was handed in is shown to the other sides of its contract, under an overlay until its share was released; and
only if it belongs to a side that owed it."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet

from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract, Deliverable, Release, Submission
from marketplace.core.actor import Actor


def shown_as_work(actor: Actor) -> Q:
    """A condition on an asset's row: it stands in a submission, or as the proof, of a deal of the actor's party.

    A public id that somebody else's file has opens nothing: the file must be the anchor's or her agency's.
    """
    return _handed_in(Deliverable.objects.visible_to(actor)) | _proof_of(actor)


def released_as_work(actor: Actor) -> Q:
    """A condition on an asset's row: what it was handed in for has been released in a deal of the actor's party, in
    whole or in part (a further round is not the work); for what releases nothing by itself, the contract is completed.
    A proof shows what is public.
    """
    released = Exists(Release.objects.filter(deliverable=OuterRef("pk"), extra_round=None))
    completed = Q(releases_minor=0, contract__state=ContractState.COMPLETED)
    return _handed_in(Deliverable.objects.visible_to(actor).filter(released | completed)) | _proof_of(actor)


def _handed_in(work: QuerySet[Deliverable]) -> Q:
    owed = Q(deliverable__contract__anchor_id=OuterRef("party_id")) | Q(
        deliverable__contract__agency_id=OuterRef("party_id")
    )
    wanted = Func(
        OuterRef("public_id"), template="ARRAY[%(expressions)s]::varchar[]", output_field=ArrayField(CharField())
    )
    return Q(Exists(Submission.objects.filter(owed, deliverable__in=work, files__contains=wanted)))


def _proof_of(actor: Actor) -> Q:
    owed = Q(contract__anchor_id=OuterRef("party_id")) | Q(contract__agency_id=OuterRef("party_id"))
    deals = Contract.objects.visible_to(actor)
    proofs = Deliverable.objects.filter(owed, contract__in=deals, picture=OuterRef("public_id")).exclude(picture="")
    return Q(Exists(proofs))
