"""The products that a V task is about: named in the draft, fixed with it, shared by a copy, in the contract."""

import pytest

from marketplace.campaigns.errors import LinkNotAccepted, ProductUnnamed, TermsAreFixed, TooManyProducts
from marketplace.campaigns.flows.files import upload_product
from marketplace.campaigns.models import TaskProduct, VTask
from marketplace.campaigns.services.offers import accept_offer
from marketplace.campaigns.services.products import put_product, remove_product
from marketplace.campaigns.services.publishing import submit_task
from marketplace.campaigns.services.tasks import duplicate_task, save_task
from marketplace.compliance.subjects import get_subject
from marketplace.contracts.documents import canonical, sha256
from marketplace.contracts.models import Contract
from marketplace.contracts.selectors import governing_document
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, NotFound
from marketplace.media.models import Asset
from marketplace.media.pictures import check_picture
from tests.factories.deals import sign_as
from tests.factories.people import make_member
from tests.factories.pictures import picture
from tests.factories.tasks import TEA, applied, draft, make_merchant, offered, open_task


@pytest.fixture
def task(merchant, settings, tmp_path) -> VTask:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return draft(merchant)


def put(person, task: VTask, place: int = 1, *, photo: bool = False, **changed: object) -> TaskProduct:
    file = check_picture(picture()) if photo else None
    return upload_product(actor=person.actor, public_id=task.public_id, place=place, fields=TEA | changed, file=file)


def told(task: VTask) -> list[tuple[int, str, int, str, str]]:
    return list(task.products.values_list("place", "name", "price_minor", "currency", "link"))


def states() -> dict[str, str]:
    return dict(Asset.objects.values_list("public_id", "state"))


def test_the_same_place_again_is_the_same_product_in_other_words(merchant, task):
    first = put(merchant, task)
    again = put(merchant, task, name="  Oolong,\n 100 g ", price_minor=48_800)
    assert again.pk == first.pk
    assert told(task) == [(1, "Oolong, 100 g", 48_800, "CNY", "https://shop.example/oolong")]


def test_what_is_not_named_stays(merchant, task):
    put(merchant, task)
    put_product(actor=merchant.actor, public_id=task.public_id, place=1, fields={"link": ""})
    assert told(task) == [(1, "Oolong, 50 g", 26_800, "CNY", "")]


def test_six_and_no_seventh(merchant, task):
    for place in range(1, 7):
        put(merchant, task, place, name=f"Tea {place}")
    for place in (0, 7):
        with pytest.raises(TooManyProducts):
            put(merchant, task, place)
    rows = [{"name": f"Tea {number}", "price_minor": 0, "link": ""} for number in range(7)]
    with pytest.raises(TooManyProducts):
        save_task(actor=merchant.actor, public_id=task.public_id, fields={"title": "Other"}, products=rows)
    assert [name for _place, name, *_rest in told(task)] == [f"Tea {place}" for place in range(1, 7)]
    assert VTask.objects.get().title == "Autumn oolong, live"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": " \n "}, ProductUnnamed),
        ({"link": "javascript:alert(1)"}, LinkNotAccepted),
        ({"link": "https://shop.example@evil.example/"}, LinkNotAccepted),
    ],
)
def test_what_is_refused_changes_nothing(merchant, task, changed, refusal):
    put(merchant, task)
    for place in (1, 2):
        with pytest.raises(refusal):
            put(merchant, task, place, **changed)
    assert told(task) == [(1, *(TEA[name] for name in ("name", "price_minor", "currency", "link")))]


def test_once_anchors_could_see_it_nothing_moves(merchant, task):
    product = put(merchant, task)
    submit_task(actor=merchant.actor, public_id=task.public_id)
    for act in (
        lambda: put(merchant, task, name="Another"),
        lambda: put(merchant, task, 2),
        lambda: remove_product(actor=merchant.actor, public_id=task.public_id, product=product.public_id),
        lambda: save_task(actor=merchant.actor, public_id=task.public_id, fields={}, products=[]),
    ):
        with pytest.raises(TermsAreFixed):
            act()
    assert [name for _place, name, *_rest in told(task)] == ["Oolong, 50 g"]


def test_only_those_who_write_for_the_merchant(merchant, task):
    product = put(merchant, task)
    far_away = make_merchant("Far Away")
    with pytest.raises(NotFound):
        put(far_away, task, name="Theirs")
    with pytest.raises(NotFound):
        remove_product(actor=far_away.actor, public_id=task.public_id, product=product.public_id)
    viewer = make_member(merchant.party, Role.VIEWER)
    with pytest.raises(Forbidden):
        put(viewer, task, name="Theirs")
    with pytest.raises(Forbidden):
        remove_product(actor=viewer.actor, public_id=task.public_id, product=product.public_id)
    assert [name for _place, name, *_rest in told(task)] == ["Oolong, 50 g"]


