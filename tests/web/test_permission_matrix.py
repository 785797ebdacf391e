"""Who gets what from every address of ours: one line an address and method, one column a visitor.

`in` is the way to sign-in, `re` the demand to give the password again, `we` the choice of a first party, `go` another
redirect (what was asked for was done); a number is the answer's status. The brand of the columns owner to viewer owns
every object that the addresses name; the stranger owns another brand; agency and anchor are bound to each other;
`ag.viewer` is a viewer of that agency, `ag.other` owns another one.
An address that is not in the table fails the test, and so does a line whose address is gone.
"""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.ledger.models import Journal
from tests.factories.world import VISITORS, World
from tests.web.conftest import rolled_back

TERMS = {"scope": ["live"], "fee_share": "12", "cps_share": "8", "starts_on": "2030-01-01", "notice_days": "30"}

# Which object an address is asked for, by its name (and `:variant`).
ARGUMENTS = {
    "member-role": ("manager",),
    "member-remove": ("member",),
    "invitation-revoke": ("invitation",),
    "token-revoke": ("token",),
    "join": ("invitation",),
    "representation": ("representation",),
    "representation-change": ("representation",),
    "funding": ("funding",),
    "refund-lot": ("lot",),
    "refund": ("refund",),
    "approval": ("approval",),
    "payout": ("payout",),
    "document": ("receipt",),
    "document-file": ("receipt",),
    "freeze-payouts": ("freeze",),
    "mail-stop": ("=nothing",),
    "media-document": ("report",),
    "media-document:sealed": ("paper",),
    "media-file": ("report",),
    "upload": ("=nothing",),
    "upload-finish": ("=nothing",),
    "media-rendition:public": ("public", 320, "webp"),
    "media-rendition:private": ("private", 320, "webp"),
    "media-rendition:sealed": ("paper", 800, "webp"),
    "verification-form": ("=merchant",),
    "verification-withdraw": ("=merchant",),
    "verification-revise": ("=merchant",),
    "verification-document-remove": ("=merchant", "document"),
    "task": ("v_task",),
    "task-apply": ("untouched",),
    "search-forget": ("=nothing",),
    "own-task": ("v_task",),
    "task-edit": ("draft", "=job"),
    "attachment-remove": ("draft", "report"),
    "task-close": ("v_task",),
    "task-deadline": ("v_task",),
    "candidates": ("v_task",),
    "application": ("application",),
    "offer": ("application",),
    "contract": ("contract",),
    "contract-sign": ("contract",),
    "contract-document": ("contract", "=en"),
    "contract-proof": ("contract",),
    "contract-sealed": ("running",),
    "contract:room": ("running",),
    "conversation": ("talk",),
    "conversation-log": ("talk",),
    "conversation-mute": ("talk",),
    "conversation-block": ("talk",),
    "message": ("talk", "message"),
    "task-ask": ("untouched",),
    "contract-pay": ("payable",),
    "round-pay": ("round",),
    "amend": ("running",),
    "amendment": ("change",),
    "amendment-sign": ("change",),
    "amendment-document": ("change", "=en"),
    "amendment-decline": ("change",),
    "amendment-withdraw": ("change",),
    "amendment-pay": ("change_to_pay",),
    "absence": ("live_work",),
    "bench": ("v_task",),
    "standby-call": ("call",),
    "substitute": ("running",),
    "contract-end": ("running",),
    "review": ("reviewed",),
    "work": ("work",),
    "dispute-open": ("work",),
    "dispute": ("dispute",),
    "api-docs-group": ("=tasks",),
    "mailbox-mail": ("=nothing",),
    "report": ("=anchor", "anchor_party"),
    "report-filed": ("=nothing",),
    "observations": ("=merchant_payment",),
    "object": ("=merchant_payment", "running"),
    "objection": ("objection",),
    "anchor": ("anchor_party",),
    "agency": ("agency_party",),
    "brand": ("brand_party",),
    "supplier": ("brand_party",),
    "anchor-channel": ("channel",),
    "anchor-channel-remove": ("channel",),
    "anchor-time-off-remove": ("time_off",),
    "anchor-piece": ("piece",),
    "anchor-piece-move": ("piece",),
    "anchor-piece-remove": ("piece",),
}


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


