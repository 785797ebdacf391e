from django.urls import path

from marketplace.notifications.views.feed import FeedView

urlpatterns = [path("feed/", FeedView.as_view(), name="feed")]