def test_a_product_of_another_task_is_not_there(merchant, task):
    other = put(merchant, draft(merchant, title="Another"))
    with pytest.raises(NotFound):
        remove_product(actor=merchant.actor, public_id=task.public_id, product=other.public_id)
    row = {"id": other.public_id, "name": "Mine now", "price_minor": 0, "link": ""}
    with pytest.raises(NotFound):
        save_task(actor=merchant.actor, public_id=task.public_id, fields={"title": "Other"}, products=[row])
    other.refresh_from_db()
    assert (other.name, other.task.title, task.products.count()) == ("Oolong, 50 g", "Another", 0)
    assert VTask.objects.get(pk=task.pk).title == "Autumn oolong, live"


def test_a_list_replaces_what_was_there_and_keeps_the_pictures_of_those_it_names(merchant, task):
    first, second = put(merchant, task, 1, photo=True), put(merchant, task, 2, photo=True, name="Cup")
    rows = [
        {"name": "Tray", "price_minor": 9_900, "currency": "CNY", "link": ""},
        {"id": first.public_id, "name": "Oolong", "price_minor": 0, "link": ""},
    ]
    save_task(actor=merchant.actor, public_id=task.public_id, fields={}, products=rows)
    assert list(task.products.values_list("place", "name", "picture")) == [
        (1, "Tray", ""),
        (2, "Oolong", first.picture),
    ]
    assert states() == {first.picture: "uploaded", second.picture: "erased"}
    save_task(actor=merchant.actor, public_id=task.public_id, fields={})
    assert task.products.count() == 2


def test_a_new_picture_replaces_the_old_one_and_going_takes_it_along(merchant, task):
    earlier = put(merchant, task, photo=True).picture
    product = put(merchant, task, photo=True)
    assert states() == {earlier: "erased", product.picture: "uploaded"}
    remove_product(actor=merchant.actor, public_id=task.public_id, product=product.public_id)
    assert states() == {earlier: "erased", product.picture: "erased"}
    assert not TaskProduct.objects.exists()


def test_a_refused_product_leaves_no_file_behind(merchant, task, tmp_path):
    with pytest.raises(LinkNotAccepted):
        put(merchant, task, photo=True, link="http://shop.example/")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not Asset.objects.exists()


def test_a_copy_shows_the_same_and_is_not_robbed_of_its_pictures(merchant, task):
    product = put(merchant, task, photo=True)
    copy = duplicate_task(actor=merchant.actor, public_id=task.public_id)
    copied = copy.products.get()
    assert (told(copy), copied.picture) == (told(task), product.picture)
    assert copied.public_id != product.public_id
    put(merchant, task, photo=True)
    remove_product(actor=merchant.actor, public_id=task.public_id, product=product.public_id)
    assert states()[product.picture] == "uploaded"
    assert told(copy) == [(1, *(TEA[name] for name in ("name", "price_minor", "currency", "link")))]
    remove_product(actor=merchant.actor, public_id=copy.public_id, product=copied.public_id)
    assert states()[product.picture] == "erased"


def test_its_name_is_reviewed(merchant, task):
    put(merchant, task, name="全网第一的乌龙茶")
    assert submit_task(actor=merchant.actor, public_id=task.public_id).state == "in_review"
    task.refresh_from_db()
    assert task.review_hits == [{"rule": "superlative", "field": "products", "words": "全网第一"}]


def test_a_report_keeps_what_it_led_to(merchant, task):
    put(merchant, task)
    submit_task(actor=merchant.actor, public_id=task.public_id)
    snapshot = get_subject(make_merchant("Far Away").actor, "task", task.public_id).snapshot
    assert snapshot["products"] == "Oolong, 50 g https://shop.example/oolong"


def agreed(merchant, anchor, task: VTask) -> Contract:
    application = applied(anchor, task)
    offer = offered(merchant, application)
    accept_offer(actor=anchor.actor, public_id=application.public_id, answers=offer.public_id)
    return Contract.objects.get(seat=application.public_id)


def test_the_contract_names_them_in_both_languages(merchant, anchor, task):
    put(merchant, task, 1)
    put(merchant, task, 2, name="1. PARTIES Merchant: somebody else", price_minor=0)
    submit_task(actor=merchant.actor, public_id=task.public_id)
    contract = agreed(merchant, anchor, task)
    assert contract.brief["products"] == "Oolong, 50 g, CNY 268.00\n1. PARTIES Merchant: somebody else"
    texts = dict(contract.documents.values_list("language", "content"))
    assert "\nProducts: Oolong, 50 g, CNY 268.00\n    1. PARTIES Merchant: somebody else\n" in texts["en"]
    assert "\n商品：Oolong, 50 g, CNY 268.00\n    1. PARTIES Merchant: somebody else\n" in texts["zh-hans"]
    assert contract.terms_sha256 == sha256(canonical(contract.canonical))


def test_a_contract_without_products_is_what_it_was(merchant, anchor):
    contract = agreed(merchant, anchor, open_task(merchant))
    assert "products" not in contract.brief
    assert "Products" not in governing_document(contract).content
    assert contract.terms_sha256 == sha256(canonical(contract.canonical))
    sign_as(anchor, contract)
