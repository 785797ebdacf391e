"""A small harbour with somebody in every relation to everything in it: who may do what is asked here."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client

from brands.services.profile import save_profile as save_brand
from creators.services.channels import add_channel
from creators.services.portfolio import add_piece
from creators.services.profiles import save_agency_profile, save_anchor_file
from creators.services.sections import add_time_off
from marketplace.accounts.freeze_link import freeze_path
from marketplace.accounts.representation_terms import Terms
from marketplace.accounts.services.members import invite_member
from marketplace.accounts.services.representations import accept_representation, ask_representation
from marketplace.accounts.services.tokens import create_token
from marketplace.campaigns.models import Application, Attachment
from marketplace.campaigns.services.offers import accept_offer
from marketplace.compliance.services.objections import file_objection, reject_objection
from marketplace.contracts.models import Contract
from marketplace.contracts.services.disputes import open_dispute
from marketplace.contracts.steps.reviewing import open_reviews
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.documents.models import Document
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.media.documents import check_document
from marketplace.media.flows.upload import upload_party_picture, upload_picture
from marketplace.media.models import Access, Asset
from marketplace.media.pictures import check_picture
from marketplace.payments.services.approvals import set_limit
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from marketplace.verification.flows.drafts import save
from tests.factories.amendments import agreed, proposed
from tests.factories.deals import sign_as, verify
from tests.factories.funded import funded, handed_in, piece, signed, three_pieces
from tests.factories.payees import paid_out
from tests.factories.people import Person, make_member, make_owner, make_staff, make_user
from tests.factories.pictures import pdf, picture
from tests.factories.rounds import asked_round, reviewed
from tests.factories.seals import sealed_as_it_stands
from tests.factories.standby import absent_at, called, live_today
from tests.factories.talks import open_now, say
from tests.factories.tasks import TEA, applied, draft, offered, open_task
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
    world.ids |= money_of(owner) | files_of(owner) | shown(world.people["anchor"], agency, owner)
    invitation = invite_member(
        actor=owner.actor, email=world.people["newcomer"].user.email, role="member", can_sign=False, language="en"
    )
    world.ids |= {
        "invitation": invitation.public_id,
        "manager": world.people["manager"].user.public_id,
        "member": world.people["member"].user.public_id,
        "representation": represented(world.people["agency"], world.people["anchor"]).public_id,
    }
    world.ids |= market_of(world)
    world.ids |= deals_of(world)
    world.ids["objection"] = rejected_objection(world)
    world.ids["payout"] = paid_out(owner, world.people["anchor"]).public_id
    world.ids["freeze"] = freeze_path(world.people["anchor"].party.public_id).split("/")[-2]
    world.ids["token"] = create_token(actor=owner.actor, name="Stock", scopes=["tasks:read"], days=90)[0].public_id
    relay_all()
    world.ids["receipt"] = Document.objects.filter(party=owner.party, kind="receipt").first().public_id
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


def shown(anchor: Person, agency: Person, owner: Person) -> dict[str, str]:
    """Everybody's public page, with a channel, a time off and a piece of work on the anchor's."""
    save_anchor_file(actor=anchor.actor, complete=True, categories=["food"], bio="Live, with tea.", region="CN-ZJ")
    save_agency_profile(actor=agency.actor, complete=True, categories=["food"], about="We look after them.")
    save_brand(actor=owner.actor, complete=True, categories=["food"], story="Tea.", site="")
    channel = add_channel(actor=anchor.actor, platform="douyin", handle="xiawei.tea", followers=186_400)
    add_channel(actor=anchor.actor, platform="bilibili", handle="xiawei", followers=41_270)
    off = add_time_off(actor=anchor.actor, starts_on=clock.today(), ends_on=clock.today() + timedelta(days=3))
    piece = add_piece(actor=anchor.actor, caption="Tea, live", link="https://example.com/live")
    return {
        "channel": channel.public_id,
        "time_off": off.public_id,
        "piece": piece.public_id,
        "anchor_party": anchor.party.public_id,
        "agency_party": agency.party.public_id,
        "brand_party": owner.party.public_id,
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


def market_of(world: World) -> dict[str, str]:
    """The brand's V tasks in several states, the anchor's candidacies for them, and a contract that she has signed."""
    owner, anchor = world.people["owner"], world.people["anchor"]
    verify(owner.party, "merchant")
    verify(anchor.party, "anchor")
    task, untouched, live = (
        open_task(owner, **fields) for fields in ({"seats": 5, "products": [TEA]}, {}, live_fields())
    )
    unfinished = draft(owner, products=[TEA])
    Attachment.objects.create(task=unfinished, asset=Asset.objects.get(public_id=world.ids["report"]), name="Brief.pdf")
    application, agreed = applied(anchor, task), applied(anchor, live)
    offer = offered(owner, agreed)
    accept_offer(actor=anchor.actor, public_id=agreed.public_id, answers=offer.public_id)
    contract = Contract.objects.get(seat=agreed.public_id)
    sign_as(anchor, contract)
    return {
        "v_task": task.public_id,
        "untouched": untouched.public_id,
        "draft": unfinished.public_id,
        "in_review": open_task(owner, goal="根治失眠", products=[TEA]).public_id,
        "application": application.public_id,
        "contract": contract.public_id,
    }


def deals_of(world: World) -> dict[str, str]:
    """Contracts further on: one to pay, one with a draft to review, one with a further round of changes to pay, one
    with a dispute that waits for an answer.
    """
    owner, anchor, agency = (world.people[who] for who in ("owner", "anchor", "agency"))
    small = {"deal": three_pieces(fee_minor=100_000)}  # below the limit above which a second person approves
    payable = signed(owner, anchor, agency, **small)
    running, disputed = (funded(owner, anchor, agency, **small) for _ in range(2))
    bought = reviewed(owner, anchor, agency, fee_minor=100_000, extra_round_minor=10_000)
    sealed_as_it_stands(running)
    draft, script = handed_in(anchor, running, 2), handed_in(anchor, disputed, 1)
    dispute = open_dispute(
        actor=anchor.actor, deliverable_public_id=script.public_id, words="Nobody answers.", anchor_bp=10_000
    )
    reviewed_ = funded(owner, anchor, agency, **small)
    use_case(open_reviews)(reviewed_)
    talk = open_now(
        subject=running.public_id,
        title=running.title,
        path=f"/contracts/{running.public_id}/",
        parties=[one.party for one in (owner, anchor, agency)],
    )
    say(owner, talk, "Can you show the leaves before they are brewed?")
    message = say(anchor, talk, "Gladly. 第三段就讲。")
    paid_after = agreed(proposed(owner, bought, fee_minor=110_000), owner, anchor, agency)
    absence = absent_at(funded(owner, anchor, agency, deal=live_today(fee_minor=100_000)), owner)
    call = called(owner, Application.objects.get(public_id=world.ids["application"]), absence)
    return {
        "call": call.public_id,
        "live_work": absence.deliverable.public_id,
        "absence": absence.public_id,
        "change": proposed(owner, reviewed_, fee_minor=110_000).public_id,
        "change_to_pay": paid_after.public_id,
        "talk": talk.public_id,
        "reviewed": reviewed_.public_id,
        "message": message.public_id,
        "payable": payable.public_id,
        "running": running.public_id,
        "work": draft.public_id,
        "round": asked_round(owner, bought).public_id,
        "planned_work": piece(running, 3).public_id,
        "dispute": dispute.public_id,
    }


def rejected_objection(world: World) -> str:
    """The brand's, to how long it took to pay; it may still appeal."""
    filed = file_objection(
        actor=world.people["owner"].actor,
        source="merchant_payment",
        subject=world.ids["reviewed"],
        words="The bank had a holiday, and nobody could transfer.",
    )
    staff = world.people["compliance"].actor
    return reject_objection(actor=staff, public_id=filed.public_id, reasons="Cards were accepted.").public_id


def live_fields() -> dict[str, object]:
    """A live lies in the scope for which the agency represents the anchor: it is a side of that contract."""
    return {"form": "whole_live", "live_start": clock.now() + timedelta(days=10), "live_minutes": 120}
