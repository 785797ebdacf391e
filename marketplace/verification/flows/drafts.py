"""A draft with papers: the bytes to storage first, then the rows that know them."""

from collections.abc import Mapping

from marketplace.core.actor import Actor
from marketplace.media.checked import Checked
from marketplace.media.flows.upload import stored_all
from marketplace.media.originals import Original
from marketplace.verification.models import Verification
from marketplace.verification.services.drafts import save_draft, submit_verification


def save(*, actor: Actor, kind: str, values: Mapping[str, object], papers: Mapping[str, Checked]) -> Verification:
    """Keep what was written and the papers that came with it. Raises what `save_draft` raises."""

    def use(originals: list[Original]) -> Verification:
        pairs = list(zip(papers, originals, strict=True))
        return save_draft(actor=actor, kind=kind, values=values, papers=pairs)

    return stored_all(list(papers.values()), use)


def save_and_submit(
    *, actor: Actor, kind: str, values: Mapping[str, object], papers: Mapping[str, Checked]
) -> Verification:
    """What is refused at the second step is saved all the same. Raises what both raise."""
    save(actor=actor, kind=kind, values=values, papers=papers)
    return submit_verification(actor=actor, kind=kind)
