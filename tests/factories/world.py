"""A small harbour with somebody in every relation to everything in it: who may do what is asked here."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client

from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.services.members import invite_member
from marketplace.accounts.services.representations import accept_representation, ask_representation
from marketplace.accounts.services.tokens import create_token
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.media.documents import check_document
from marketplace.media.flows.upload import upload_party_picture, upload_picture
from marketplace.media.models import Access
from marketplace.media.pictures import check_picture
from marketplace.payments.services.approvals import set_limit
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from marketplace.verification.flows.drafts import save
from tests.factories.people import Person, make_member, make_owner, make_staff, make_user
from tests.factories.pictures import pdf, picture
from tests.support.relay import relay_all

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
post_now = use_case(post)

# Whoever knocks, by relation to the brand whose objects are in `World.ids`.
VISITORS = (
    *("anonymous", "owner", "manager", "finance", "member", "viewer", "stranger"),
    *("anchor", "agency", "agency_viewer", "other_agency", "newcomer"),
    *("operations", "finance_staff", "compliance"),
)


@dataclass
class World:
    """`people` by relation, `ids` by kind of object; `client(relation)` is that person's browser."""

    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def client(self, who: str, *, fresh: bool = True, **options) -> Client:
        """Signed in as `who`; `fresh`: having given the password a moment ago."""
        client = Client(headers={"accept-language": "en"}, **options)
        if who != "anonymous":
            user = self.people[who].user
            client.force_login(user, backend=BACKEND)
            if fresh:
                give_password_now(client, user)
        return client


def give_password_now(client: Client, user) -> None:
    """What the session holds after the password was given."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def make_world() -> World:
    """The brand owns a payment in, a lot, a refund, an invitation, pictures and a check; agency and anchor a contract
    with each other, and the other agency nothing.
    """
    world = World()
    owner, agency = make_owner("brand", "Chenyu Tea"), make_owner("agency", "North Quay")
    world.people |= {
        "owner": owner,
        **{role.value: make_member(owner.party, role) for role in Role if role != Role.OWNER},
        "stranger": make_owner("brand", "Far Away Tea"),
        "anchor": make_owner("anchor", "Xia Wei"),
        "agency": agency,
        "agency_viewer": make_member(agency.party, Role.VIEWER),
        "other_agency": make_owner("agency", "South Quay"),
        "newcomer": new_person(),
        "operations": make_staff(StaffRole.OPERATIONS),
        "finance_staff": make_staff(StaffRole.FINANCE),
        "compliance": make_staff(StaffRole.COMPLIANCE),
    }
    world.ids |= money_of(owner) | files_of(owner)
    invitation = invite_member(
        actor=owner.actor, email=world.people["newcomer"].user.email, role="member", can_sign=False, language="en"
    )
    world.ids |= {
        "invitation": invitation.public_id,
        "manager": world.people["manager"].user.public_id,
        "member": world.people["member"].user.public_id,
        "representation": represented(world.people["agency"], world.people["anchor"]).public_id,
    }
    world.ids["token"] = create_token(actor=owner.actor, name="Stock", scopes=["tasks:read"], days=90)[0].public_id
    relay_all()
    return world


def new_person() -> Person:
    user = make_user("New Person")
    return Person(user, None, Actor(user_id=user.pk))


def lot_of(owner: Person, amount_minor: int = 100_000) -> str:
    lot = new_id("lot")
    post_now(
        plans.top_up(
            funding=new_id("fnd"),
            wallet=chart.wallet(owner.party.public_id, owner.party.pk),
            lot_public_id=lot,
            provider="test_bank",
            charge=new_id("chg"),
            money=Money(amount_minor, "CNY"),
            charged_at=clock.now(),
        )
    )
    return lot


def money_of(owner: Person) -> dict[str, str]:
    yuan = Money(10_000, "CNY")
    funding = ask_top_up(actor=owner.actor, money=yuan, provider="test_bank", key="first")
    lot = lot_of(owner)
    refund = ask_refund(actor=owner.actor, lot_public_id=lot, money=yuan, key="first")
    set_limit(actor=owner.actor, currency="CNY", limit_minor=500_000)
    waits = ask_top_up(actor=owner.actor, money=Money(500_001, "CNY"), provider="test_bank", key="second")
    return {"funding": funding.public_id, "lot": lot, "refund": refund.public_id, "approval": waits.public_id}


def files_of(owner: Person) -> dict[str, str]:
    file = check_picture(picture(800, 600))
    public = upload_party_picture(actor=owner.actor, file=file)
    private = upload_picture(actor=owner.actor, file=file, purpose="test", access=Access.PARTY)
    report = check_document(pdf(), filename="report.pdf", content_type="application/pdf")
    filed = upload_picture(actor=owner.actor, file=report, purpose="test", access=Access.PARTY)
    paper = check_document(picture(800, 600), filename="paper.jpg", content_type="image/jpeg")
    check = save(actor=owner.actor, kind="merchant", values={"legal_name": "Chenyu"}, papers={"registration": paper})
    document = check.documents.get()
    return {
        "public": public.public_id,
        "private": private.public_id,
        "report": filed.public_id,
        "paper": document.asset.public_id,
        "document": document.public_id,
        "verification": check.public_id,
    }


def terms(**fields) -> Terms:
    plain = {"scope": ("live",), "fee_share_bp": 1500, "cps_share_bp": 1000, "notice_days": 30}
    today = clock.today()
    return Terms(**(plain | {"starts_on": today, "ends_before": today + timedelta(days=365)} | fields))


def represented(agency: Person, anchor: Person, message: str = "Come with us."):
    asked = ask_representation(
        actor=agency.actor, other_public_id=anchor.party.public_id, terms=terms(), message=message
    )
    return accept_representation(actor=anchor.actor, public_id=asked.public_id)
