"""What becomes of a signed contract in the demo: paid, worked on, changed, published, checked; ended, disputed."""

from collections.abc import Callable
from datetime import timedelta

from marketplace.chat.models import Conversation
from marketplace.chat.services.messages import send_message
from marketplace.contracts.models import Contract, Deliverable
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.services import cancelling, deciding, disputes, extra_rounds, mediation, work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.web.demo import bank
from marketplace.web.demo.chance import number, pick
from marketplace.web.demo.people import Owner

At = Callable[[float, Callable[[], object]], None]
NOTES = ("第一版在这里，节奏按脚本走。", "剪得短了一点，重点都在。", "The first cut; the label is in frame from 0:12.")
CHANGES = ("产品名再多停两秒。", "开头直接进茶，不要寒暄。", "Please keep the label in the picture two seconds longer.")
MORE = ("结尾的价格请改成新价，其他都很好。", "One more pass, please: the new price at the end.")
TALKS = (
    (
        ("merchant", "样品昨天寄出了，顺丰，明天到。开箱那段麻烦留到镜头里。"),
        ("anchor", "收到，我先不拆。脚本今晚给您。"),
        ("merchant", "好，不急。价格只说到手价就行。"),
    ),
    (
        ("anchor", "Do you want the label in English or in Chinese on screen?"),
        ("merchant", "Both, please: Chinese first. A second each is enough."),
        ("anchor", "Good. I film on Thursday, in daylight."),
    ),
)
CANCELS, DISPUTES, BUYS_A_ROUND = 0, 1, 2  # of eight


