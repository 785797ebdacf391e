"""Ninety days of the market: merchants post, anchors apply, both sides negotiate and sign."""

import logging
from datetime import timedelta

from brands.services.profile import save_profile as save_brand
from marketplace.campaigns.flows.files import upload_product, upload_task_picture
from marketplace.campaigns.models import Application, Offer, VTask
from marketplace.campaigns.services.applying import apply
from marketplace.campaigns.services.choosing import decline_candidate, invite, sort_into
from marketplace.campaigns.services.offers import accept_offer, counter_offer, make_offer
from marketplace.campaigns.services.publishing import approve_task, reject_task, submit_task
from marketplace.campaigns.services.running import close_task, pause_task
from marketplace.campaigns.services.tasks import create_task, save_task
from marketplace.contracts.models import Contract, Method
from marketplace.contracts.selectors import governing_document
from marketplace.contracts.services.signing import ProofOfPerson, sign
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import MooringError
from marketplace.core.money import Money
from marketplace.media.pictures import check_picture
from marketplace.web.demo.anchors import Anchor, known
from marketplace.web.demo.chance import number, pick, some
from marketplace.web.demo.content import MERCHANTS, SAYS, TASKS, MerchantRow, TaskRow
from marketplace.web.demo.deals import Deal
from marketplace.web.demo.goods import GOODS
from marketplace.web.demo.history import Act, History
from marketplace.web.demo.payees import open_account
from marketplace.web.demo.people import Owner, owner, verified
from marketplace.web.demo.stills import ground, still, table
from supply.services.profile import save_profile as save_supplier

logger = logging.getLogger(__name__)
XIA_WEI, LAN = "xiawei@xiawei.example", "lan@northquay.example"
PROOF = ProofOfPerson(method=Method.PASSKEY, address="198.51.100.7", browser="Mooring demo")
# Fate → how many apply, and how many of them come to a signed contract, an open offer, a waiting signature.
CROWD = {
    **{"open": (4, 0), "negotiating": (5, 0), "signed": (5, 1), "signing": (4, 0), "waitlist": (6, 1)},
    **{"unanswered": (3, 0), "closed": (4, 0), "paused": (2, 0), "invited": (1, 0)},
}


def load_merchant(row: MerchantRow, staff: Actor) -> Owner:
    if there := known(row.email):
        return there
    person = owner(row.email, row.owner, row.kind, row.name, language=row.language)
    categories = list(row.categories)
    if row.kind == "brand":
        save_brand(actor=person.actor, complete=True, categories=categories, site="", story=row.story)
    else:
        save_supplier(actor=person.actor, complete=True, categories=categories, ships_from="杭州", about=row.story)
    verified(person, "merchant", staff)
    return person


