"""What the next step of a contract is called: for whoever acts, for whoever waits, and on the money line."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StepWords:
    """`mine` and `theirs` are titles; `why` stands on the money line; `do` is the button, `at` where it leads."""

    mine: str
    theirs: str
    why: str
    when: str
    do: str
    at: str


STEPS: dict[str, StepWords] = {
    "pay": StepWords(
        _("Protect the money, then work begins"),
        _("%(merchant)s puts the money into protected funds"),
        _("Signed by all. Work starts when the money is here."),
        _("it is paid"),
        _("Pay into protected funds"),
        "pay",
    ),
    "hand_in": StepWords(
        _("Hand in “%(work)s”"),
        _("%(anchor)s hands in “%(work)s”"),
        _("“%(work)s” is in the making."),
        _("it is handed in and approved"),
        _("Hand it in"),
        "work",
    ),
    "show": StepWords(
        _("Go live, then show that it took place"),
        _("%(anchor)s goes live"),
        _("“%(work)s” has not taken place yet."),
        _("it took place and is checked"),
        _("Show it"),
        "work",
    ),
    "change": StepWords(
        _("Change “%(work)s” and hand it in again"),
        _("%(anchor)s changes “%(work)s”"),
        _("Changes were asked for in “%(work)s”."),
        _("it is handed in again and approved"),
        _("See what to change"),
        "work",
    ),
    "late": StepWords(
        _("“%(work)s” is overdue: hand it in"),
        _("“%(work)s” is overdue"),
        _("“%(work)s” did not come in time."),
        _("it comes, or the merchant ends the contract"),
        _("Hand it in"),
        "work",
    ),
    "review": StepWords(
        _("“%(work)s” waits for your review"),
        _("%(merchant)s reviews “%(work)s”"),
        _("“%(work)s” is handed in and being reviewed."),
        _("it is approved"),
        _("Review it"),
        "work",
    ),
    "publish": StepWords(
        _("Publish “%(work)s”"),
        _("%(anchor)s publishes “%(work)s”"),
        _("“%(work)s” is approved and goes out next."),
        _("it is out and checked"),
        _("It is out"),
        "work",
    ),
    "check": StepWords(
        _("“%(work)s” is out: check it"),
        _("%(merchant)s checks “%(work)s”"),
        _("“%(work)s” is published and being checked."),
        _("it is verified"),
        _("Check it"),
        "work",
    ),
    "stay_up": StepWords(
        _("Everything is delivered"),
        _("Everything is delivered"),
        _("A share is kept back until “%(work)s” has stayed up as agreed."),
        _("it has stayed up"),
        "",
        "work",
    ),
    "answer_cancellation": StepWords(
        _("The other side asks to end the contract: answer"),
        _("The other side is asked to end the contract"),
        _("One side has asked to end the contract."),
        _("the other side answers"),
        _("Read and answer"),
        "ending",
    ),
    "answer_dispute": StepWords(
        _("There is a dispute: give your account"),
        _("The other side gives its account of the dispute"),
        _("There is a dispute; its amount stands still."),
        _("it is answered and decided"),
        _("Give your account"),
        "dispute",
    ),
    "mediate_dispute": StepWords(
        _("The dispute is in mediation: agree on a split, or our staff decide"),
        _("The dispute is in mediation: agree on a split, or our staff decide"),
        _("There is a dispute; its amount stands still."),
        _("both sides agree, or it is decided"),
        _("See the dispute"),
        "dispute",
    ),
    "answer_proposal": StepWords(
        _("Our mediator proposes a split: accept or refuse it"),
        _("Our mediator proposes a split; the other side answers"),
        _("There is a dispute; its amount stands still."),
        _("both sides accept, or it is decided"),
        _("Read and answer"),
        "dispute",
    ),
    "appeal_dispute": StepWords(
        _("The dispute is decided: accept or appeal"),
        _("The dispute is decided; it can be appealed"),
        _("The dispute is decided. The money moves when nobody can appeal any more."),
        _("both sides accept, or the time to appeal is over"),
        _("Read the reasons"),
        "dispute",
    ),
    "settle_appeal": StepWords(
        _("Other staff look at the dispute again"),
        _("Other staff look at the dispute again"),
        _("The decision was appealed; its amount stands still."),
        _("the appeal is settled"),
        _("See the dispute"),
        "dispute",
    ),
    "chargeback": StepWords(
        _("The payer’s bank holds the money: everything stands still"),
        _("The payer’s bank holds the money: everything stands still"),
        _("The payer’s bank took this payment back and decides about it. What was released before stays released."),
        _("the bank has decided"),
        "",
        "room",
    ),
}
