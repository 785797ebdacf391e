from django.urls import path

from marketplace.contracts.views.contracts import ContractsView, ContractView, DocumentView, ProofView, SignView

urlpatterns = [
    path("contracts/", ContractsView.as_view(), name="contracts"),
    path("contracts/<str:contract_id>/", ContractView.as_view(), name="contract"),
    path("contracts/<str:contract_id>/sign/", SignView.as_view(), name="contract-sign"),
    path("contracts/<str:contract_id>/text/<str:language>/", DocumentView.as_view(), name="contract-document"),
    path("proof/<str:contract_id>/", ProofView.as_view(), name="contract-proof"),
]
