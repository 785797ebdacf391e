"""Teams, money in and back, the market, signing."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

MARKET: dict[str, Wording] = {
    "member_invited": Wording(
        title=_("%(invited_by)s invites you to %(party)s"),
        body=_("Join %(party)s on Mooring. The link works for seven days and only for this address."),
        action=_("See the invitation"),
    ),
    "member_joined": Wording(
        title=_("%(name)s has joined %(party)s"),
        body=_("The invitation was accepted. You can change roles on the team page."),
        action=_("Open the team"),
        tone="done",
    ),
    "representation_asked": Wording(
        title=_("%(other)s asks for a representation"),
        body=_("Read the scope, the shares and the notice. Without your answer the request lapses after seven days."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "representation_accepted": Wording(
        title=_("%(other)s has accepted the representation"),
        body=_("The terms hold from the agreed day. Contracts signed from then on carry the agreed share."),
        action=_("See the terms"),
        tone="done",
    ),
    "representation_closed": Wording(
        title=_("The request between you and %(other)s is closed"),
        body=_("It was declined, taken back or not answered in time. Nothing changes for you."),
        action=_("See the request"),
    ),
    "representation_change_asked": Wording(
        title=_("%(other)s proposes other terms"),
        body=_("The present terms hold until you accept. Without an answer in seven days they stay."),
        action=_("Compare and answer"),
        tone="turn",
    ),
    "representation_change_accepted": Wording(
        title=_("%(other)s has accepted the new terms"),
        body=_("They hold for contracts signed from now on; signed ones keep theirs."),
        action=_("See the terms"),
        tone="done",
    ),
    "representation_change_kept": Wording(
        title=_("The terms with %(other)s stay as they were"),
        body=_("The proposed change was declined, taken back or not answered in time."),
        action=_("See the terms"),
    ),
    "representation_ending": Wording(
        title=_("%(other)s has given notice"),
        body=_("The representation ends by itself on %(ends_on)s. Contracts signed before keep their terms."),
        action=_("See the representation"),
        tone="wait",
    ),
    "representation_ended": Wording(
        title=_("The representation with %(other)s has ended"),
        body=_("It ended on %(ends_on)s. Contracts signed before keep their terms."),
        action=_("See the representation"),
    ),
    "token_created": Wording(
        title=_("%(name)s has made an access token for %(party)s"),
        body=_("“%(token)s” opens the API until %(until)s. If it was not meant, revoke it and change the password."),
        action=_("See the tokens"),
    ),
    "export_ready": Wording(
        title=_("The copy of your data is ready"),
        body=_("You can download it for seven days; then it is deleted."),
        action=_("Download"),
        tone="done",
    ),
    "erasure_requested": Wording(
        title=_("Your account will be erased on %(due_on)s"),
        body=_("Until then you can take it back. If it was not you, do that now and change your password."),
        action=_("Keep my account"),
        tone="wait",
    ),
    "upload_damaged": Wording(
        title=_("A picture for %(party)s could not be read"),
        body=_("The file is damaged or was cut short. Open it, save it again and send that one; nothing else is lost."),
        action=_("Send another one"),
        tone="stop",
    ),
    "verification_submitted": Wording(
        title=_("The papers of %(party)s are with us"),
        body=_("We look at them, usually within a day, and write to you. Until then you can take them back."),
        action=_("See the check"),
        tone="wait",
    ),
    "verification_approved": Wording(
        title=_("%(party)s is verified"),
        body=_("Nothing more is asked. The papers are deleted %(days)s days from now."),
        action=_("See the check"),
        tone="done",
    ),
    "verification_rejected": Wording(
        title=_("The check of %(party)s needs something from you"),
        body=_("We could not confirm it yet. The page says why; what you wrote is kept, so only that needs changing."),
        action=_("See why"),
        tone="stop",
    ),
    "verification_expired": Wording(
        title=_("The check of %(party)s holds no longer"),
        body=_("Hand in the papers once more to go on. Contracts that are signed stay as they are."),
        action=_("Begin again"),
        tone="wait",
    ),
    "channel_verified": Wording(
        title=_("%(channel)s is verified"),
        body=_("Merchants now see the mark on the page of %(party)s. Changing the channel makes it declared again."),
        action=_("See your channels"),
        tone="done",
    ),
    "report_filed": Wording(
        title=_("Thank you for your report of %(title)s"),
        body=_("Compliance looks at it and writes to you. The other side does not learn who reported."),
        action=_("See the report"),
        tone="wait",
    ),
    "report_dismissed": Wording(
        title=_("We looked at %(title)s and found nothing to act on"),
        body="%(decision)s",
        action=_("See the report"),
    ),
    "report_actioned": Wording(
        title=_("We looked at %(title)s and acted"),
        body="%(decision)s",
        action=_("See the report"),
        tone="done",
    ),
    "funding_paid": Wording(
        title=_("%(amount)s is in your wallet"),
        body=_("The bank has confirmed the payment. Unused money goes back to its source after 85 days."),
        action=_("See the payment"),
        tone="done",
    ),
    "transfer_awaited": Wording(
        title=_("Transfer %(amount)s with the words %(words)s"),
        body=_("To %(holder)s, %(bank)s, %(number)s: exactly this amount, once, with exactly these words."),
        action=_("See the payment"),
        tone="turn",
    ),
    "funding_mismatched": Wording(
        title=_("%(arrived)s arrived, %(asked)s was asked"),
        body=_("The payment does not match, so it is set aside. Our finance team looks at it and writes to you."),
        action=_("See the payment"),
        tone="stop",
    ),
    "refund_done": Wording(
        title=_("%(amount)s went back to where it came from"),
        body=_("The bank has confirmed the refund. When you see it depends on the bank, usually within days."),
        action=_("See the refund"),
        tone="done",
    ),
    "refund_done_unused": Wording(
        title=_("%(amount)s was not used and went back"),
        body=_("85 days after the payment, unused money returns to its source. You were told on day 60."),
        action=_("See the refund"),
        tone="done",
    ),
    "refund_returned": Wording(
        title=_("The bank refused to refund %(amount)s"),
        body=_("Nothing is lost: the money is in your wallet again. You can try once more or write to us."),
        action=_("See the refund"),
        tone="stop",
    ),
    "refund_returned_protected": Wording(
        title=_("The bank refused to refund %(amount)s"),
        body=_("Nothing is lost: the money is protected as before. Our staff send it again, and write if they cannot."),
        action=_("See the refund"),
        tone="stop",
    ),
    "approval_asked": Wording(
        title=_("%(name)s asks you to approve %(amount)s"),
        body=_("It is above your limit, so a second person decides. Without an answer in 72 hours nothing happens."),
        action=_("Look and decide"),
        tone="turn",
    ),
    "approval_granted": Wording(
        title=_("%(amount)s is approved"),
        body=_("A colleague has approved what you asked for, and it is on its way."),
        action=_("See where it is"),
        tone="done",
    ),
    "approval_closed": Wording(
        title=_("%(amount)s was not approved"),
        body=_("It was declined, taken back or not answered in time. Nothing has moved."),
        action=_("See the request"),
    ),
    "contract_to_sign": Wording(
        title=_("%(number)s waits for your signature"),
        body=_("“%(title)s” is agreed and frozen. Read it and sign until %(sign_by)s, or it lapses and binds nobody."),
        action=_("Read and sign"),
        tone="turn",
    ),
    "contract_sign_soon": Wording(
        title=_("%(number)s lapses soon without your signature"),
        body=_("“%(title)s” can be signed until %(sign_by)s. After that nobody is bound and the seat is free again."),
        action=_("Read and sign"),
        tone="turn",
    ),
    "contract_signed_by": Wording(
        title=_("%(name)s has signed %(number)s"),
        body=_("“%(title)s” binds when everybody named in it has signed."),
        action=_("See the contract"),
    ),
    "contract_concluded": Wording(
        title=_("%(number)s is signed by all"),
        body=_(
            "“%(title)s” binds everybody now. Each signer gets a copy by mail; no work starts before funds are there."
        ),
        action=_("See the contract"),
        tone="done",
    ),
    "contract_seal_waits": Wording(
        title=_("%(number)s cannot be sealed"),
        body=_(
            "The contract seal is no good (%(why)s); `manage.py doctor` says more. What all have signed binds as it is,"
            " waits, and is sealed as soon as there is a good one."
        ),
        action=_("See the contract"),
        tone="stop",
    ),
    "contract_declined": Wording(
        title=_("%(number)s was not signed"),
        body=_("One side said no to “%(title)s”. Nobody is bound, and the seat is free again."),
        action=_("See the contract"),
        tone="stop",
    ),
    "contract_unsigned": Wording(
        title=_("%(number)s lapsed unsigned"),
        body=_("Not everybody signed “%(title)s” in time. Nobody is bound, and the seat is free again."),
        action=_("See the contract"),
        tone="stop",
    ),
    "v_task_opened": Wording(
        title=_("“%(title)s” is open"),
        body=_("Anchors can see it and apply. You decide within five days of each application."),
        action=_("See the task"),
        tone="done",
    ),
    "v_task_rejected": Wording(
        title=_("“%(title)s” needs a change before it opens"),
        body=_("Our reviewers say: %(reason)s"),
        action=_("Mend it"),
        tone="stop",
    ),
    "v_task_review_overdue": Wording(
        title=_("“%(title)s” has waited 24 hours for its review"),
        body=_("The merchant was promised an answer within a day."),
        action=_("Review it"),
        tone="turn",
    ),
    "v_task_full": Wording(
        title=_("Every seat of “%(title)s” is taken"),
        body=_("It takes no more applications. Whoever waits is on the waitlist, in case a contract lapses."),
        action=_("See the board"),
        tone="done",
    ),
    "v_task_over": Wording(
        title=_("The deadline of “%(title)s” is over"),
        body=_("It takes no more applications. Those who applied still wait for your decision."),
        action=_("See the board"),
        tone="turn",
    ),
    "search_matched": Wording(
        title=_("New for “%(name)s”: %(title)s"),
        body=_("%(merchant)s has posted a V task that meets your saved search."),
        action=_("See the task"),
    ),
    "anchor_invited": Wording(
        title=_("%(merchant)s invites %(anchor)s to “%(title)s”"),
        body=_("“%(words)s” The invitation holds for seven days."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "anchor_applied": Wording(
        title=_("%(anchor)s has applied to “%(title)s”"),
        body=_("Decide until %(decide_by)s; after that it counts as unanswered in your record."),
        action=_("See the application"),
        tone="turn",
    ),
    "agency_applied": Wording(
        title=_("%(agency)s has applied for you to “%(title)s”"),
        body=_("Nobody signs for you but yourself: without your signature nothing holds."),
        action=_("See the application"),
    ),
    "application_shortlisted": Wording(
        title=_("%(merchant)s has put %(anchor)s on the shortlist"),
        body=_("For “%(title)s”. An offer may follow; nothing is asked of you now."),
        action=_("See the application"),
    ),
    "application_waitlisted": Wording(
        title=_("%(anchor)s is on the waitlist of “%(title)s”"),
        body=_("Every seat is taken. If a contract lapses, you are told."),
        action=_("See the application"),
        tone="wait",
    ),
    "application_unanswered": Wording(
        title=_("The application of %(anchor)s was not answered in five days"),
        body=_("It now counts in your record for “%(title)s”. You can still decide."),
        action=_("Decide now"),
        tone="stop",
    ),
    "application_still_waiting": Wording(
        title=_("%(merchant)s has not answered in five days"),
        body=_("It counts in its record. Your application to “%(title)s” stays open; you can withdraw it."),
        action=_("See the application"),
        tone="wait",
    ),
    "application_declined": Wording(
        title=_("“%(title)s” went to somebody else"),
        body=_("%(merchant)s did not choose %(anchor)s this time. %(word)s"),
        action=_("See the application"),
    ),
    "application_withdrawn": Wording(
        title=_("%(anchor)s has stepped back from “%(title)s”"),
        body=_("Nothing was agreed yet, so nothing is owed. %(word)s"),
        action=_("See the application"),
    ),
    "application_expired": Wording(
        title=_("“%(title)s”: the time to answer is over"),
        body=_("The candidacy of %(anchor)s has ended without an agreement. Nobody owes anything."),
        action=_("See the application"),
    ),
    "offer_made": Wording(
        title=_("%(merchant)s offers %(amount)s for “%(title)s”"),
        body=_("Accept, counter or decline until %(expires_at)s; then it lapses by itself."),
        action=_("Read the offer"),
        tone="turn",
    ),
    "offer_countered": Wording(
        title=_("Another offer for “%(title)s”: %(amount)s"),
        body=_("The page shows what changed. Answer until %(expires_at)s; then it lapses by itself."),
        action=_("Read the offer"),
        tone="turn",
    ),
    "offer_extended": Wording(
        title=_("The offer for “%(title)s” holds longer"),
        body=_("You can answer until %(expires_at)s."),
        action=_("Read the offer"),
    ),
    "offer_ends_soon": Wording(
        title=_("The offer for “%(title)s” ends soon"),
        body=_("It can be answered until %(expires_at)s; then it lapses by itself."),
        action=_("Read the offer"),
        tone="turn",
    ),
    "offer_rescinded": Wording(
        title=_("%(merchant)s has taken back its offer for “%(title)s”"),
        body=_("Nothing was agreed. %(anchor)s is on the shortlist again."),
        action=_("See the application"),
    ),
    "offer_accepted": Wording(
        title=_("Agreed: “%(title)s”"),
        body=_("Your offer was accepted. The contract is drafted and waits for everybody’s signature."),
        action=_("See the agreement"),
        tone="done",
    ),
    "seat_free": Wording(
        title=_("A seat of “%(title)s” is free again"),
        body=_("A contract lapsed. The waitlist has been told; you can make another offer."),
        action=_("See the board"),
        tone="turn",
    ),
    "seat_free_again": Wording(
        title=_("A seat of “%(title)s” is free again"),
        body=_("%(anchor)s is on its waitlist. %(merchant)s may make an offer now."),
        action=_("See the application"),
    ),
    "reserve_lapsed": Wording(
        title=_("The budget of “%(title)s” is not reserved any more"),
        body=_("85 days after the payment unused money goes back to its source. Top up to reserve it again."),
        action=_("See the task"),
        tone="stop",
    ),
    "lot_ageing": Wording(
        title=_("%(amount)s in your wallet is still unused"),
        body=_("Use it before %(goes_back_on)s, or it goes back to where it came from by itself."),
        action=_("Open the wallet"),
        tone="wait",
    ),
}
