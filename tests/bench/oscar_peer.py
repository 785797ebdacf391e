"""django-oscar's catalogue page, in a process and an environment of its own: one page for each line that is sent, and
the milliseconds that it took as the answer.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402

PRODUCTS = 1_000  # few: its index takes minutes for ten thousand, and its pages the longer the more there are
CARDS = 24
Product = get_model("catalogue", "Product")


def stock_the_shop() -> None:
    call_command("migrate", "--no-input", "-v0")
    if Product.objects.exists():
        return
    kind = get_model("catalogue", "ProductClass").objects.create(name="Thing")
    shelf = get_model("catalogue", "Category").add_root(name="Everything")
    partner = get_model("partner", "Partner").objects.create(name="Partner")
    products = Product.objects.bulk_create(
        Product(title=f"Thing number {n}", slug=f"thing-{n}", product_class=kind, upc=str(n)) for n in range(PRODUCTS)
    )
    shelved, stock = get_model("catalogue", "ProductCategory"), get_model("partner", "StockRecord")
    shelved.objects.bulk_create(shelved(product=product, category=shelf) for product in products)
    stock.objects.bulk_create(
        stock(product=product, partner=partner, partner_sku=product.upc, price=10 + n % 90, num_in_stock=5)
        for n, product in enumerate(products)
    )
    call_command("rebuild_index", "--noinput", "-v0")


def main() -> None:
    stock_the_shop()
    client = Client()
    print("ready", flush=True)
    for _line in sys.stdin:
        started = time.perf_counter()
        response = client.get("/catalogue/")
        took = (time.perf_counter() - started) * 1000
        cards = response.content.count(b"product_pod")
        is_whole = response.status_code == 200 and cards == CARDS
        print(took if is_whole else f"{response.status_code} with {cards} cards", flush=True)


main()
