from marketplace.accounts.models import User
from marketplace.accounts.steps.exports import exports


@exports("reports")
def reports(user: User) -> list[dict[str, object]]:
    return list(user.reports.values("kind", "title", "reason", "words", "state", "created_at", "decision"))


@exports("objections")
def objections(user: User) -> list[dict[str, object]]:
    columns = ("title", "source", "words", "state", "filed_at", "decision", "appeal", "settlement")
    return list(user.objections.values(*columns))