# What is posted: always something that is right, so that only who posts it decides.
BODIES = {
    "set_theme": {"theme": "dark"},
    "welcome": {"kind": "brand", "name": "Second Party"},
    "conversation": {"text": "Hello", "client_id": "a"},
    "conversation-mute": {"mute": "yes"},
    "message": {"act": "react", "reaction": "agreed"},
    "blocks": {"party": "nobody"},
    "team": {"email": "someone@example.com", "role": "viewer"},
    "member-role": {"role": "member"},
    "person-settings": {"name": "Mei", "language": "en"},
    "tokens": {"name": "Stock system", "scopes": ["tasks:read"], "days": "90"},
    "party-settings": {"name": "Another Name"},
    "representation-ask": TERMS | {"other": "nobody@example.com"},
    "representation": {"act": "end"},
    "representation-change": TERMS,
    "top-up": {"amount": "100", "currency": "CNY", "key": "matrix"},
    "refund-lot": {"amount": "1", "key": "matrix"},
    "approval": {"act": "decline"},
    "approval-limit": {"currency": "CNY", "amount": "10"},
    "ask-payout": {"currency": "CNY", "key": "matrix"},
    "searches": {"query": "q=tea"},
    "mail-preferences": {"on": ["money"], "time_zone": "UTC"},
    "uploads": {"name": "cut.mp4", "size": "100", "purpose": "work"},
    "task-apply": {"message": "Me."},
    "own-task": {"act": "duplicate"},
    "task-edit": {"title": "Another title"},
    "task-close": {"word": "Thank you."},
    "task-deadline": {"apply_by": (clock.today() + timedelta(days=12)).isoformat()},
    "invite-anchors": {"words": "Come."},
    "application": {"act": "decline"},
    "contract-sign": {"decline": "1"},
    "contract-pay": {"source": "checkout", "key": "matrix"},
    "round-pay": {"source": "checkout", "key": "matrix"},
    "amend": {
        "fee": "1,100",
        "publish_from": in_days(10),
        "publish_until": in_days(16),
        **{f"due_{place}": in_days(4 * place) for place in (1, 2, 3)},
    },
    "absence": {"act": "withdraw"},
    "standby-call": {"act": "decline"},
    "amendment-sign": {"document": "0" * 64},
    "amendment-pay": {"source": "checkout", "key": "matrix"},
    "contract-end": {"act": "ask", "words": "Our plans have changed."},
    "work": {"act": "approve"},
    "dispute-open": {"words": "It shows another brand.", "share": "0"},
    "dispute": {"act": "answer", "words": "It does not.", "share": "100"},
    "verification-form": {"legal_name": "Chenyu", "save": "1"},
    "brand-profile": {"categories": ["food"], "story": "Tea."},
    "supplier-profile": {"categories": ["food"], "ships_from": "Fuzhou"},
    "anchor-profile": {"categories": ["food"], "bio": "Live."},
    "report": {"reason": "fraud"},
    "object": {"words": "The bank had a holiday, and nobody could transfer."},
    "objection": {"words": "The cards of that bank were blocked, too."},
    "anchor-shown": {"public": "0"},
    "anchor-channels": {"platform": "kuaishou", "handle": "xiawei", "followers": "10"},
    "anchor-channel": {"platform": "douyin", "handle": "xiawei.tea", "followers": "186500"},
    "anchor-rates": {"currency": "CNY", "video_price": "6500"},
    "anchor-week": {"evening": ["3"]},
    "anchor-time-off": {"off-starts_on": "2030-01-01", "off-ends_on": "2030-01-03"},
    "anchor-portfolio": {"caption": "Tea, again", "link": "https://example.com/again"},
    "anchor-piece": {"caption": "Tea, live", "link": "https://example.com/live"},
    "anchor-portrait": {"gender-women": "78", "gender-men": "22"},
    "agency-profile": {"categories": ["food"], "about": "We look after them."},
}

# Money, a copy of one's data and being forgotten: only with a password given a moment ago.
FRESH = {
    "contract-sign",
    "contract-pay",
    "round-pay",
    "amendment-sign",
    "amendment-pay",
    "top-up",
    "refund-lot",
    "approval",
    "approval-limit",
    "payout-account",
    "bank-account",
    "ask-payout",
    "data-export",
    "erasure",
    "tokens",
}

