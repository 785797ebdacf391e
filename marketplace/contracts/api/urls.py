from django.urls import path

from marketplace.contracts.api.views import ContractsView, ContractView, DocumentsView, ProofView
from marketplace.http.api import paths as paths

urlpatterns = [
    path("contracts", ContractsView.as_view(), name="contracts"),
    path("contracts/<ctr:contract_id>", ContractView.as_view(), name="contract"),
    path("contracts/<ctr:contract_id>/documents", DocumentsView.as_view(), name="contract-documents"),
    path("contracts/<ctr:contract_id>/proof", ProofView.as_view(), name="contract-proof"),
]
