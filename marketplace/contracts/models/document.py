from django.db import models

from marketplace.contracts.models.contract import Contract
from marketplace.core import clock
from marketplace.core.database_roles import APPEND
from marketplace.core.models.event import APPEND_ONLY


class ContractDocument(models.Model):
    """The exact words of a contract in one language. The governing one is signed, the other is a courtesy."""

    database_rights = APPEND

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    governs = models.BooleanField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "language"], name="document_once_a_language")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.contract_id} {self.language}"