TABLE = """
#                                  owner     finance   viewer    anchor    ag.viewer newcomer  finance
#                            anonymous  manager   member   stranger   agency   ag.other   operations compliance
home                         GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
home                         POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
how-it-works                 GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
how-it-works                 POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
fees                         GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
fees                         POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
protected-funds              GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
protected-funds              POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
help                         GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
help                         POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
terms                        GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
terms                        POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
privacy                      GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
privacy                      POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
styleguide                   GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
styleguide                   POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
dashboard                    GET     in  200  200  200  200  200  200  200  200  200  200  200   we   we   we
dashboard                    POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
set_theme                    GET    405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
set_theme                    POST    go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
livez                        GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
livez                        POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
readyz                       GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
readyz                       POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
welcome                      GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
welcome                      POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
switch-party                 GET     in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
switch-party                 POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
team                         GET     in  200  200  200  200  200  200  404  200  200  200   we   we   we   we
team                         POST    in   go  403  403  403  403   go  404   go  403   go   we   we   we   we
member-role                  GET     in  405  405  405  405  405  405  404  405  405  405   we   we   we   we
member-role                  POST    in   go  403  403  403  403  404  404  404  404  404   we   we   we   we
member-remove                GET     in  200  403  403  200  403  404  404  404  404  404   we   we   we   we
member-remove                POST    in   go  403  403   go  403  404  404  404  404  404   we   we   we   we
invitation-revoke            GET     in  405  405  405  405  405  405  404  405  405  405   we   we   we   we
invitation-revoke            POST    in   go  403  403  403  403  404  404  404  403  404   we   we   we   we
settings                     GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
settings                     POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
person-settings              GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
person-settings              POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
privacy-settings             GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
privacy-settings             POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
data-export                  GET     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404
data-export                  POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
erasure                      GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
erasure                      POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tokens                       GET     in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
tokens                       POST    in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
token-revoke                 GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
token-revoke                 POST    in   go  404  404  404  404  404  404  404  404  404   we   we   we   we
representations              GET     in  404  404  404  404  404  404  200  200  200  200   we   we   we   we
representations              POST    in  404  404  404  404  404  404  405  405  405  405   we   we   we   we
representation-ask           GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
representation-ask           POST    in  404  404  404  404  404  404  422  422  403  422   we   we   we   we
representation               GET     in  404  404  404  404  404  404  200  200  200  404   we   we   we   we
representation               POST    in  404  404  404  404  404  404   go   go  403  404   we   we   we   we
representation-change        GET     in  404  404  404  404  404  404  200  200  403  404   we   we   we   we
representation-change        POST    in  404  404  404  404  404  404   go   go  403  404   we   we   we   we
join                         GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
join                         POST    in  422  422  422  422  422  422  422  422  422  422   go  422  422  422
mail-preferences             GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
mail-preferences             POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
mail-stop                    GET    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
mail-stop                    POST   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
media-document               GET    404  200  200  200  200  200  404  404  404  404  404  404  404  404  404
media-document               POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
media-document:sealed        GET    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
media-document:sealed        POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
uploads                      GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
uploads                      POST    in  201  201  201  201  403  201  201  201  403  201   we   we   we   we
upload                       GET     in  404  404  404  404  404  404  404  404  404  404   we   we   we   we
upload                       POST    in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
upload-finish                GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
upload-finish                POST    in  404  404  404  404  404  404  404  404  404  404   we   we   we   we
media-file                   GET    404  200  200  200  200  200  404  404  404  404  404  404  404  404  404
media-file                   POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
media-rendition:public       GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
media-rendition:public       POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
media-rendition:private      GET    404  200  200  200  200  200  404  404  404  404  404  404  404  404  404
media-rendition:private      POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
media-rendition:sealed       GET    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
media-rendition:sealed       POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
party-settings               GET     in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
party-settings               POST    in   go   go  403  403  403   go   go   go  403   go   we   we   we   we
party-picture                GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
party-picture                POST    in  422  422  403  403  403  422  422  422  403  422   we   we   we   we
party-picture-remove         GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
party-picture-remove         POST    in   go   go  403  403  403   go   go   go  403   go   we   we   we   we
feed                         GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
feed                         POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
wallet                       GET     in  200  200  200  200  200  200  404  404  404  404   we   we   we   we
wallet                       POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
top-up                       GET     in  200  403  200  403  403  200  404  404  404  404   we   we   we   we
top-up                       POST    in   go  403   go  403  403   go  404  404  404  404   we   we   we   we
earnings                     GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
earnings                     POST    in  404  404  404  404  404  404  405  405  403  405   we   we   we   we
payout-account               GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
payout-account               POST    in  404  404  404  404  404  404   go   go  403   go   we   we   we   we
bank-account                 GET     in  404  404  404  404  404  404  404  404  403  404   we   we   we   we
bank-account                 POST    in  404  404  404  404  404  404  404  404  403  404   we   we   we   we
ask-payout                   GET     in  404  404  404  404  404  404  200  404  403  404   we   we   we   we
ask-payout                   POST    in  404  404  404  404  404  404   go   go  403   go   we   we   we   we
payout                       GET     in  404  404  404  404  404  404  200  404  403  404   we   we   we   we
payout                       POST    in  404  404  404  404  404  404  405  405  403  405   we   we   we   we
statement                    GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
statement                    POST    in  404  404  404  404  404  404  405  405  403  405   we   we   we   we
statement-file               GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
statement-file               POST    in  404  404  404  404  404  404  405  405  403  405   we   we   we   we
documents                    GET     in  200  403  200  403  403  200  200  200  403  200   we   we   we   we
documents                    POST    in  405  403  405  403  403  405  405  405  403  405   we   we   we   we
document-file                GET     in  200  403  200  403  403  404  404  404  403  404   we   we   we   we
document-file                POST    in  405  403  405  403  403  405  405  405  403  405   we   we   we   we
document                     GET     in  200  403  200  403  403  404  404  404  403  404   we   we   we   we
document                     POST    in  405  403  405  403  403  405  405  405  403  405   we   we   we   we
freeze-payouts               GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
freeze-payouts               POST   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
funding                      GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
funding                      POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
approval                     GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
approval                     POST    in   go  403   go  403  403  404  404  404  404  404   we   we   we   we
approval-limit               GET     in  200  403  403  403  403  200  404  404  404  404   we   we   we   we
approval-limit               POST    in   go  403  403  403  403  422  404  404  404  404   we   we   we   we
refund-lot                   GET     in  200  403  200  403  403  404  404  404  404  404   we   we   we   we
refund-lot                   POST    in   go  403   go  403  403  404  404  404  404  404   we   we   we   we
refund                       GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
refund                       POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
webhook-test-bank            GET    405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
webhook-test-bank            POST   400  400  400  400  400  400  400  400  400  400  400  400  400  400  400
webhook-stripe               GET    405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
webhook-stripe               POST   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
webhook-stripe-connected     GET    405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
webhook-stripe-connected     POST   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
webhook-stripe-thin          GET    405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
webhook-stripe-thin          POST   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
verification                 GET     in  200  403  403  403  403  200  200  200  403  200   we   we   we   we
verification                 POST    in  405  403  403  403  403  405  405  405  403  405   we   we   we   we
verification-form            GET     in  200  403  403  403  403  200  404  404  403  404   we   we   we   we
verification-form            POST    in   go  403  403  403  403   go  404  404  403  404   we   we   we   we
verification-withdraw        GET     in  405  403  403  403  403  405  405  405  403  405   we   we   we   we
verification-withdraw        POST    in  409  403  403  403  403  404  404  404  403  404   we   we   we   we
verification-revise          GET     in  405  403  403  403  403  405  405  405  403  405   we   we   we   we
verification-revise          POST    in  409  403  403  403  403  404  404  404  403  404   we   we   we   we
verification-document-remove GET     in  405  403  403  403  403  405  405  405  403  405   we   we   we   we
verification-document-remove POST    in   go  403  403  403  403  404  404  404  403  404   we   we   we   we
brand-profile                GET     in  200  200  200  200  200  200  404  404  404  404   we   we   we   we
brand-profile                POST    in   go   go  403  403  403   go  404  404  404  404   we   we   we   we
anchor-profile               GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-profile               POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
agency-profile               GET     in  404  404  404  404  404  404  404  200  200  200   we   we   we   we
agency-profile               POST    in  404  404  404  404  404  404  404   go  403   go   we   we   we   we
supplier-profile             GET     in  404  404  404  404  404  404  404  404  404  404   we   we   we   we
supplier-profile             POST    in  404  404  404  404  404  404  404  404  404  404   we   we   we   we
hall                         GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
hall                         POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
task                         GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
task                         POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
task-ask                     GET     in  404  404  404  404  404  404  405  405  405  405   we   we   we   we
task-ask                     POST    in  404  404  404  404  404  404   go   go  403   go   we   we   we   we
task-apply                   GET     in  404  404  404  404  404  404  200  200  403  200   we   we   we   we
task-apply                   POST    in  404  404  404  404  404  404   go  404  403  404   we   we   we   we
searches                     GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
searches                     POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
search-forget                GET     in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
search-forget                POST    in   go   go   go   go   go   go   go   go   go   go   go   go   go   go
own-tasks                    GET     in  200  200  200  200  200  200  404  404  404  404   we   we   we   we
own-tasks                    POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
task-new                     GET     in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
task-new                     POST    in   go   go   go   go  403   go  404  404  404  404   we   we   we   we
own-task                     GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
own-task                     POST    in   go   go   go   go  403  404  404  404  404  404   we   we   we   we
task-edit                    GET     in  200  200  200  200  403  404  404  404  404  404   we   we   we   we
task-edit                    POST    in   go   go   go   go  403  404  404  404  404  404   we   we   we   we
attachment-remove            GET     in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
attachment-remove            POST    in   go   go   go   go  403  404  404  404  404  404   we   we   we   we
task-close                   GET     in  200  200  403  403  403  404  404  404  404  404   we   we   we   we
task-close                   POST    in   go   go  403  403  403  404  404  404  404  404   we   we   we   we
task-deadline                GET     in  200  200  403  403  403  404  404  404  404  404   we   we   we   we
task-deadline                POST    in   go   go  403  403  403  404  404  404  404  404   we   we   we   we
candidates                   GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
candidates                   POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
invite-anchors               GET     in  200  200  403  403  403  200  404  404  404  404   we   we   we   we
invite-anchors               POST    in  422  422  403  403  403  422  404  404  404  404   we   we   we   we
applications                 GET     in  404  404  404  404  404  404  200  200  200  200   we   we   we   we
applications                 POST    in  404  404  404  404  404  404  405  405  405  405   we   we   we   we
application                  GET     in  200  200  200  200  200  404  200  404  404  404   we   we   we   we
application                  POST    in   go   go  403  403  403  404   go  404  404  404   we   we   we   we
offer                        GET     in  200  200  403  403  403  404  403  404  404  404   we   we   we   we
offer                        POST    in  422  422  403  403  403  404  403  404  404  404   we   we   we   we
contracts                    GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
contracts                    POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
contract                     GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
contract                     POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
contract-sign                GET     in  200  403  403  403  403  404  200  200  403  404  404  403  404  403
contract-sign                POST    in   go  403  403  403  403  404   go   go  403  404  404  403  404  403
contract-document            GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
contract-document            POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
contract-sealed              GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
contract-sealed              POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
contract:room                GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
contract:room                POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
conversations                GET     in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
conversations                POST    in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
conversation                 GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
conversation                 POST    in   go   go   go   go  403  404   go   go  403  404   we   we   we   we
conversation-log             GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
conversation-log             POST    in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
conversation-mute            GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
conversation-mute            POST    in   go   go   go   go   go  404   go   go   go  404   we   we   we   we
conversation-block           GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
conversation-block           POST    in   go   go  403  403  403  404   go   go  403  404   we   we   we   we
message                      GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
message                      POST    in   go   go   go   go  403  404   go   go  403  404   we   we   we   we
messages-arrived             GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
messages-arrived             POST    in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
blocks                       GET     in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
blocks                       POST    in  404  404  403  403  403  404  404  404  403  404   we   we   we   we
contract-pay                 GET     in  200  403  200  403  403  404  404  404  404  404   we   we   we   we
contract-pay                 POST    in   go  403   go  403  403  404  404  404  404  404   we   we   we   we
round-pay                    GET     in  200  403  200  403  403  404  404  404  404  404   we   we   we   we
round-pay                    POST    in   go  403   go  403  403  404  404  404  404  404   we   we   we   we
amend                        GET     in  200  200  403  403  403  404  200  200  403  404   we   we   we   we
amend                        POST    in   go   go  403  403  403  404   go   go  403  404   we   we   we   we
amendment                    GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
amendment                    POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
amendment-sign               GET     in  200  403  403  403  403  404  200  200  403  404  404  403  404  403
amendment-sign               POST    in  422  403  403  403  403  404  422  422  403  404  404  403  404  403
amendment-document           GET     in  200  200  200  200  200  404  200  200  200  404  404  200  404  200
amendment-document           POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
amendment-decline            GET     in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
amendment-decline            POST    in   go  403  403  403  403  404   go   go  403  404  404  403  404  403
amendment-withdraw           GET     in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
amendment-withdraw           POST    in   go   go  403  403  403  404  403  403  403  404   we   we   we   we
amendment-pay                GET     in  200  403  200  403  403  404  404  404  404  404   we   we   we   we
amendment-pay                POST    in   go  403   go  403  403  404  404  404  404  404   we   we   we   we
absence                      GET     in  200  200  403  403  403  404  200  200  403  404   we   we   we   we
absence                      POST    in   go   go  403  403  403  404  404  404  403  404   we   we   we   we
bench                        GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
bench                        POST    in  422  422  403  403  403  404  404  404  404  404   we   we   we   we
standby-call                 GET     in  200  200  200  200  200  404  200  404  404  404   we   we   we   we
standby-call                 POST    in  403  403  403  403  403  404   go  404  404  404   we   we   we   we
substitute                   GET     in  200  200  403  403  403  404  404  404  404  404   we   we   we   we
substitute                   POST    in  422  422  403  403  403  404  404  404  404  404   we   we   we   we
review                       GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
review                       POST    in  422  422  403  403  403  404  422  422  403  404   we   we   we   we
contract-end                 GET     in  200  200  403  403  403  404  200  200  403  404   we   we   we   we
contract-end                 POST    in   go   go  403  403  403  404   go   go  403  404   we   we   we   we
work                         GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
work                         POST    in   go   go  403  403  403  404  403  403  403  404   we   we   we   we
dispute-open                 GET     in  200  200  403  403  403  404  200  200  403  404   we   we   we   we
dispute-open                 POST    in   go   go  403  403  403  404   go   go  403  404   we   we   we   we
dispute                      GET     in  200  200  200  200  200  404  200  200  200  404   we   we   we   we
dispute                      POST    in   go   go  403  403  403  404  403  403  403  404   we   we   we   we
spending                     GET     in  200  200  200  200  200  200  404  404  404  404   we   we   we   we
spending                     POST    in  405  405  405  405  405  405  404  404  404  404   we   we   we   we
proof                        GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
proof                        POST   422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
contract-proof               GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
contract-proof               POST   422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
agency                       GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
agency                       POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
anchor                       GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
anchor                       POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
anchor-channel               GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-channel               POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-channel-remove        GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-channel-remove        POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-channels              GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-channels              POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-cover                 GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-cover                 POST    in  404  404  404  404  404  404  422  404  404  404   we   we   we   we
anchor-cover-remove          GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-cover-remove          POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-file                  GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-file                  POST    in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-piece                 GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-piece                 POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-piece-move            GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-piece-move            POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-piece-remove          GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-piece-remove          POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-portfolio             GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-portfolio             POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-portrait              GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-portrait              POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-rates                 GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-rates                 POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-shown                 GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-shown                 POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-time-off              GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-time-off              POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-time-off-remove       GET     in  404  404  404  404  404  404  405  404  404  404   we   we   we   we
anchor-time-off-remove       POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchor-week                  GET     in  404  404  404  404  404  404  200  404  404  404   we   we   we   we
anchor-week                  POST    in  404  404  404  404  404  404   go  404  404  404   we   we   we   we
anchors                      GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
anchors                      POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
brand                        GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
brand                        POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
merchants                    GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
merchants                    POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
supplier                     GET    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
supplier                     POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
report                       GET     in  200  200  200  200  200  200  200  200  200  200  200  200  200  200
report                       POST    in   go   go   go   go   go   go  422   go   go   go   go   go   go   go
report-filed                 GET     in  404  404  404  404  404  404  404  404  404  404  404  404  404  404
report-filed                 POST    in  405  405  405  405  405  405  405  405  405  405  405  405  405  405
record                       GET     in  200  200  200  200  200  200  200  200  200  200   we   we   we   we
record                       POST    in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
observations                 GET     in  200  200  200  200  200  200  404  404  404  404   we   we   we   we
observations                 POST    in  405  405  405  405  405  405  405  405  405  405   we   we   we   we
object                       GET     in  200  200  403  403  403  404  404  404  403  404   we   we   we   we
object                       POST    in   go   go  403  403  403  404  404  404  403  404   we   we   we   we
objection                    GET     in  200  200  200  200  200  404  404  404  404  404   we   we   we   we
objection                    POST    in   go   go  403  403  403  404  404  404  404  404   we   we   we   we
api-docs                     GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
api-docs                     POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
api-docs-group               GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
api-docs-group               POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
mailbox                      GET    200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
mailbox                      POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
mailbox-mail                 GET    404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
mailbox-mail                 POST   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
"""

