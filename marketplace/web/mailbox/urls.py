from django.urls import path

from marketplace.web.mailbox.views import mail, mailbox

urlpatterns = [path("mailbox/", mailbox, name="mailbox"), path("mailbox/<str:name>/", mail, name="mailbox-mail")]
