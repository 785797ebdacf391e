"""Anchors and agencies, for those who see their pages."""

from creators.selectors.pages import get_agency_page, get_anchor_page
from marketplace.compliance.subjects import Subject, reportable
from marketplace.core.actor import Actor


@reportable("anchor")
def find_anchor(actor: Actor, public_id: str) -> Subject:
    page = get_anchor_page(actor, public_id)
    channels = ", ".join(f"{one.platform} @{one.handle} {one.followers} {one.state}" for one in page.channels)
    said = {"name": page.party.name, "bio": page.file.bio, "channels": channels}
    return Subject("anchor", public_id, page.party.name, f"/anchors/{public_id}/", page.party.pk, said)


@reportable("agency")
def find_agency(actor: Actor, public_id: str) -> Subject:
    page = get_agency_page(actor, public_id)
    said = {"name": page.party.name, "about": page.profile.about, "site": page.profile.site}
    return Subject("agency", public_id, page.party.name, f"/agencies/{public_id}/", page.party.pk, said)