class Market:
    def __init__(self, history: History, merchants: dict[str, Owner], anchors: list[Anchor], staff: Actor) -> None:
        self.history, self.merchants, self.anchors, self.staff = history, merchants, anchors, staff
        self.refusals: list[tuple[str, str]] = []

    def load(self) -> None:
        for row in TASKS:
            if not VTask.objects.filter(title=row.title).exists():
                self.history.on(row.day + 0.4, lambda row=row: self.post(row))

    def post(self, row: TaskRow) -> None:
        merchant = self.merchants[row.merchant]
        task = create_task(actor=merchant.actor, campaign="2026" if number(3, row.title) else "")
        task = save_task(actor=merchant.actor, public_id=task.public_id, fields=fields_of(row))
        show(merchant.actor, task, row)
        if row.fate == "draft":
            return
        if row.fate == "rejected":
            save_task(actor=merchant.actor, public_id=task.public_id, fields={"selling_points": "全网第一的改造方案"})
        if row.fate == "in_review":
            save_task(actor=merchant.actor, public_id=task.public_id, fields={"do": "可以说能治疗泛红"})
        task = submit_task(actor=merchant.actor, public_id=task.public_id)
        if row.fate == "rejected":
            reject_task(
                actor=self.staff, public_id=task.public_id, reason="“全网第一”违反广告法第九条，请改为可核实的说法。"
            )
        elif row.fate != "in_review":
            if task.state == "in_review":
                approve_task(actor=self.staff, public_id=task.public_id)
            self.crowd(row, task, merchant)

    def crowd(self, row: TaskRow, task: VTask, merchant: Owner) -> None:
        """Who comes on the days after, and what becomes of them."""
        count, signed = CROWD[row.fate]
        fitting = [one for one in self.anchors if set(one.platforms) & set(task.platforms)]
        chosen = some(fitting, count + 2, row.title)
        if row.merchant == "mei@chenyu.example":  # the two whom a visitor signs in as have dealt with one another
            known_to_her = [one for one in fitting if one.owner.user.email == XIA_WEI]
            chosen = list(dict.fromkeys([*known_to_her, *chosen]))
        if row.fate == "invited":
            ids = [one.owner.party.public_id for one in chosen[:3]]
            words = "看了你最近的几期，节奏和我们的产品很合。"
            self.at(
                row, 0.2, lambda: invite(actor=merchant.actor, task_public_id=task.public_id, anchors=ids, words=words)
            )
            chosen = chosen[3:]
        for turn, anchor in enumerate(chosen[:count]):
            self.at(row, 0.3 + turn * 0.35, lambda anchor=anchor: self.apply(task, anchor))
        if row.fate == "unanswered":
            return
        self.at(row, 2.2, lambda: self.sort(task, merchant))
        if row.fate in {"negotiating", "signed", "signing", "waitlist"}:
            self.at(row, 2.6, lambda: self.negotiate(task, merchant, row, signed))
        if row.fate == "closed":
            self.at(
                row,
                4.5,
                lambda: close_task(actor=merchant.actor, public_id=task.public_id, word="这次的计划有变，谢谢报名。"),
            )
        if row.fate == "paused":
            self.at(row, 3.0, lambda: pause_task(actor=merchant.actor, public_id=task.public_id))

    def at(self, row: TaskRow, after: float, act: Act) -> None:
        if row.day + 0.4 - after >= 0:
            self.history.on(row.day + 0.4 - after, lambda: self.live(row, act))

    def live(self, row: TaskRow, act: Act) -> None:
        """What the rules refuse does not happen, in the demo as anywhere; it is noted, so that a test sees it."""
        try:
            act()
        except MooringError as refusal:
            self.refusals.append((row.title, type(refusal).__name__))
            logger.info("The demo was refused at %r: %r", row.title, refusal)

    def apply(self, task: VTask, anchor: Anchor) -> None:
        task.refresh_from_db()
        room = task.fee_max_minor - task.fee_minor
        quote = task.fee_minor + number(room // 10_000 + 1, anchor.owner.user.email) * 10_000 if room else None
        apply(
            actor=anchor.owner.actor,
            task_public_id=task.public_id,
            message=pick(SAYS, task.title, anchor.owner.user.email),
            quote_minor=quote,
        )

    def sort(self, task: VTask, merchant: Owner) -> None:
        """Two to the shortlist, one declined with a word; the others wait."""
        waiting = list(task.applications.filter(state="applied").order_by("id"))
        for application in waiting[:2]:
            sort_into(actor=merchant.actor, public_id=application.public_id, lane="shortlisted")
        for application in waiting[3:4]:
            decline_candidate(actor=merchant.actor, public_id=application.public_id, word="这次想找有茶室场景的主播。")

    def negotiate(self, task: VTask, merchant: Owner, row: TaskRow, signed: int) -> None:
        """Offer, counter, and as far as the fate says."""
        for turn, application in enumerate(task.applications.filter(state="shortlisted").order_by("id")[: task.seats]):
            anchor = self.owner_of(application)
            offer = make_offer(
                actor=merchant.actor,
                public_id=application.public_id,
                terms=task.deal(fee_minor=application.quote_minor or task.fee_minor),
                message="按你的节奏来，脚本一页就够。",
            )
            if turn == 0 and task.has_fee:
                offer = self.counter(application, offer, anchor)
            if row.fate == "negotiating" or (offer.side == "anchor" and row.fate == "waitlist" and turn):
                continue
            who = merchant if offer.side == "anchor" else anchor
            accept_offer(actor=who.actor, public_id=application.public_id, answers=offer.public_id)
            if signed or row.fate == "signed":
                self.at_once_or_later(row, application, merchant, anchor)

    def counter(self, application: Application, offer: Offer, anchor: Owner) -> Offer:
        fee = Money(offer.deal.fee_minor * 108 // 100 // 1_000 * 1_000, offer.deal.currency)
        return counter_offer(
            actor=anchor.actor,
            public_id=application.public_id,
            answers=offer.public_id,
            terms=offer.deal.with_fee(fee.amount_minor).with_(revision_rounds=1),
            message="多一次试拍，所以报价高一点；修改一轮就够。",
        )

    def at_once_or_later(self, row: TaskRow, application: Application, merchant: Owner, anchor: Owner) -> None:
        contract = Contract.objects.get(seat=application.public_id)
        signers = [anchor, merchant]
        if contract.agency_id:
            membership = contract.agency.memberships.select_related("user").first()
            signers.append(Owner(membership.user, contract.agency))
        for person in (anchor, *signers[2:]):
            if has_account(person):
                self.at(row, 2.8, lambda person=person: open_account(person, self.staff))
        for turn, person in enumerate(signers):
            self.at(row, 2.9 + turn * 0.4, lambda person=person: sign_as(person, contract))
        Deal(contract, merchant, anchor, self.staff, lambda days, act: self.at(row, days, act)).load()

    def owner_of(self, application: Application) -> Owner:
        membership = application.anchor.memberships.select_related("user").first()
        return Owner(membership.user, application.anchor)


def has_account(payee: Owner) -> bool:
    """One in eight has not named one yet: her money waits, and her page says why. Those whom a visitor signs in as have."""
    return payee.user.email in (XIA_WEI, LAN) or number(8, "account", payee.user.email) != 0


def sign_as(person: Owner, contract: Contract) -> None:
    document = governing_document(contract).sha256
    sign(actor=person.actor, public_id=contract.public_id, document_sha256=document, proof=PROOF)


def show(actor: Actor, task: VTask, row: TaskRow) -> None:
    """Its picture, and one or two of the merchant's products."""
    chinese = is_chinese(row.title)
    goods = some(GOODS[row.merchant], 1 + number(2, "goods", row.title), "good", row.title)
    behind = [good for good in GOODS[row.merchant] if good not in goods]
    things = tuple(good.thing for good in [*goods, *behind])
    picture = check_picture(table(things, ground(number(8, "ground", row.title))))
    upload_task_picture(actor=actor, public_id=task.public_id, file=picture)
    abroad = row.currency != "CNY"
    for place, good in enumerate(goods, 1):
        fields = {
            "name": good.chinese if chinese else good.english,
            "price_minor": 100 * (good.price // 7 if abroad else good.price),
            "currency": row.currency,
            "link": f"https://{row.merchant.partition('@')[2]}/{good.thing}",
        }
        file = check_picture(still(good.thing, ground(number(8, "product", good.thing))))
        upload_product(actor=actor, public_id=task.public_id, place=place, fields=fields, file=file)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def fields_of(row: TaskRow) -> dict[str, object]:
    """A whole brief from a row of the table."""
    today = clock.today("Asia/Shanghai")
    unit = 1 if row.currency == "JPY" else 100
    kind = "live" if row.form in {"live_segment", "whole_live"} else "post" if row.form == "image_text" else "video"
    until = today + timedelta(days=26)
    chinese = is_chinese(row.title)
    fields: dict[str, object] = {
        "title": row.title,
        "goal": row.goal,
        "form": row.form,
        "category": row.category,
        "mode": "assigned" if row.fate == "invited" else "open_call",
        "platforms": ["tiktok", "instagram", "youtube"]
        if row.currency != "CNY"
        else ["douyin", "xiaohongshu", "kuaishou"],
        "audience": "25–40 岁，在意成分与手艺的人" if chinese else "People of 25 to 40 who read the label",
        "do": "亲手做，一镜到底\n说出处与价格" if chinese else "Do it yourself, in one take\nSay where it comes from",
        "avoid": "不谈功效\n不出现其他品牌" if chinese else "No health claims\nNo other brand in the picture",
        "disclosure": "广告" if chinese else "Ad",
        "apply_by": today + timedelta(days=12),
        "publish_from": today + timedelta(days=14),
        "publish_until": until,
        "seats": row.seats,
        "price_model": row.model,
        "currency": row.currency,
        "fee_minor": row.fee * unit,
        "fee_max_minor": max(row.fee, row.most) * unit,
        "cps_bp": row.cps * 100,
        "gift": row.gift,
        "samples": "一套，拍完不用寄回" if chinese else "One set, yours to keep",
        "governing_language": "zh-hans" if chinese else "en",
        "deliverables": [
            {
                "kind": "draft",
                "title": "脚本" if chinese else "Script",
                "due_on": (today + timedelta(days=16)).isoformat(),
                "share_bp": 2_000,
            },
            {
                "kind": kind,
                "title": "成片" if chinese else "The piece itself",
                "due_on": (until - timedelta(days=2)).isoformat(),
                "share_bp": 8_000,
            },
        ],
    }
    if kind == "live":
        fields |= {
            "live_start": clock.now() + timedelta(days=20),
            "live_minutes": 30 if row.form == "live_segment" else 120,
        }
    return fields


def merchants(staff: Actor) -> dict[str, Owner]:
    return {row.email: load_merchant(row, staff) for row in MERCHANTS}
