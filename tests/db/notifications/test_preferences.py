"""Fewer mails, and none at night; the feed has everything, and what guards an approval always arrives."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client

from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.groups import Group
from marketplace.notifications.models import MailPreference, Notice, OutgoingMail
from marketplace.notifications.services.preferences import prefer_mail, stop_mails
from marketplace.notifications.steps.notify import notify
from marketplace.notifications.stop_link import read_stop, stop_link
from tests.factories.people import Person, make_owner
from tests.support.relay import relay_all

FACTS = {"party": "Chenyu", "name": "Lan", "role": "member", "token": "t", "until": "2026-01-01"}
WORK = FACTS | {"work": "Script", "title": "Tea", "hours": 4}
MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # in Shanghai
MORNING = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)


@pytest.fixture
def person(committed_db) -> Person:
    made = make_owner("brand", "Chenyu Tea")
    relay_all()
    return made


def prefers(person: Person, *off: Group, quiet: bool = False) -> None:
    hours = (time(22), time(7)) if quiet else (None, None)
    prefer_mail(actor=person.actor, off=off, quiet_from=hours[0], quiet_to=hours[1], time_zone="Asia/Shanghai")


def told(person: Person, kind: str, **options) -> int:
    """How many mails there are to leave after telling her."""
    with transaction.atomic():
        notify([person.user], kind, facts=WORK, **options)
    mail.outbox.clear()
    relay_all()
    return len(mail.outbox)


def test_a_group_that_is_off_is_in_the_feed_and_not_in_the_mail(person):
    assert told(person, "work_approved") == 1
    prefers(person, Group.WORK)
    assert told(person, "work_approved") == 0
    assert Notice.objects.filter(user=person.user, kind="work_approved").count() == 2
    assert told(person, "member_joined") == 1
    assert told(person, "token_created") == 1
    assert told(person, "work_review_soon", about="dlv_1:review") == 1
    prefers(person)
    assert told(person, "work_approved") == 1


def test_what_is_not_urgent_waits_for_the_morning(person):
    prefers(person, quiet=True)
    with time_machine.travel(MIDNIGHT, tick=False):
        assert told(person, "work_approved") == 0
        assert told(person, "work_due_soon") == 1
        assert told(person, "token_created") == 1
        assert told(person, "work_due_soon", about="dlv_1:due") == 1
        assert OutgoingMail.objects.filter(state="queued").count() == 1
    with time_machine.travel(MORNING - timedelta(seconds=1), tick=False):
        fire_due()
        relay_all()
        assert OutgoingMail.objects.filter(state="queued").count() == 1
    with time_machine.travel(MORNING, tick=False):
        mail.outbox.clear()
        fire_due()
        relay_all()
        assert [sent.subject for sent in mail.outbox] == ["“Script” is approved"]
        assert told(person, "work_approved") == 1


def test_a_mail_carries_its_own_way_out(person):
    told(person, "work_approved")
    sent = mail.outbox[0]
    assert sent.extra_headers == {
        "List-Unsubscribe": f"<{OutgoingMail.objects.latest('pk').stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert read_stop(OutgoingMail.objects.latest("pk").stop_url.split("/")[-2]) == (person.user.public_id, Group.WORK)
    assert "/mail/stop/" in sent.body
    told(person, "token_created")
    assert mail.outbox[0].extra_headers == {}
    assert "/mail/stop/" not in mail.outbox[0].body


def test_one_click_stops_that_group_for_that_person_without_a_session(person):
    path = "/mail/stop/" + stop_link(person.user.public_id, Group.WORK).split("/mail/stop/")[1]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    assert MailPreference.objects.count() == 0  # a scanner that follows links changes nothing
    for _again in range(2):
        assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailPreference.objects.get().off == ["work"]
    assert Event.objects.filter(name="mail.preferred").count() == 1
    assert told(person, "work_approved") == 0
    for bad in ("/mail/stop/nothing/", path[:-3] + "xx/"):
        assert stranger.post(bad).status_code == 404
    assert MailPreference.objects.get().off == ["work"]


def test_what_we_have_not_signed_is_nothing(person):
    with pytest.raises(NotFound):
        read_stop("W10:1abc:xyz")
    with pytest.raises(NotFound):
        stop_mails(user="usr_nobody", group=Group.WORK)
    with pytest.raises(Forbidden):
        prefer_mail(actor=Actor(), off=(), quiet_from=None, quiet_to=None, time_zone="UTC")
    assert MailPreference.objects.count() == 0


def test_the_page_keeps_what_was_chosen(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    given = {"on": ["money", "team"], "quiet_from": "22:00", "quiet_to": "07:00", "time_zone": "Europe/Berlin"}
    half = client.post("/settings/mails/", given | {"quiet_to": ""})
    assert (half.status_code, MailPreference.objects.count()) == (422, 0)
    assert client.post("/settings/mails/", given | {"time_zone": "Mars/Base"}).status_code == 422
    assert client.post("/settings/mails/", given).status_code == 302
    chosen = MailPreference.objects.get()
    assert chosen.off == ["messages", "offers", "work"]
    assert (chosen.quiet_from, chosen.time_zone) == (time(22), "Europe/Berlin")
    page = client.get("/settings/mails/").content.decode()
    assert 'value="22:00"' in page
    assert page.count(" checked") == 2
