import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
app = Celery("mooring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Before the payouts of a Monday: what differs is known by then.
app.add_periodic_task(
    crontab(minute=30, hour=0), app.signature("marketplace.payments.tasks.reconcile_nightly"), name="reconcile"
)
