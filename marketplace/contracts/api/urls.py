from django.urls import path

from marketplace.contracts.api.disputes import (
    AnswerDisputeView,
    DisputesView,
    DisputeView,
    OpenDisputeView,
    WithdrawDisputeView,
)
from marketplace.contracts.api.ending import (
    AgreeToEndView,
    AskToEndView,
    CallOffView,
    EndingView,
    EndLateView,
    RefuseToEndView,
    WithdrawEndView,
)
from marketplace.contracts.api.views import ContractsView, ContractView, DocumentsView, ProofView, SealedView
from marketplace.contracts.api.work import (
    ApproveView,
    AskForRoundView,
    ChangesView,
    MoneyView,
    PublishView,
    SendBackView,
    SubmitView,
    TakeRoundBackView,
    VerifyView,
    WorkListView,
    WorkView,
)
from marketplace.http.api import paths as paths

urlpatterns = [
    path("contracts", ContractsView.as_view(), name="contracts"),
    path("contracts/<ctr:contract_id>", ContractView.as_view(), name="contract"),
    path("contracts/<ctr:contract_id>/documents", DocumentsView.as_view(), name="contract-documents"),
    path("contracts/<ctr:contract_id>/sealed", SealedView.as_view(), name="contract-sealed"),
    path("contracts/<ctr:contract_id>/proof", ProofView.as_view(), name="contract-proof"),
    path("contracts/<ctr:contract_id>/work", WorkListView.as_view(), name="contract-work"),
    path("contracts/<ctr:contract_id>/money", MoneyView.as_view(), name="contract-money"),
    path("contracts/<ctr:contract_id>/ending", EndingView.as_view(), name="contract-ending"),
    path("contracts/<ctr:contract_id>/ending/ask", AskToEndView.as_view(), name="ending-ask"),
    path("contracts/<ctr:contract_id>/ending/agree", AgreeToEndView.as_view(), name="ending-agree"),
    path("contracts/<ctr:contract_id>/ending/refuse", RefuseToEndView.as_view(), name="ending-refuse"),
    path("contracts/<ctr:contract_id>/ending/withdraw", WithdrawEndView.as_view(), name="ending-withdraw"),
    path("contracts/<ctr:contract_id>/ending/call-off", CallOffView.as_view(), name="ending-call-off"),
    path("contracts/<ctr:contract_id>/ending/end-late", EndLateView.as_view(), name="ending-late"),
    path("contracts/<ctr:contract_id>/disputes", DisputesView.as_view(), name="contract-disputes"),
    path("disputes/<dsp:dispute_id>", DisputeView.as_view(), name="dispute"),
    path("disputes/<dsp:dispute_id>/answer", AnswerDisputeView.as_view(), name="dispute-answer"),
    path("disputes/<dsp:dispute_id>/withdraw", WithdrawDisputeView.as_view(), name="dispute-withdraw"),
    path("work/<dlv:work_id>/dispute", OpenDisputeView.as_view(), name="work-dispute"),
    path("work/<dlv:work_id>", WorkView.as_view(), name="work"),
    path("work/<dlv:work_id>/submit", SubmitView.as_view(), name="work-submit"),
    path("work/<dlv:work_id>/request-changes", ChangesView.as_view(), name="work-changes"),
    path("work/<dlv:work_id>/further-rounds", AskForRoundView.as_view(), name="work-further-rounds"),
    path("rounds/<exr:round_id>/take-back", TakeRoundBackView.as_view(), name="round-take-back"),
    path("work/<dlv:work_id>/approve", ApproveView.as_view(), name="work-approve"),
    path("work/<dlv:work_id>/publish", PublishView.as_view(), name="work-publish"),
    path("work/<dlv:work_id>/send-back", SendBackView.as_view(), name="work-send-back"),
    path("work/<dlv:work_id>/verify", VerifyView.as_view(), name="work-verify"),
]
