from marketplace.notifications.models.mail_preference import MailPreference
from marketplace.notifications.models.notice import Notice
from marketplace.notifications.models.outgoing_mail import OutgoingMail

__all__ = ["MailPreference", "Notice", "OutgoingMail"]