ROWS = {
    tuple(line.split()[:2]): tuple(line.split()[2:]) for line in TABLE.split("\n") if line and not line.startswith("#")
}


def ours() -> set[str]:
    """The names of our own addresses: everything but Django's, allauth's and the admin's."""
    names = set()
    for pattern in get_resolver().url_patterns:
        nested = getattr(pattern, "url_patterns", [])
        if str(pattern.pattern) == "":
            names |= {found.name for found in nested if isinstance(found, URLPattern)}
    return names


def address(row: str, world: World) -> str:
    arguments = ARGUMENTS.get(row, ())
    known = [world.ids.get(a, a) if isinstance(a, str) and a[0] != "=" else str(a).lstrip("=") for a in arguments]
    return reverse(row.partition(":")[0], args=known)


def answer(client, method: str, path: str, body: dict | None) -> str:
    """What came of it, in the words of the table."""
    response = client.get(path) if method == "GET" else client.post(path, body or {})
    if response.streaming:
        b"".join(response.streaming_content)
    if response.status_code != 302:
        return str(response.status_code)
    where = response["Location"]
    known = {"/accounts/login/": "in", "/accounts/reauthenticate/": "re", "/welcome/": "we"}
    return known.get(where.partition("?")[0], "go")


_clients: dict[tuple, Client] = {}


