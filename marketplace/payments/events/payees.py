"""Where a payee is paid to, and what guards it."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PayoutAccountOpened(DomainEvent):
    """The provider knows the payee (`aggregate` is the account); no bank account is named yet."""

    name = "payout_account.opened"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutAccountChanged(DomainEvent):
    """Another bank account, the first one, or the provider pays to it no longer, or again."""

    name = "payout_account.changed"
    last4: str
    payouts_enabled: bool
    is_first: bool
    is_another: bool


@dataclass(frozen=True, kw_only=True)
class PayoutsGuarded(DomainEvent):
    """Somebody changed what payouts are guarded by: those of the party (`aggregate`) wait."""

    name = "payouts.guarded"
    handled = False
    change: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PayoutsFrozen(DomainEvent):
    name = "payouts.frozen"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutsThawed(DomainEvent):
    name = "payouts.thawed"
    handled = False
