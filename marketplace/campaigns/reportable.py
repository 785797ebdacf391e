"""V tasks, for those who see them."""

from marketplace.campaigns.selectors.tasks import get_task
from marketplace.compliance.subjects import Subject, reportable
from marketplace.core.actor import Actor


@reportable("task")
def find_task(actor: Actor, public_id: str) -> Subject:
    task = get_task(actor, public_id)
    said = {"title": task.title, "merchant": task.merchant_name, "goal": task.goal, "do": task.do, "avoid": task.avoid}
    said["products"] = "\n".join(f"{one.name} {one.link}".strip() for one in task.products.all())
    return Subject("task", public_id, task.title, f"/tasks/{public_id}/", task.party_id, said)
