"""A mail for those who have not read: one after ten minutes, however many messages wait by then."""

from collections.abc import Sequence
from datetime import timedelta

from marketplace.accounts.models import Membership, Party, User
from marketplace.chat.models import Conversation, Message, ReadMark
from marketplace.core import clock
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step
from marketplace.notifications.steps.notify import notify

UNREAD = "chat.unread"
PATIENCE = timedelta(minutes=10)


@step
def start_waiting(conversation: Conversation) -> None:
    """Ten minutes from the first message that may wait. Those after it must not put it off: not where one is set."""
    schedule(UNREAD, conversation.public_id, due_at=clock.now() + PATIENCE)


@step
def tell_who_has_not_read(conversation: Conversation) -> None:
    """Everybody of the parties about what is older than ten minutes, unread and not told yet; what is younger gets its
    own ten minutes. The caller has locked the conversation."""
    said = conversation.messages.filter(by__isnull=False)
    old_enough = said.filter(at__lte=clock.now() - PATIENCE)
    last = old_enough.order_by("-seq").first()
    if last is not None:
        parties = {one.party_id: one.party for one in conversation.participants.select_related("party")}
        people = Membership.objects.filter(party__in=parties, removed_at=None, user__is_active=True)
        marks = {(one.party_id, one.user_id): one for one in conversation.read_marks.all()}
        for member in people.select_related("user").order_by("id"):
            mark = marks.get((member.party_id, member.user_id))
            if mark and mark.muted_at:
                continue
            since = max(mark.seq, mark.told_seq) if mark else 0
            waiting = old_enough.filter(seq__gt=since).exclude(by=member.user).count()
            if waiting:
                _tell(conversation, member.user, parties[member.party_id], waiting, up_to=last.seq)
    younger = said.filter(seq__gt=last.seq if last else 0).order_by("seq").first()
    if younger is not None:
        schedule(UNREAD, conversation.public_id, due_at=younger.at + PATIENCE)


def _tell(conversation: Conversation, user: User, party: Party, waiting: int, *, up_to: int) -> None:
    facts = {"title": conversation.title, "count": waiting}
    path = f"/messages/{conversation.public_id}/"
    notify([user], "messages_waiting", facts=facts, path=path, party=party)
    mark = {"conversation": conversation, "party": party, "user": user}
    ReadMark.objects.bulk_create([ReadMark(**mark)], ignore_conflicts=True)
    ReadMark.objects.filter(**mark).update(told_seq=up_to)


@step
def tell_who_is_named(message: Message, named: Sequence[Membership]) -> None:
    """At once, and whoever muted the conversation, too: somebody asks for her."""
    if not named:
        return
    conversation = message.conversation
    facts = {"title": conversation.title, "by": message.by.name, "text": message.text[:200]}
    path = f"/messages/{conversation.public_id}/"
    for member in named:
        notify([member.user], "mentioned", facts=facts, path=path, party=member.party)
