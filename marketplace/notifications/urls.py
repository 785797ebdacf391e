from django.urls import path

from marketplace.notifications.views.feed import FeedView
from marketplace.notifications.views.preferences import MailPreferenceView, MailStopView

urlpatterns = [
    path("feed/", FeedView.as_view(), name="feed"),
    path("settings/mails/", MailPreferenceView.as_view(), name="mail-preferences"),
    path("mail/stop/<str:token>/", MailStopView.as_view(), name="mail-stop"),
]
