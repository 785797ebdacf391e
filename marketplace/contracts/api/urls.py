from django.urls import path

from marketplace.contracts.api.views import ContractsView, ContractView, DocumentsView, ProofView
from marketplace.contracts.api.work import (
    ApproveView,
    ChangesView,
    MoneyView,
    PublishView,
    SendBackView,
    SubmitView,
    VerifyView,
    WorkListView,
    WorkView,
)
from marketplace.http.api import paths as paths

urlpatterns = [
    path("contracts", ContractsView.as_view(), name="contracts"),
    path("contracts/<ctr:contract_id>", ContractView.as_view(), name="contract"),
    path("contracts/<ctr:contract_id>/documents", DocumentsView.as_view(), name="contract-documents"),
    path("contracts/<ctr:contract_id>/proof", ProofView.as_view(), name="contract-proof"),
    path("contracts/<ctr:contract_id>/work", WorkListView.as_view(), name="contract-work"),
    path("contracts/<ctr:contract_id>/money", MoneyView.as_view(), name="contract-money"),
    path("work/<dlv:work_id>", WorkView.as_view(), name="work"),
    path("work/<dlv:work_id>/submit", SubmitView.as_view(), name="work-submit"),
    path("work/<dlv:work_id>/request-changes", ChangesView.as_view(), name="work-changes"),
    path("work/<dlv:work_id>/approve", ApproveView.as_view(), name="work-approve"),
    path("work/<dlv:work_id>/publish", PublishView.as_view(), name="work-publish"),
    path("work/<dlv:work_id>/send-back", SendBackView.as_view(), name="work-send-back"),
    path("work/<dlv:work_id>/verify", VerifyView.as_view(), name="work-verify"),
]
