"""What people are told. The ground below this app does not know that anyone is listening."""

from django.core.mail import EmailMultiAlternatives

from marketplace.accounts.events import (
    ErasureRequested,
    ExportReady,
    MemberInvited,
    MemberJoined,
    RepresentationAccepted,
    RepresentationAsked,
    RepresentationChangeAnswered,
    RepresentationChangeAsked,
    RepresentationClosed,
    RepresentationEnded,
    RepresentationEnding,
    TokenCreated,
)
from marketplace.accounts.models import AccessToken, DataExport, ErasureRequest, Invitation, Party, Representation, User
from marketplace.accounts.selectors import emails_of
from marketplace.core import faults
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.media.events import AssetRefused
from marketplace.media.selectors import get_asset_for_worker
from marketplace.notifications.events import MailQueued
from marketplace.notifications.machine import MailState
from marketplace.notifications.models import OutgoingMail
from marketplace.notifications.services.mail import mark_sent
from marketplace.notifications.steps.notify import mail_to, notify

# Where a refused upload is sent again, by what it was for.
PAGE_OF = {
    "party_picture": "/settings/party/",
    "verification": "/settings/verification/",
    "anchor_cover": "/anchor/file/",
    "portfolio": "/anchor/file/work/",
}


@handles(MailQueued, reaches_outside=True)
def send_mail(event: Event) -> None:
    mail = OutgoingMail.objects.get(public_id=event.aggregate)
    if mail.state != MailState.QUEUED:
        return
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=stop_headers(mail))
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    faults.reach("call:mail.send:before")
    message.send()
    faults.reach("call:mail.send:after")
    mark_sent(mail.public_id)


def stop_headers(mail: OutgoingMail) -> dict[str, str]:
    """RFC 8058: the mail program's own button stops mails of this group in one click."""
    if not mail.stop_url:
        return {}
    return {"List-Unsubscribe": f"<{mail.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


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


REPRESENTATION_KINDS = {
    RepresentationAsked.name: "representation_asked",
    RepresentationAccepted.name: "representation_accepted",
    RepresentationClosed.name: "representation_closed",
    RepresentationChangeAsked.name: "representation_change_asked",
    RepresentationEnding.name: "representation_ending",
    RepresentationEnded.name: "representation_ended",
}


@handles(
    RepresentationAsked,
    RepresentationAccepted,
    RepresentationClosed,
    RepresentationChangeAsked,
    RepresentationChangeAnswered,
    RepresentationEnding,
    RepresentationEnded,
)
def tell_the_other_side(event: Event) -> None:
    """The side that did not act is told; when the clock acted, both are."""
    found = Representation.objects.select_related("agency", "anchor").get(public_id=event.aggregate)
    if event.name == RepresentationChangeAnswered.name:
        kind = "representation_change_accepted" if event.data["accepted"] else "representation_change_kept"
    else:
        kind = REPRESENTATION_KINDS[event.name]
    for party, other in ((found.agency, found.anchor), (found.anchor, found.agency)):
        if party.pk != event.party:
            facts = {"other": other.name, "ends_on": event.data.get("ends_on") or event.data.get("on") or ""}
            people = emails_of(party.pk, Role.OWNER, Role.MANAGER)
            notify(people, kind, facts=facts, path=f"/representation/{found.public_id}/", party=party)


@handles(TokenCreated)
def tell_token_created(event: Event) -> None:
    """Whoever made it, in case it was somebody else in her name; and the owners, for whose party it acts."""
    token = AccessToken.objects.select_related("membership__user", "membership__party").get(public_id=event.aggregate)
    maker, party = token.membership.user, token.membership.party
    facts = {"name": str(maker), "token": token.name, "party": party.name, "until": token.expires_at.date().isoformat()}
    notify(
        {maker, *emails_of(party.pk, Role.OWNER)}, "token_created", facts=facts, path="/settings/tokens/", party=party
    )


@handles(ExportReady)
def tell_export_ready(event: Event) -> None:
    export = DataExport.objects.select_related("user").get(public_id=event.aggregate)
    notify([export.user], "export_ready", facts={}, path="/settings/privacy/")


@handles(ErasureRequested)
def tell_erasure_requested(event: Event) -> None:
    request = ErasureRequest.objects.select_related("user").get(public_id=event.aggregate)
    facts = {"due_on": request.due_at.date().isoformat()}
    notify([request.user], "erasure_requested", facts=facts, path="/settings/privacy/")


@handles(AssetRefused)
def tell_uploader(event: Event) -> None:
    """It passed the form as a header and could not be decoded afterwards."""
    asset = get_asset_for_worker(event.aggregate)
    path = PAGE_OF.get(asset.purpose, "/settings/")
    people = User.objects.filter(pk=asset.uploaded_by_id, is_active=True)
    notify(people, "upload_damaged", facts={"party": asset.party.name}, path=path, party=asset.party)
