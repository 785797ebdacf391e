"""The test bank: JSON over HTTP, and the page on which a payer pays."""


def register() -> None:
    """Say how this dialect's events look; called once, when the process starts."""
    from marketplace.payments.standin.dialects.testbank import webhooks  # noqa: PLC0415  (models are ready only then)

    webhooks.register()
