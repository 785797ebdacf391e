"""A mail that waited for the end of somebody's quiet hours leaves."""

from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer
from marketplace.notifications.events import MailQueued
from marketplace.notifications.steps.mail import MAIL_HELD


@on_timer(MAIL_HELD)
def let_go(aggregate: str, actor: Actor) -> None:
    record(MailQueued(aggregate=aggregate), by=actor)
