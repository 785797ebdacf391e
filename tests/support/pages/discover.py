"""Who sees which page: everybody knocks at every address, and what opens is a page to look at."""

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.pages.addresses import NOT_PAGES, address, names, table_names
from tests.support.pages.harbour import Visit
from tests.support.pages.people import ON_THE_WAY
from tests.support.pages.rounds import LongRound

OPEN, REFUSED = 200, 403
ROWS_TRIED = 20
# Where those who are on the way in are, and nobody else.
AT = {
    "at_second_factor": "mfa_authenticate",
    "at_mailed_code": "account_email_verification_sent",
    "at_new_password": "account_reset_password_from_key",
}


def discover(clients: dict[str, Client], ids: dict[str, str], chosen: LongRound) -> tuple[list[Visit], list[str]]:
    """(every page with those of the round who see it, the names of which no page was seen)"""
    wanted = names() - set(NOT_PAGES)
    visits = [*plain(clients, ids, wanted, chosen), *app_lists(clients, chosen)]
    unseen = wanted - {visit.name for visit in visits}
    for model in admin.site._registry:
        found = list(of_table(clients, model, chosen))
        visits += found
        unseen |= set(table_names(model).values()) - {visit.name for visit in found}
    return list(refused_once(visits)), sorted(unseen)


def refused_once(visits: list[Visit]) -> Iterator[Visit]:
    """Refusals look all the same: one a person and a view is enough."""
    told = set()
    for visit in visits:
        key = (visit.who, visit.name.rpartition("_")[2])
        if visit.status == OPEN or key not in told:
            yield visit
        if visit.status != OPEN:
            told.add(key)


def plain(clients: dict[str, Client], ids: dict[str, str], wanted: set[str], chosen: LongRound) -> Iterator[Visit]:
    for name in sorted(wanted):
        path = address(name, ids)
        for who, client in clients.items() if path else ():
            knocks = AT[who] == name if who in ON_THE_WAY else chosen.asks(name, who)
            if knocks and is_page(client.get(path)):
                chosen.saw(name, who)
                yield Visit(name, who, path)


def app_lists(clients: dict[str, Client], chosen: LongRound) -> Iterator[Visit]:
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        path = reverse("admin:app_list", args=[label])
        for who, client in clients.items():
            if chosen.asks("admin:app_list", who) and is_page(client.get(path)):
                chosen.saw("admin:app_list", who)
                yield Visit("admin:app_list", who, path)


def of_table(clients: dict[str, Client], model: type, chosen: LongRound) -> Iterator[Visit]:
    """The list and one row's pages, for those who may see the table."""
    called = table_names(model)
    for who, client in clients.items():
        changelist = reverse(called["changelist"])
        if who in ON_THE_WAY or not chosen.asks(called["changelist"], who) or not is_page(client.get(changelist)):
            continue
        chosen.saw(called["changelist"], who)
        yield Visit(called["changelist"], who, changelist)
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:ROWS_TRIED]:
            if is_page(client.get(reverse(called["change"], args=[pk]))):
                yield from row(client, who, called, pk)
                break


def row(client: Client, who: str, called: dict[str, str], pk: int) -> Iterator[Visit]:
    """Adding and deleting is refused everywhere today: then what is looked at is the page that says so."""
    paths = {"add": reverse(called["add"])} | {
        view: reverse(called[view], args=[pk]) for view in ("change", "history", "delete")
    }
    for view, path in paths.items():
        status = client.get(path).status_code
        assert status in {OPEN, REFUSED}, (path, status)
        yield Visit(called[view], who, path, status)


def is_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    if response.streaming:
        response.close()
    return response.status_code == OPEN and kind.startswith("text/html")
