"""Stripe's HTTP, as its official SDK speaks it: v1 as forms, v2 as JSON."""


def register() -> None:
    """Say how this dialect's objects and events look; called once, when the process starts."""
    from marketplace.payments.standin.dialects.stripe import events, objects  # noqa: PLC0415  (models are ready then)

    objects.register()
    events.register()
