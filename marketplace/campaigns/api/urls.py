from django.urls import path

from marketplace.campaigns.api.views import applications, offers, searches, tasks
from marketplace.http.api import paths as paths

TASK = "tasks/<vtk:task_id>"
APPLICATION = "applications/<app:application_id>"
OFFER = f"{APPLICATION}/offers/<off:offer_id>"

urlpatterns = [
    path("campaigns", tasks.CampaignsView.as_view(), name="campaigns"),
    path("tasks", tasks.TasksView.as_view(), name="tasks"),
    path("own-tasks", tasks.OwnTasksView.as_view(), name="own-tasks"),
    path(TASK, tasks.TaskView.as_view(), name="task"),
    path(f"{TASK}/submit", tasks.SubmitView.as_view(), name="task-submit"),
    path(f"{TASK}/take-back", tasks.TakeBackView.as_view(), name="task-take-back"),
    path(f"{TASK}/pause", tasks.PauseView.as_view(), name="task-pause"),
    path(f"{TASK}/resume", tasks.ResumeView.as_view(), name="task-resume"),
    path(f"{TASK}/close", tasks.CloseView.as_view(), name="task-close"),
    path(f"{TASK}/reopen", tasks.ReopenView.as_view(), name="task-reopen"),
    path(f"{TASK}/extend", tasks.ExtendView.as_view(), name="task-extend"),
    path(f"{TASK}/duplicate", tasks.DuplicateView.as_view(), name="task-duplicate"),
    path(f"{TASK}/reserve-budget", tasks.ReserveView.as_view(), name="task-reserve-budget"),
    path(f"{TASK}/applications", applications.TaskApplicationsView.as_view(), name="task-applications"),
    path(f"{TASK}/invitations", applications.InvitationsView.as_view(), name="task-invitations"),
    path("applications", applications.ApplicationsView.as_view(), name="applications"),
    path(APPLICATION, applications.ApplicationView.as_view(), name="application"),
    path(f"{APPLICATION}/withdraw", applications.WithdrawView.as_view(), name="application-withdraw"),
    path(f"{APPLICATION}/decline", applications.DeclineView.as_view(), name="application-decline"),
    path(f"{APPLICATION}/shortlist", applications.ShortlistView.as_view(), name="application-shortlist"),
    path(f"{APPLICATION}/waitlist", applications.WaitlistView.as_view(), name="application-waitlist"),
    path(f"{APPLICATION}/unlist", applications.UnlistView.as_view(), name="application-unlist"),
    path(f"{APPLICATION}/offers", offers.OffersView.as_view(), name="offers"),
    path(f"{OFFER}/counter", offers.CounterView.as_view(), name="offer-counter"),
    path(f"{OFFER}/accept", offers.AcceptView.as_view(), name="offer-accept"),
    path(f"{OFFER}/extend", offers.ExtendOfferView.as_view(), name="offer-extend"),
    path(f"{OFFER}/rescind", offers.RescindView.as_view(), name="offer-rescind"),
    path("saved-searches", searches.SearchesView.as_view(), name="saved-searches"),
    path("saved-searches/<ssr:search_id>", searches.SearchView.as_view(), name="saved-search"),
]