@pytest.fixture(autouse=True)
def no_password_grows_old(settings) -> None:
    """A slow machine takes longer over this table than a password counts as just given."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3_600


def at_the_door(world: World, who: str, fresh: bool) -> Client:
    """One browser a visitor, signed in once, with the cookies that it had then."""
    key = (id(world), who, fresh)
    if key not in _clients:
        _clients[key] = world.client(who, fresh=fresh)
        _clients[key].kept = _clients[key].cookies.output()
    client = _clients[key]
    client.cookies = SimpleCookie(client.kept.replace("Set-Cookie: ", ""))
    return client


def ask(world: World, who: str, row: str, method: str, *, fresh: bool = True, body: dict | None = None) -> str:
    client = at_the_door(world, who, fresh)
    with rolled_back():
        return answer(client, method, address(row, world), BODIES.get(row) if body is None else body)


def facts() -> tuple[int, int]:
    return Event.objects.count(), Journal.objects.count()


ONE_OF_EACH_SIDE = ("owner", "anchor", "agency")


def is_no_method(row: str, method: str) -> bool:
    """Nobody's, whoever asks: one of each side is enough to show it."""
    return set(ROWS[row, method]) <= {"405", "in", "we"}


def test_every_address_is_in_the_table_with_both_methods():
    in_table = {name.partition(":")[0] for name, _method in ROWS}
    assert in_table == ours()
    assert {name for name, method in ROWS if method == "GET"} == {name for name, method in ROWS if method == "POST"}


