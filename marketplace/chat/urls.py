from django.urls import path

from marketplace.chat.views.messages import ConversationLogView, ConversationsView, ConversationView

urlpatterns = [
    path("messages/", ConversationsView.as_view(), name="conversations"),
    path("messages/<str:public_id>/", ConversationView.as_view(), name="conversation"),
    path("messages/<str:public_id>/log/", ConversationLogView.as_view(), name="conversation-log"),
]
