"""Sends a Celery task by its name: what stands below `tasks` needs no task and no application of the root."""

from functools import cache

from celery import Celery


@cache
def sender() -> Celery:
    """A producer with the project's settings, in whatever process this is."""
    app = Celery("mooring-sender", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    return app


def send(name: str, *args: object) -> None:
    """Raises kombu's OperationalError when the broker is away. With eager tasks (tests) nothing is sent: a test
    relays by hand when it is ready to look."""
    app = sender()
    if not app.conf.task_always_eager:
        app.send_task(name, args=args)
