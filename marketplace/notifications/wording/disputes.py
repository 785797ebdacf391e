"""A dispute, told to its sides and to our own staff."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

DISPUTES: dict[str, Wording] = {
    "dispute_opened": Wording(
        title=_("A dispute about %(amount)s in %(number)s"),
        body=_("“%(title)s”: give your account until %(reply_by)s. Only this amount stands still meanwhile."),
        action=_("Give your account"),
        tone="turn",
    ),
    "dispute_reply_soon": Wording(
        title=_("A day left to answer the dispute in %(number)s"),
        body=_("“%(title)s”: without your account until %(until)s it is decided as the other side asks."),
        action=_("Give your account"),
        tone="turn",
    ),
    "dispute_in_mediation": Wording(
        title=_("The other side has answered in %(number)s"),
        body=_("“%(title)s”: you can agree on a split until %(until)s; then our staff decide."),
        action=_("Read it"),
        tone="turn",
    ),
    "dispute_split_proposed": Wording(
        title=_("The other side proposes a split in %(number)s"),
        body=_("“%(title)s”: %(share)s of %(amount)s for the anchor’s side. When you accept it, it is settled."),
        action=_("Read it"),
        tone="turn",
    ),
    "dispute_mediator_proposed": Wording(
        title=_("Our mediator proposes a split in %(number)s"),
        body=_("“%(title)s”: %(share)s of %(amount)s for the anchor’s side. Accept or refuse it until %(until)s."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "dispute_proposal_accepted": Wording(
        title=_("The other side accepts what our mediator proposed in %(number)s"),
        body=_("“%(title)s”: when you accept it, too, it is settled."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "dispute_proposal_soon": Wording(
        title=_("A day left to answer our mediator in %(number)s"),
        body=_("“%(title)s”: what was proposed can be accepted until %(until)s; then our staff decide."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "dispute_proposal_refused": Wording(
        title=_("The other side refuses what our mediator proposed in %(number)s"),
        body=_("“%(title)s”: our staff decide, unless you agree on a split before."),
        action=_("Read it"),
    ),
    "dispute_proposal_lapsed": Wording(
        title=_("What our mediator proposed in %(number)s was not accepted in time"),
        body=_("“%(title)s”: our staff decide, unless you agree on a split before."),
        action=_("Read it"),
    ),
    "dispute_mediation_ends": Wording(
        title=_("Mediation in %(number)s ends on %(until)s"),
        body=_("“%(title)s”: agree on a split before; else it is decided, as our mediator proposed or by our staff."),
        action=_("Read it"),
        tone="turn",
    ),
    "dispute_mediation_late": Wording(
        title=_("Mediation in %(number)s is over, and our staff are late"),
        body=_("“%(title)s”: you wait for our decision. It is the first thing on our desk; you can still agree."),
        action=_("Read it"),
        tone="stop",
    ),
    "dispute_appeal_late": Wording(
        title=_("The appeal in %(number)s takes longer than we said"),
        body=_("“%(title)s”: you wait for our staff. It is the first thing on their desk."),
        action=_("Read it"),
        tone="stop",
    ),
    "dispute_can_be_appealed": Wording(
        title=_("Our staff have decided the dispute in %(number)s"),
        body=_("“%(title)s”: %(share)s of %(amount)s for the anchor’s side. Accept or appeal until %(until)s."),
        action=_("Read the reasons"),
        tone="turn",
    ),
    "dispute_silent": Wording(
        title=_("The dispute in %(number)s is decided by silence"),
        body=_("“%(title)s”: %(share)s of %(amount)s for the anchor’s side, as was asked. Appeal until %(until)s."),
        action=_("Read it"),
        tone="turn",
    ),
    "dispute_decided_by_proposal": Wording(
        title=_("The dispute in %(number)s is decided as our mediator proposed"),
        body=_("“%(title)s”: %(share)s of %(amount)s for the anchor’s side. Accept or appeal until %(until)s."),
        action=_("Read the reasons"),
        tone="turn",
    ),
    "dispute_decision_accepted": Wording(
        title=_("The other side accepts the decision in %(number)s"),
        body=_("“%(title)s”: the money moves when you accept it, too, or after %(until)s."),
        action=_("Read it"),
    ),
    "dispute_appeal_soon": Wording(
        title=_("A day left to appeal in %(number)s"),
        body=_("“%(title)s”: the decision takes effect on %(until)s, and cannot be appealed afterwards."),
        action=_("Read the reasons"),
        tone="turn",
    ),
    "dispute_appealed": Wording(
        title=_("The other side appeals in %(number)s"),
        body=_("“%(title)s”: other staff look at it again. Until %(until)s you can add what you want to say."),
        action=_("Read it"),
        tone="turn",
    ),
    "dispute_agreed": Wording(
        title=_("The dispute in %(number)s is settled: you agreed"),
        body=_("“%(title)s”: %(to_anchor)s to the anchor’s side, %(to_merchant)s back to the merchant."),
        action=_("See the split"),
        tone="done",
    ),
    "dispute_decided": Wording(
        title=_("The dispute in %(number)s is decided"),
        body=_("“%(title)s”: %(to_anchor)s to the anchor’s side, %(to_merchant)s back to the merchant, with reasons."),
        action=_("Read the reasons"),
        tone="done",
    ),
    "dispute_upheld": Wording(
        title=_("The appeal in %(number)s changes nothing"),
        body=_("“%(title)s”: %(to_anchor)s to the anchor’s side, %(to_merchant)s back to the merchant. It is final."),
        action=_("Read the reasons"),
        tone="done",
    ),
    "dispute_changed": Wording(
        title=_("The split in %(number)s is changed on appeal"),
        body=_("“%(title)s”: %(to_anchor)s to the anchor’s side, %(to_merchant)s back to the merchant. It is final."),
        action=_("Read the reasons"),
        tone="done",
    ),
    "dispute_withdrawn": Wording(
        title=_("The dispute in %(number)s was taken back"),
        body=_("“%(title)s” goes on where it stood."),
        action=_("Open the contract"),
    ),
    # For our desk.
    "dispute_to_mediate": Wording(
        title=_("A dispute about %(amount)s to mediate: %(number)s"),
        body=_("“%(title)s”, %(merchant)s and %(anchor)s: both accounts are there. Mediation ends on %(until)s."),
        action=_("Open the desk"),
        tone="turn",
    ),
    "dispute_to_decide": Wording(
        title=_("A dispute about %(amount)s to decide: %(number)s"),
        body=_("“%(title)s”, %(merchant)s and %(anchor)s: nothing is agreed. Mediation ends on %(until)s."),
        action=_("Open the desk"),
        tone="turn",
    ),
    "dispute_to_settle": Wording(
        title=_("An appeal about %(amount)s: %(number)s"),
        body=_("“%(title)s”, %(merchant)s and %(anchor)s: to be settled until %(until)s, not by whoever decided it."),
        action=_("Open the desk"),
        tone="turn",
    ),
    "dispute_overdue": Wording(
        title=_("Overdue: a dispute about %(amount)s, %(number)s"),
        body=_("“%(title)s”, %(merchant)s and %(anchor)s have waited for us since %(since)s."),
        action=_("Open the desk"),
        tone="stop",
    ),
    # Told before there was mediation, and still read.
    "dispute_answered": Wording(
        title=_("The other side has answered in %(number)s"),
        body=_("“%(title)s”: our staff decide on what both sides have shown."),
        action=_("Read it"),
    ),
    "dispute_unanswered": Wording(
        title=_("No answer in the dispute of %(number)s"),
        body=_("“%(title)s”: our staff decide on the one account that there is."),
        action=_("Read it"),
    ),
}
