"""allauth's door to us: consent at sign-up, and mail through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from marketplace.accounts.events import SecurityChanged
from marketplace.accounts.freeze_link import freeze_url
from marketplace.accounts.steps.consents import accept_terms
from marketplace.core.actor import Actor, Source
from marketplace.core.record import record
from marketplace.notifications.live import hint
from marketplace.notifications.steps.mail import queue_mail

# The name of the mail, and what has changed.
CHANGES = {
    **dict.fromkeys(("password_changed", "password_set", "password_reset"), "password"),
    "email_changed": "email",
    **dict.fromkeys(("totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed"), "second_factor"),
}


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        """One transaction: a user without a recorded consent does not exist."""
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or "en"
        with transaction.atomic():
            user = super().save_user(request, user, form, commit=commit)
            if commit:
                actor = Actor(user_id=user.pk, source=Source.WEB, request_id=request.request_id)
                accept_terms(user, language=user.language, by=actor)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Render now (in the reader's language), send from the worker: a slow mail server slows nobody's sign-in."""
        message = self.render_mail(template_prefix, email, context | {"email": email, "site_url": settings.SITE_URL})
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        with transaction.atomic():
            queue_mail(to=email, subject=message.subject, text=message.body, html=html, secret=True)

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """allauth tells here of every change of a sign-in: also those whose money it guards are told, by an event."""
        if change := CHANGES.get(template_prefix.rpartition("/")[2]):
            with transaction.atomic():
                record(SecurityChanged(aggregate=user.public_id, change=change), by=Actor(user_id=user.pk))
            context = (context or {}) | {"freeze_url": freeze_url(user.public_id)}
        super().send_notification_mail(template_prefix, user, context, email)

    def post_login(self, request, user, **how):
        """Who has just chosen a password and typed the code has shown who she is: not asked again in five minutes."""
        response = super().post_login(request, user, **how)
        if how.get("signup"):
            record_authentication(request, user, method="password")
        return response

    def set_password(self, user, password: str) -> None:
        """Changed, set or reset by mail: sockets of the sessions that this ends close at once."""
        super().set_password(user, password)
        hint(user.pk, "session.ended")

    def logout(self, request) -> None:
        user_id = request.user.pk
        super().logout(request)
        if user_id:
            hint(user_id, "session.ended")


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions) -> None:
        """Sockets of these sessions are told at once, not at their next heartbeat."""
        people = {session.user_id for session in sessions}
        super().end_sessions(sessions)
        for user_id in people:
            hint(user_id, "session.ended")


class MFAAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Mooring"}
