from django.urls import path

from marketplace.documents.views import DocumentFileView, DocumentsView, DocumentView

urlpatterns = [
    path("documents/", DocumentsView.as_view(), name="documents"),
    path("documents/<str:document_id>.pdf", DocumentFileView.as_view(), name="document-file"),
    path("documents/<str:document_id>/", DocumentView.as_view(), name="document"),
]
