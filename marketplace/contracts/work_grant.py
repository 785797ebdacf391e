"""What was handed in is shown to the other sides of its contract, and only if it belongs to a side that owed it."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, Q

from marketplace.contracts.models import Contract, Deliverable, Submission
from marketplace.core.actor import Actor


def shown_as_work(actor: Actor) -> Q:
    """A condition on an asset's row: it stands in a submission, or as the proof, of a deal of the actor's party.

    A public id that somebody else's file has opens nothing: the file must be the anchor's or her agency's.
    """
    deals = Contract.objects.visible_to(actor)
    owed = Q(contract__anchor_id=OuterRef("party_id")) | Q(contract__agency_id=OuterRef("party_id"))
    handed_in = Q(deliverable__contract__anchor_id=OuterRef("party_id")) | Q(
        deliverable__contract__agency_id=OuterRef("party_id")
    )
    wanted = Func(
        OuterRef("public_id"), template="ARRAY[%(expressions)s]::varchar[]", output_field=ArrayField(CharField())
    )
    submissions = Submission.objects.filter(handed_in, deliverable__contract__in=deals, files__contains=wanted)
    proofs = Deliverable.objects.filter(owed, contract__in=deals, picture=OuterRef("public_id")).exclude(picture="")
    return Q(Exists(submissions)) | Q(Exists(proofs))
