"""The people of the demo. Made by the same services that a stranger's clicks call."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from brands.services.profile import save_profile as save_brand
from creators.models import Channel
from creators.services.channels import verify_channel
from creators.services.profiles import save_agency_profile, save_anchor_file
from marketplace.accounts.models import Party, StaffGrant, User
from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.selectors import is_verified
from marketplace.accounts.services.parties import found_party
from marketplace.accounts.services.representations import accept_representation, ask_representation
from marketplace.accounts.steps.consents import accept_terms
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.media.documents import check_document
from marketplace.verification.flows.drafts import save
from marketplace.verification.services.decisions import approve_verification
from marketplace.verification.services.drafts import submit_verification
from marketplace.web.demo.files import fill_anchor_file
from supply.services.profile import save_profile as save_supplier

OPERATIONS = "ops@mooring.example"
SECOND = "ops2@mooring.example"  # who decides a dispute does not settle its appeal
# The least that is a PDF: there is nobody's paper to show.
PAPER = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n\ntrailer << /Root 1 0 R >>\n%%EOF\n"
ADDRESS = "12 Quay Road\n310000 Hangzhou"  # of nobody: all of them
PAPER_OF = {"merchant": "registration", "anchor": "identity", "payee": "holder"}
PASSWORD = "mooring-demo-2026"  # noqa: S105  printed at every start; production refuses demo accounts


@dataclass(frozen=True)
class Owner:
    user: User
    party: Party

    @property
    def actor(self) -> Actor:
        return Actor(user_id=self.user.pk, party_id=self.party.pk, role=Role.OWNER, can_sign=True)


def load_people() -> dict[str, Owner]:
    """Four parties that know one another, and the platform's own staff."""
    brand = owner("mei@chenyu.example", "陈梅", "brand", "晨屿茶 Chenyu Tea")
    save_brand(
        actor=brand.actor,
        complete=True,
        categories=["food"],
        site="https://chenyu.example",
        story="We grow oolong on one hill in Anxi and sell only what the season gives.",
    )
    supplier = owner("guo@saltlight.example", "郭盐", "supplier", "盐光香氛 Saltlight")
    save_supplier(
        actor=supplier.actor,
        complete=True,
        categories=["home", "beauty"],
        ships_from="杭州",
        about="Candles and room scents, samples within two days, returns taken back without a word.",
    )
    anchor = owner("xiawei@xiawei.example", "夏未", "anchor", "夏未 Xia Wei", language="zh-hans")
    save_anchor_file(
        actor=anchor.actor,
        complete=True,
        categories=["food", "home"],
        platform="douyin",
        handle="xiawei.tea",
        followers=186_400,
        region="CN-ZJ",
        languages=["cmn"],
        bio="每周三晚直播喝茶，讲茶也讲做茶的人。",
    )
    fill_anchor_file(anchor.actor)
    agency = owner("lan@northquay.example", "蓝岸", "agency", "北岸 Northquay PGC")
    save_agency_profile(
        actor=agency.actor,
        complete=True,
        categories=["food", "home"],
        region="CN-SH",
        site="https://northquay.example",
        about="We produce tea and home programmes and look after eleven anchors.",
    )
    represent(agency, anchor)
    operations = staff(OPERATIONS, "Operations")
    staff(SECOND, "Second Chair")
    verified(brand, "merchant", operations)
    verified(supplier, "merchant", operations)
    verified(anchor, "anchor", operations, birth_on=date(1996, 3, 8))
    for channel in Channel.objects.filter(file__party=anchor.party, platform__in=["douyin", "bilibili"]):
        verify_channel(actor=operations, public_id=channel.public_id)
    return {"brand": brand, "supplier": supplier, "anchor": anchor, "agency": agency}


def owner(email: str, name: str, kind: str, party_name: str, language: str = "en") -> Owner:
    user = person(email, name, language)
    return Owner(user, found_party(actor=Actor(user_id=user.pk), kind=kind, name=party_name))


def person(email: str, name: str, language: str = "en", *, is_staff: bool = False) -> User:
    with transaction.atomic():
        user = User.objects.create_user(email, PASSWORD, name=name, language=language, is_staff=is_staff)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        accept_terms(user, language=language, by=Actor(user_id=user.pk))
    return user


def staff(email: str, name: str) -> Actor:
    user = person(email, name, is_staff=True)
    for role in StaffGrant.Role.values:
        StaffGrant.objects.create(user=user, role=role)
    return Actor(user_id=user.pk, staff_roles=frozenset(StaffRole))


def verified(owner: Owner, kind: str, staff: Actor, **values: object) -> None:
    """Through the desk of compliance, with a paper; verified already: nothing happens."""
    if is_verified(owner.party.pk, kind):
        return
    known = {"legal_name": owner.party.name} | values
    if kind != "anchor":
        known |= {"country": "CN"}
    if kind == "merchant":
        known |= {"registration_number": f"91{owner.party.pk:010}", "address": ADDRESS}
    paper = check_document(PAPER, filename="paper.pdf", content_type="application/pdf")
    save(actor=owner.actor, kind=kind, values=known, papers={PAPER_OF[kind]: paper})
    handed_in = submit_verification(actor=owner.actor, kind=kind)
    approve_verification(actor=staff, public_id=handed_in.public_id)


def represent(agency: Owner, anchor: Owner) -> None:
    terms = Terms(
        scope=("live", "video"),
        fee_share_bp=1500,
        cps_share_bp=1000,
        starts_on=clock.today(),
        ends_before=None,
        notice_days=30,
    )
    asked = ask_representation(
        actor=agency.actor, other_public_id=anchor.party.public_id, terms=terms, message="一起把茶讲好。"
    )
    accept_representation(actor=anchor.actor, public_id=asked.public_id)


def refuse_outside_development() -> None:
    if not settings.DEMO:
        raise RuntimeError("Demo accounts have a public password: they exist in development only.")
