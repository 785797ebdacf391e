"""What people are told. The ground below this app does not know that anyone is listening."""

from django.core.mail import EmailMultiAlternatives

from marketplace.accounts.events import MemberInvited, MemberJoined
from marketplace.accounts.models import Invitation, Party, User
from marketplace.accounts.selectors import emails_of
from marketplace.core import faults
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.events import MailQueued
from marketplace.notifications.machine import MailState
from marketplace.notifications.models import OutgoingMail
from marketplace.notifications.services.mail import mark_sent
from marketplace.notifications.steps.notify import mail_to, notify


@handles(MailQueued, reaches_outside=True)
def send_mail(event: Event) -> None:
    mail = OutgoingMail.objects.get(public_id=event.aggregate)
    if mail.state != MailState.QUEUED:
        return
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to])
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    faults.reach("call:mail.send:before")
    message.send()
    faults.reach("call:mail.send:after")
    mark_sent(mail.public_id)


@handles(MemberInvited)
def mail_invitation(event: Event) -> None:
    invitation = Invitation.objects.select_related("party", "invited_by").get(public_id=event.aggregate)
    facts = {"party": invitation.party.name, "invited_by": str(invitation.invited_by), "role": invitation.role}
    path = f"/join/{invitation.public_id}/"
    mail_to(invitation.email, invitation.language, "member_invited", facts=facts, path=path)


@handles(MemberJoined)
def tell_owners(event: Event) -> None:
    party = Party.objects.get(public_id=event.aggregate)
    user = User.objects.get(public_id=event.data["user"])
    owners = emails_of(party.pk, Role.OWNER).exclude(pk=user.pk)
    facts = {"party": party.name, "name": str(user), "role": event.data["role"]}
    notify(owners, "member_joined", facts=facts, path="/team/", party=party)
