"""The library of the contract's words: copied, edited, published by a second person, discarded.

Contracts that are drafted already keep their words; those of a published version are never changed.
"""

from collections.abc import Sequence

from marketplace.contracts.errors import SameEditor, TemplateChanged, TemplateOvertaken, TemplateUnfinished
from marketplace.contracts.events import (
    TemplateCopied,
    TemplateDiscarded,
    TemplateEdited,
    TemplatePublished,
    TemplateRetired,
)
from marketplace.contracts.library.checks import check
from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.library.difference import changes
from marketplace.contracts.machine import CONTRACT_TEMPLATE
from marketplace.contracts.models import ContractTemplate
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors.templates import clauses_of
from marketplace.contracts.steps.templates import fingerprint, lock_template, next_version, write_clauses
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def copy_template(*, actor: Actor, public_id: str) -> ContractTemplate:
    """A new draft with the words of any version, to follow the one that is in force now. Raises NotFound, Forbidden."""
    CONTRACT_POLICY.authorise(actor, ContractAction.WORDS)
    source, published = lock_template(public_id)
    draft = ContractTemplate.objects.create(version=next_version(), replaces=published, edited_by_id=actor.user_id)
    write_clauses(draft, clauses_of(source))
    copied = TemplateCopied(
        aggregate=draft.public_id, version=draft.version, source=source.version, replaces=published.version
    )
    record(copied, by=actor)
    return draft


@use_case
def edit_template(
    *, actor: Actor, public_id: str, seen: int, note: str, clauses: Sequence[ClauseText]
) -> ContractTemplate:
    """All of a draft's clauses, in their new order; it may be unfinished. `seen` is the count of edits on the page.

    Raises NotFound, Forbidden, IllegalTransition, TemplateChanged.
    """
    CONTRACT_POLICY.authorise(actor, ContractAction.WORDS)
    template, _published = lock_template(public_id)
    if not template.is_draft:
        raise IllegalTransition(machine=CONTRACT_TEMPLATE.name, state=template.state, transition="edit")
    if template.edits != seen:
        raise TemplateChanged
    before = clauses_of(template)
    changed = [change.key for change in changes(before, clauses)]
    if not changed and template.note == note:
        return template
    write_clauses(template, clauses)
    template.note, template.edits = note, template.edits + 1
    template.edited_at, template.edited_by_id = clock.now(), actor.user_id
    template.save(update_fields=["note", "edits", "edited_at", "edited_by"])
    record(TemplateEdited(aggregate=public_id, clauses=changed, sha256=fingerprint(clauses)), by=actor)
    return template


@use_case
def publish_template(*, actor: Actor, public_id: str, seen: int) -> ContractTemplate:
    """By somebody else than whoever edited it last, as she has `seen` it; the version in force is retired with that.

    Raises NotFound, Forbidden, SameEditor, IllegalTransition, TemplateChanged, TemplateOvertaken, TemplateUnfinished.
    """
    CONTRACT_POLICY.authorise(actor, ContractAction.WORDS)
    template, published = lock_template(public_id)
    if template.is_draft and template.edited_by_id == actor.user_id:
        raise SameEditor
    move = CONTRACT_TEMPLATE.fire(template, "publish")
    if template.edits != seen:
        raise TemplateChanged
    if template.replaces_id != published.pk:
        raise TemplateOvertaken
    clauses = clauses_of(template)
    if check(clauses):
        raise TemplateUnfinished
    now = clock.now()
    gone = CONTRACT_TEMPLATE.fire(published, "retire")
    published.retired_at = now
    published.save(update_fields=["state", "retired_at"])
    record(TemplateRetired(aggregate=published.public_id, by_version=template.version), by=actor, move=gone)
    template.published_at, template.published_by_id = now, actor.user_id
    template.save(update_fields=["state", "published_at", "published_by"])
    out = TemplatePublished(aggregate=public_id, version=template.version, sha256=fingerprint(clauses))
    record(out, by=actor, move=move)
    return template


@use_case
def discard_template(*, actor: Actor, public_id: str) -> ContractTemplate:
    """A draft that nobody wants; it can still be read and copied. Raises NotFound, Forbidden, IllegalTransition."""
    CONTRACT_POLICY.authorise(actor, ContractAction.WORDS)
    template, _published = lock_template(public_id)
    move = CONTRACT_TEMPLATE.fire(template, "discard")
    template.save(update_fields=["state"])
    record(TemplateDiscarded(aggregate=public_id), by=actor, move=move)
    return template
