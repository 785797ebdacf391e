"""Celery. The broker may lose everything: what must happen is a row, the beat finds it again (blueprint: outbox).

The restore options are what makes a killed broker recover in seconds instead of kombu's 100 s sweep."""

from celery.schedules import crontab

from marketplace.settings.env import read


def broker_url(redis_url: str) -> str:
    return redis_url.replace("unix://", "redis+socket://", 1)


CELERY_BROKER_URL = broker_url(read().redis_url)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "relay-outbox": {"task": "marketplace.core.tasks.relay_outbox", "schedule": 5.0},
    "resolve-unknown": {"task": "marketplace.payments.tasks.resolve_unknown_outcomes", "schedule": 30.0},
    "backfill-webhooks": {"task": "marketplace.payments.tasks.backfill_webhooks", "schedule": 120.0},
    "look-after-payees": {"task": "marketplace.payments.tasks.look_after", "schedule": 3600.0},
    "pay-out": {
        "task": "marketplace.payments.tasks.pay_out_weekly",
        "schedule": crontab(minute=0, hour=2, day_of_week="mon"),  # payments/payout_rules.py says so to people
    },
    "post-payout-runs": {"task": "marketplace.payments.tasks.post_payout_runs", "schedule": 60.0},
    # On the first of a month there is something to do; on any other day only what was missed.
    "issue-documents": {
        "task": "marketplace.documents.tasks.issue_monthly",
        "schedule": crontab(minute=0, hour=3),
    },
    "check-invariants": {"task": "marketplace.core.tasks.check_invariants", "schedule": 600.0},
    "sweep-lost-originals": {"task": "marketplace.media.tasks.sweep_lost_originals", "schedule": 3600.0},
    "draw-missing-overlays": {"task": "marketplace.media.tasks.draw_missing_overlays", "schedule": 600.0},
    "sweep-uploads": {"task": "marketplace.media.tasks.sweep_uploads", "schedule": 600.0},
    "sweep-old-answers": {"task": "marketplace.core.tasks.sweep_old_answers", "schedule": 3600.0},
    "sweep-access-log": {"task": "marketplace.core.tasks.sweep_access_log", "schedule": 3600.0},
    "seal-contracts": {"task": "marketplace.contracts.tasks.seal_contracts", "schedule": 600.0},
    "fire-timers": {"task": "marketplace.core.tasks.fire_timers", "schedule": 30.0},
}
