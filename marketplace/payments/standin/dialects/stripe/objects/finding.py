"""Any object by its id: the first letters say what it is."""

from collections.abc import Callable

from django.db.models import Model

from marketplace.payments.standin.models import (
    CardCharge,
    CardDispute,
    CardIntent,
    CardRefund,
    ConnectedPayout,
    ConnectedReversal,
    ConnectedTransfer,
    Movement,
)

_PREFIXES: dict[str, type[Model]] = {
    "ch": CardCharge,
    "dp": CardDispute,
    "pi": CardIntent,
    "po": ConnectedPayout,
    "re": CardRefund,
    "tr": ConnectedTransfer,
    "trr": ConnectedReversal,
    "txn": Movement,
}


def loader(writers: dict[type[Model], Callable[[Model], dict]]) -> Callable[[str], dict | None]:
    """A function from an id to the object as it is written; None for what has no page of its own."""

    def load(public_id: str) -> dict | None:
        model = _PREFIXES.get(public_id.partition("_")[0], CardCharge)
        row = model.objects.filter(id=public_id).first()
        return writers[model](row) if row else None

    return load