@pytest.mark.parametrize(("row", "method"), ROWS)
def test_who_gets_what(world, row, method):
    expected = dict(zip(VISITORS, ROWS[row, method], strict=True))
    asked = ONE_OF_EACH_SIDE if is_no_method(row, method) else VISITORS
    assert {who: ask(world, who, row, method) for who in asked} == {who: expected[who] for who in asked}


@pytest.mark.parametrize(("row", "method"), [key for key in ROWS if not is_no_method(*key)])
def test_a_password_given_long_ago_is_not_enough_for_money_and_for_leaving(world, row, method):
    codes = dict(zip(VISITORS, ROWS[row, method], strict=True))
    for who in VISITORS if row in FRESH else ONE_OF_EACH_SIDE:
        expected = "re" if row in FRESH and who != "anonymous" else codes[who]
        assert ask(world, who, row, method, fresh=False) == expected, who


@pytest.mark.parametrize("row", [row for row, method in ROWS if method == "POST"])
def test_a_refusal_does_not_depend_on_what_was_typed_and_leaves_no_trace(world, row):
    """Were the form read first, its complaints would answer those who may not even see it."""
    before = facts()
    codes = dict(zip(VISITORS, ROWS[row, "POST"], strict=True))
    for who in VISITORS:
        if codes[who] in {"in", "403", "404"}:
            assert ask(world, who, row, "POST", body={}) == codes[who], who
    assert facts() == before
