from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.fields import PublicIdField


class SavedSearch(models.Model):
    """Filters of the hall that a person wants to hear about when a new task meets them."""

    public_id = PublicIdField(prefix="ssr")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)  # the hall's query string, in one spelling
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name


class SearchHit(models.Model):
    """That a search was told of a task: once, whatever happens to the worker."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    task = models.ForeignKey("campaigns.VTask", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "task"], name="search_hit_once")]

    def __str__(self) -> str:
        return f"{self.search_id} {self.task_id}"
