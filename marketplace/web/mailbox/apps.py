from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "marketplace.web.mailbox"
    label = "mailbox"
