from django.urls import path

from marketplace.chat.views.blocks import BlocksView
from marketplace.chat.views.conversations import BlockView, ConversationsView, MuteView
from marketplace.chat.views.messages import ConversationLogView, ConversationView, MessageView
from marketplace.chat.views.unread import ArrivedView

urlpatterns = [
    path("messages/", ConversationsView.as_view(), name="conversations"),
    path("messages/arrived/", ArrivedView.as_view(), name="messages-arrived"),
    path("messages/blocked/", BlocksView.as_view(), name="blocks"),
    path("messages/<str:public_id>/", ConversationView.as_view(), name="conversation"),
    path("messages/<str:public_id>/log/", ConversationLogView.as_view(), name="conversation-log"),
    path("messages/<str:public_id>/mute/", MuteView.as_view(), name="conversation-mute"),
    path("messages/<str:public_id>/block/", BlockView.as_view(), name="conversation-block"),
    path("messages/<str:public_id>/<str:message_id>/", MessageView.as_view(), name="message"),
]
