"""The peer: a Celery app over the same Valkey and PostgreSQL, one message an item, its three postings one by one in one
transaction. Results are ignored and messages acknowledged when they are taken, which is the quickest that Celery is.
"""

import os

import django

django.setup()

from celery import Celery  # noqa: E402

from marketplace.core.tx import use_case  # noqa: E402
from marketplace.ledger.steps.posting import post  # noqa: E402
from marketplace.settings.parts.celery import broker_url  # noqa: E402
from tests.bench.settlement_items import STEPS, Item  # noqa: E402

QUEUE = "bench-settlement"
app = Celery("settlement", broker=broker_url(os.environ["REDIS_URL"]))
app.conf.task_default_queue = QUEUE
app.conf.task_ignore_result = True
app.conf.worker_prefetch_multiplier = 50


@app.task
def settle_one(**message: object) -> None:
    settle(Item(**message))


@use_case
def settle(item: Item) -> None:
    for step in STEPS:
        post(step(item))