class Deal:
    """One contract and its people. `at(days, act)` lives an act so many days after the V task was posted."""

    def __init__(self, contract: Contract, merchant: Owner, anchor: Owner, staff: Actor, at: At) -> None:
        self.contract, self.merchant, self.anchor, self.staff, self.at = contract, merchant, anchor, staff, at
        self.luck = number(8, "deal", contract.title)

    def load(self) -> None:
        if self.contract.gross_minor:
            self.at(4.3, lambda: bank.pay(self.merchant.actor, self.contract))
        for turn, (who, text) in enumerate(pick(TALKS, self.contract.title)):
            self.at(5.0 + turn / 100, lambda who=who, text=text: self.say(getattr(self, who), text))
        self.at(6.0, lambda: self.hand_in(1))
        changes = self.luck % 3 == 0 or self.luck == BUYS_A_ROUND
        if changes:
            self.at(7.0, lambda: self.ask_for_changes(1))
            self.at(8.2, lambda: self.hand_in(1))
        if self.luck == BUYS_A_ROUND and self.contract.gross_minor:
            self.at(8.4, lambda: self.use_what_is_free(1))
            self.at(8.5, lambda: self.buy_a_round(1))
            self.at(8.9, lambda: self.hand_in(1))
        self.at(9.0, lambda: self.approve(1))
        if self.luck == CANCELS and self.contract.gross_minor:
            self.at(10.0, self.ask_to_end)
            self.at(10.6, self.agree_to_end)
            return
        if self.contract.deal.deliverables[1].kind != "live":
            self.at(11.0, lambda: self.hand_in(2))
            self.at(12.5, lambda: self.approve(2))
        self.at(15.0, self.publish)
        if self.luck == DISPUTES and self.contract.gross_minor:
            self.at(15.8, self.dispute)
            self.at(17.0, self.answer)
            self.at(18.0, self.propose)
            self.at(18.6, self.mediate)
            self.at(19.2, self.refuse)
            self.at(20.0, self.decide)
            self.at(20.4, lambda: self.accept_decision(self.anchor))
            self.at(20.9, lambda: self.accept_decision(self.merchant))
            return
        self.at(16.2, self.verify)

    def piece(self, place: int) -> Deliverable:
        return self.contract.deliverables.get(place=place)

    def say(self, person: Owner, text: str) -> None:
        talk = Conversation.objects.get(subject=self.contract.public_id)
        send_message(actor=person.actor, public_id=talk.public_id, client_id=text[:20], text=text)

    def hand_in(self, place: int) -> None:
        name = self.contract.number.lower()
        work.submit(
            actor=self.anchor.actor,
            public_id=self.piece(place).public_id,
            note=pick(NOTES, self.contract.title, str(place)),
            link=f"https://share.example.com/{name}/{place}",
        )

    def ask_for_changes(self, place: int) -> None:
        work.remark(
            actor=self.merchant.actor, public_id=self.piece(place).public_id, text="这里可以再慢一点吗？", at_second=18
        )
        words = pick(CHANGES, self.contract.title)
        work.request_changes(actor=self.merchant.actor, public_id=self.piece(place).public_id, words=words)

    def use_what_is_free(self, place: int) -> None:
        """The first round was used before."""
        for _round in range(1, self.contract.deal.revision_rounds):
            self.ask_for_changes(place)
            self.hand_in(place)

    def buy_a_round(self, place: int) -> None:
        words = pick(MORE, self.contract.title)
        asked = extra_rounds.ask_for_round(
            actor=self.merchant.actor, public_id=self.piece(place).public_id, words=words
        )
        bank.pay_for_round(self.merchant.actor, asked)

    def approve(self, place: int) -> None:
        work.approve(actor=self.merchant.actor, public_id=self.piece(place).public_id)

    def publish(self) -> None:
        one = self.piece(2)
        live = {"live_from": clock.now() - timedelta(hours=2), "live_until": clock.now()} if one.is_live else {}
        link = f"https://www.douyin.com/video/{7_300_000_000 + self.contract.pk}"
        work.publish(actor=self.anchor.actor, public_id=one.public_id, link=link, **live)

    def verify(self) -> None:
        work.verify(actor=self.merchant.actor, public_id=self.piece(2).public_id)

    def ask_to_end(self) -> None:
        words = "这一季的上新推迟了，抱歉。"
        cancelling.ask_to_cancel(actor=self.merchant.actor, public_id=self.contract.public_id, words=words)

    def agree_to_end(self) -> None:
        cancelling.answer_cancellation(actor=self.anchor.actor, public_id=self.contract.public_id, agree=True)

    def dispute(self) -> None:
        disputes.open_dispute(
            actor=self.merchant.actor,
            deliverable_public_id=self.piece(2).public_id,
            words="成片里出现了另一个品牌的杯子，约三秒。",
            anchor_bp=5_000,
        )

    def answer(self) -> None:
        disputes.answer_dispute(
            actor=self.anchor.actor,
            public_id=self.contract.disputes.get().public_id,
            words="杯子没有露出商标，已经重新剪掉那三秒。",
            anchor_bp=9_000,
        )

    def propose(self) -> None:
        mediation.propose_split(
            actor=self.anchor.actor,
            public_id=self.contract.disputes.get().public_id,
            anchor_bp=8_500,
            words="三秒按比例算不到一成；退一步，八成五。",
        )

    def mediate(self) -> None:
        mediation.propose_as_mediator(
            actor=self.staff,
            public_id=self.contract.disputes.get().public_id,
            anchor_bp=7_500,
            reasons="成片完整发布，另一品牌出镜三秒、无商标；建议七成五。",
        )

    def refuse(self) -> None:
        proposal = self.contract.disputes.get().proposals.get(side=MEDIATOR)
        mediation.refuse_proposal(actor=self.anchor.actor, public_id=proposal.public_id)

    def decide(self) -> None:
        deciding.decide_dispute(
            actor=self.staff,
            public_id=self.contract.disputes.get().public_id,
            anchor_bp=8_000,
            reasons="三秒没有商标的画面，且当天重剪；按八成结算。",
        )

    def accept_decision(self, person: Owner) -> None:
        deciding.accept_decision(actor=person.actor, public_id=self.contract.disputes.get().public_id)
