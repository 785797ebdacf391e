"""What stands on the sealed PDF, as JSON for the typesetter: the signed words, tables of the same frozen terms, the
signatures and how they came about.

Whatever is said is a list of one or two strings: in the governing language, and in the other one if that differs.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from marketplace.contracts import documents
from marketplace.contracts.drawn import HIGH, WIDE, strokes
from marketplace.contracts.models import Capacity, Contract, ContractDocument, Signature
from marketplace.contracts.models.deliverable import Kind
from marketplace.contracts.selectors import documents_of
from marketplace.contracts.templatetags.contracts import STAGES
from marketplace.contracts.terms import DealTerms, ReleasesOn
from marketplace.contracts.wording import TERMS, said_value
from marketplace.core.money import Money

Said = list[str]
Row = list[Said]

# A heading of the template's own: what parties typed never begins a line so (it is indented, or a word precedes it).
HEADING = re.compile(r"(\d+\. [A-Z][A-Z, ]+|[一二三四五六七八九十]{1,3}、\S{1,12})")
SHOWN = ("publish_from", "publish_until", "revision_rounds", "extra_round_minor", "review_days", "stay_up_days")
SHOWN += ("holdback_bp", "rights_where", "rights_months", "paid_use", "cps_bp", "gift", "samples", "disclosure")
SHOWN += ("time_zone", "calendar")
ALWAYS = frozenset({"revision_rounds", "extra_round_minor", "review_days", "stay_up_days", "paid_use"})
RELEASED = {
    ReleasesOn.APPROVED: gettext_noop("when it is approved"),
    ReleasesOn.VERIFIED: gettext_noop("when it is verified after publishing"),
}


class Sheet:
    """Of a contract that all have signed. `languages`: the governing one first."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.deal: DealTerms = contract.signed_deal
        self.zone = ZoneInfo(self.deal.time_zone)
        governing = contract.governing_language
        self.languages = [governing, *(one for one in documents.LANGUAGES if one != governing)]
        self.documents = documents_of(contract)
        self.signatures = list(contract.signatures.select_related("party", "user").order_by("signed_at", "id"))

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.languages[0],
            "title": self.contract.title,
            "number": self.contract.number,
            "id": self.contract.public_id,
            "hash": self.governing.sha256,
            "words": self.words(),
            "facts": self.facts(),
            "parties": self.parties(),
            "texts": [self.text(one) for one in self.documents],
            "terms": self.terms(),
            "deliverables": self.deliverables(),
            "waterfall": self.waterfall() if self.deal.fee_minor else [],
            "kill_fee": self.kill_fee() if self.deal.fee_minor else [],
            "sheet": {"wide": WIDE, "high": HIGH},
            "signatures": [self.signature(one) for one in self.signatures],
            "audit": [self.audit(one) for one in self.signatures],
            "hashes": self.hashes(),
            "checking": self.checking(),
        }

    @property
    def governing(self) -> ContractDocument:
        return next(one for one in self.documents if one.governs)

    def said(self, say: Callable[[], str]) -> Said:
        """What `say` says in each language; once, if it is the same."""
        found = []
        for language in self.languages:
            with override(language):
                found.append(str(say()))
        return list(dict.fromkeys(found))

    def moment(self, at: datetime | None) -> str:
        """In the contract's zone, by the second: `2026-11-05 18:03:11 (UTC+08:00, Asia/Shanghai)`."""
        if at is None:
            return "–"
        there = at.astimezone(self.zone)
        hours, minutes = f"{there:%z}"[:3], f"{there:%z}"[3:]
        return f"{there:%Y-%m-%d %H:%M:%S} (UTC{hours}:{minutes}, {self.deal.time_zone})"

    def words(self) -> dict[str, Said]:
        said = self.said
        return {
            "contract": said(lambda: _("Contract")),
            "page": said(lambda: _("Page")),
            "hash": said(lambda: _("SHA-256 of the governing text")),
            "lead": said(lambda: _("Signed by all. Sealed by Mooring: whoever changes a letter breaks the seal.")),
            "parties": said(lambda: _("Parties")),
            "terms": said(lambda: _("Terms")),
            "deliverables": said(lambda: _("Deliverables, and what each releases")),
            "waterfall": said(lambda: _("Who pays, who receives")),
            "kill_fee": said(lambda: _("If the merchant cancels: kept of what is not yet released")),
            "tables": said(lambda: _("Tables of the same terms. If the governing text says otherwise, it counts.")),
            "signatures": said(lambda: _("Signatures")),
            "audit": said(lambda: _("How this contract was signed")),
            "hashes": said(lambda: _("Fingerprints (SHA-256)")),
            "checking": said(lambda: _("How to check this file")),
        }

    def facts(self) -> list[dict[str, Said]]:
        contract, said = self.contract, self.said
        return [
            fact(said(lambda: _("Number")), [f"{contract.number} · {contract.public_id}"]),
            fact(said(lambda: _("Governing language")), said(self._governing_language)),
            fact(said(lambda: _("Drafted")), [self.moment(contract.drafted_at)]),
            fact(said(lambda: _("Signed by all")), [self.moment(contract.concluded_at)]),
        ]

    def _governing_language(self) -> str:
        return {"en": _("English"), "zh-hans": _("Simplified Chinese")}[self.contract.governing_language]

    def parties(self) -> list[dict[str, Any]]:
        named = self.contract.canonical["parties"]
        found = [
            {
                "role": self.said(lambda role=role: role.label),
                "name": named[role]["name"],
                "legal": named[role]["legal_name"],
                "id": named[role]["id"],
            }
            for role in (Capacity.MERCHANT, Capacity.ANCHOR, Capacity.AGENCY)
            if role in named
        ]
        if self.contract.guardian_name:
            guardian = {"name": self.contract.guardian_name, "legal": "", "id": ""}
            found.append({"role": self.said(lambda: Capacity.GUARDIAN.label)} | guardian)
        return found

    def text(self, document: ContractDocument) -> dict[str, Any]:
        return {
            "language": document.language,
            "governs": document.governs,
            "title": self.said(
                lambda: _("The contract, word for word") if document.governs else _("Courtesy translation")
            ),
            "sha256": document.sha256,
            "lines": [
                {"heading": bool(HEADING.fullmatch(line)), "text": line} for line in document.content.split("\n")
            ],
        }

    def terms(self) -> list[Row]:
        deal, rows = self.deal, []
        for name in SHOWN:
            value = getattr(deal, name)
            if value or name in ALWAYS:
                rows.append([self.said(lambda name=name: TERMS[name]), self.said(lambda name=name: self._value(name))])
        return rows

    def _value(self, name: str) -> str:
        value = getattr(self.deal, name)
        if name in {"publish_from", "publish_until"}:
            return date_format(value, "DATE_FORMAT")
        if name == "stay_up_days":
            return ngettext("%(n)s day", "%(n)s days", value) % {"n": value}
        return said_value(name, value, self.deal)

    def deliverables(self) -> dict[str, Any]:
        said, deal = self.said, self.deal
        columns = [said(lambda: _("What")), said(lambda: _("Due")), said(lambda: _("Released when"))]
        columns += [said(lambda: _("Share")), [self.contract.currency]]
        rows = [
            [
                [f"{one.title} · {'/'.join(said(lambda one=one: Kind(one.kind).label))}"],
                [one.due_on.isoformat()],
                said(lambda one=one: _(RELEASED[one.releases_on])) if minor else ["–"],
                [percent(one.share_bp)],
                [Money(minor, deal.currency).figure if minor else "–"],
            ]
            for one, minor in zip(deal.deliverables, deal.releases_minor, strict=True)
        ]
        return {"columns": columns, "rows": rows}

    def waterfall(self) -> list[dict[str, Any]]:
        falls, said = self.contract.signed_falls, self.said
        parties = self.contract.canonical["parties"]
        vat, fee = {"share": percent(falls.vat_bp)}, percent(falls.platform_fee_bp)
        lines: list[tuple[Said, str, bool]] = [
            (said(lambda: _("Fee")), "gross", False),
            ([f"{one} ({fee})" for one in said(lambda: _("Platform fee"))], "platform_fee", False),
            (said(lambda: _("VAT on the platform fee, %(share)s") % vat), "vat", False),
            (said(lambda: _("%(name)s pays") % {"name": parties["merchant"]["name"]}), "pays", True),
        ]
        if "agency" in parties:
            share = f"{parties['agency']['name']}, {percent(falls.agency_share_bp)}"
            lines.append(([share], "agency", False))
        lines.append((said(lambda: _("%(name)s receives") % {"name": parties["anchor"]["name"]}), "anchor", True))
        return [{"term": term, "text": [str(falls.money(name))], "strong": strong} for term, name, strong in lines]

    def kill_fee(self) -> list[Row]:
        rates = self.deal.kill_fee_bp
        return [[self.said(lambda stage=stage: STAGES[stage]), [percent(rates[stage])]] for stage in STAGES]

    def signature(self, one: Signature) -> dict[str, Any]:
        return {
            "role": self.said(lambda: Capacity(one.capacity).label),
            "name": one.name,
            "typed": one.typed or one.name,
            "strokes": [[list(point) for point in stroke] for stroke in strokes(one.drawn)],
            "for": one.party.name if one.party else "",
            "at": self.moment(one.signed_at),
            "method": self.said(lambda: _("proved by: %(how)s") % {"how": one.get_method_display()}),
            "hash": one.document_sha256,
        }

    def audit(self, one: Signature) -> dict[str, Any]:
        said = self.said
        who = f"{one.name} · {one.user.public_id}"
        pairs = [
            fact(said(lambda: _("Who")), [f"{who} · {one.party.name} {one.party.public_id}" if one.party else who]),
            fact(said(lambda: _("When")), [f"{self.moment(one.signed_at)} = {one.signed_at:%Y-%m-%dT%H:%M:%S}Z"]),
            fact(said(lambda: _("From the address")), [one.address or "–"]),
            fact(said(lambda: _("Browser")), [one.browser or "–"]),
            fact(said(lambda: _("Proved by")), said(lambda: one.get_method_display())),
            fact(said(lambda: _("Text that was shown")), [one.document_sha256]),
            fact(said(lambda: _("Terms")), [one.terms_sha256]),
            fact(said(lambda: _("Versions")), said(lambda: self._versions(one))),
        ]
        return {"title": said(lambda: Capacity(one.capacity).label), "pairs": pairs}

    def _versions(self, one: Signature) -> str:
        versions = {"template": one.template_version, "consent": one.consent_version}
        return _("template %(template)s, terms of use %(consent)s") % versions

    def hashes(self) -> list[dict[str, Said]]:
        texts = [
            fact(self.said(lambda one=one: _("Text (%(language)s)") % {"language": one.language}), [one.sha256])
            for one in self.documents
        ]
        return [*texts, fact(self.said(lambda: _("Terms")), [self.contract.terms_sha256])]

    def checking(self) -> list[Said]:
        page = {"page": f"{settings.SITE_URL}/proof/"}
        of_it = {"page": f"{page['page']}{self.contract.public_id}/"}
        said = self.said
        return [
            said(lambda: _("At %(page)s anybody sends this file and reads whether it is as it was sealed.") % page),
            said(
                lambda: _("Acrobat and others show the seal themselves; it allows no change. In a shell: pdfsig FILE.")
            ),
            said(lambda: _("The texts' hashes are of their exact bytes in UTF-8. %(page)s draws them anew.") % of_it),
        ]


def sheet_of(contract: Contract) -> dict[str, Any]:
    return Sheet(contract).as_json()


def fact(term: Said, text: Sequence[str]) -> dict[str, Said]:
    return {"term": term, "text": list(text)}


def percent(bp: int) -> str:
    return f"{bp / 100:g} %"
