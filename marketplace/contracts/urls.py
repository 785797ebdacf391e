from django.urls import path

from marketplace.contracts.views.absences import AbsenceView
from marketplace.contracts.views.amendments import (
    AmendmentDocumentView,
    AmendmentView,
    DeclineView,
    ProposeView,
    SignAmendmentView,
    WithdrawView,
)
from marketplace.contracts.views.contracts import ContractsView, ContractView, DocumentView, SignView
from marketplace.contracts.views.disputes import DisputeView, OpenDisputeView
from marketplace.contracts.views.ending import EndView
from marketplace.contracts.views.paying import PayAmendmentView, PayRoundView, PayView
from marketplace.contracts.views.proof import ProofView
from marketplace.contracts.views.reviews import ReviewView
from marketplace.contracts.views.sealed import SealedView
from marketplace.contracts.views.work import WorkView

urlpatterns = [
    path("contracts/", ContractsView.as_view(), name="contracts"),
    path("contracts/<str:contract_id>/", ContractView.as_view(), name="contract"),
    path("contracts/<str:contract_id>/sign/", SignView.as_view(), name="contract-sign"),
    path("contracts/<str:contract_id>/text/<str:language>/", DocumentView.as_view(), name="contract-document"),
    path("contracts/<str:contract_id>/sealed/", SealedView.as_view(), name="contract-sealed"),
    path("contracts/<str:public_id>/pay/", PayView.as_view(), name="contract-pay"),
    path("contracts/<str:contract_id>/change/", ProposeView.as_view(), name="amend"),
    path("changes/<str:amendment_id>/", AmendmentView.as_view(), name="amendment"),
    path("changes/<str:amendment_id>/decline/", DeclineView.as_view(), name="amendment-decline"),
    path("changes/<str:amendment_id>/withdraw/", WithdrawView.as_view(), name="amendment-withdraw"),
    path("changes/<str:amendment_id>/sign/", SignAmendmentView.as_view(), name="amendment-sign"),
    path("changes/<str:amendment_id>/text/<str:language>/", AmendmentDocumentView.as_view(), name="amendment-document"),
    path("changes/<str:public_id>/pay/", PayAmendmentView.as_view(), name="amendment-pay"),
    path("contracts/<str:contract_id>/end/", EndView.as_view(), name="contract-end"),
    path("contracts/<str:contract_id>/review/", ReviewView.as_view(), name="review"),
    path("work/<str:work_id>/", WorkView.as_view(), name="work"),
    path("work/<str:work_id>/absence/", AbsenceView.as_view(), name="absence"),
    path("rounds/<str:public_id>/pay/", PayRoundView.as_view(), name="round-pay"),
    path("work/<str:work_id>/dispute/", OpenDisputeView.as_view(), name="dispute-open"),
    path("disputes/<str:dispute_id>/", DisputeView.as_view(), name="dispute"),
    path("proof/", ProofView.as_view(), name="proof"),
    path("proof/<str:contract_id>/", ProofView.as_view(), name="contract-proof"),
]
