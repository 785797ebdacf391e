"""Percentages, question by question; each may stay empty, none may say more than the whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from creators.models import FanPortrait
from creators.portrait import PARTS, WHOLE
from marketplace.accounts.regions import Region

TITLES = {
    "gender": _("Gender"),
    "age": _("Age"),
    "region": _("Where they live"),
    "interest": _("What they like"),
    "hour": _("When they watch"),
}
TOP_REGIONS = 5


class PortraitForm(forms.Form):
    def __init__(self, *args: Any, portrait: FanPortrait | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, values in PARTS.items():
            known: Mapping[str, int] = getattr(portrait, part) if portrait else {}
            if part == "region":
                self._add_regions(known)
                continue
            for name, label in values.items():
                self.fields[f"{part}-{name}"] = percent_field(label, known.get(name))

    def _add_regions(self, known: Mapping[str, int]) -> None:
        """The five that matter most; thirty-nine boxes help nobody."""
        most = sorted(known.items(), key=lambda item: -item[1])[:TOP_REGIONS]
        most += [("", None)] * (TOP_REGIONS - len(most))
        for number, (region, share) in enumerate(most, 1):
            self.fields[f"region-{number}-name"] = forms.ChoiceField(
                label=_("Region %(number)s") % {"number": number},
                choices=[("", "—"), *Region.choices],
                required=False,
                initial=region,
            )
            self.fields[f"region-{number}-share"] = percent_field(_("Percent"), share)

    def groups(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        for part, title in TITLES.items():
            yield part, str(title), [self[name] for name in self.fields if name.startswith(f"{part}-")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.shares: dict[str, dict[str, int]] = {part: self._shares(part, cleaned) for part in PARTS}
        for part, shares in self.shares.items():
            if sum(shares.values()) > WHOLE:
                first = next(name for name in self.fields if name.startswith(f"{part}-"))
                error = ValidationError(
                    _("%(question)s: these are %(sum)s %% together, more than the whole."),
                    params={"question": TITLES[part], "sum": sum(shares.values())},
                )
                self.add_error(first, error)
        return cleaned

    def _shares(self, part: str, cleaned: Mapping[str, Any]) -> dict[str, int]:
        if part != "region":
            return {name: cleaned.get(f"{part}-{name}") or 0 for name in PARTS[part]}
        shares: dict[str, int] = {}
        for number in range(1, TOP_REGIONS + 1):
            region, share = cleaned.get(f"region-{number}-name"), cleaned.get(f"region-{number}-share")
            if region and share:
                shares[region] = shares.get(region, 0) + share
        return shares


def percent_field(label: object, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=WHOLE, required=False, initial=initial)
