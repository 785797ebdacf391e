"""The inbox: everything or what is unread, page by page, and the list alone when htmx asks again."""

from marketplace.core.ids import new_id
from marketplace.notifications.models import Notice
from tests.web.conftest import rolled_back

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_unread_is_what_one_has_not_read(world):
    owner, client = world.people["owner"], world.client("owner")
    with rolled_back():
        mine = Notice.objects.filter(user=owner.user)
        last = mine.order_by("-id").first()
        mine.exclude(pk=last.pk).update(read_at=last.at)
        assert listed(client.get("/feed/?only=unread")) == [last]
        assert len(listed(client.get("/feed/"))) == min(mine.count(), 20)
        assert client.post("/feed/").status_code == 302
        page = client.get("/feed/?only=unread")
        assert listed(page) == []
        assert b"All read" in page.content


def test_the_next_page_stays_with_what_is_unread(world):
    owner, client = world.people["owner"], world.client("owner")
    with rolled_back():
        like = Notice.objects.filter(user=owner.user).first()
        for _ in range(45 - Notice.objects.filter(user=owner.user).count()):
            like.pk, like.public_id = None, new_id("ntc")
            like.save()
        page = client.get("/feed/?only=unread")
        assert b"?only=unread&amp;page=2" in page.content


def test_htmx_gets_the_list_alone(world):
    page = world.client("owner").get("/feed/?only=unread", **HTMX).content.decode()
    assert page.lstrip().startswith('<div id="notices" hx-get="/feed/?only=unread"')
    assert "<html" not in page


def listed(response) -> list[Notice]:
    return list(response.context["page"].object_list)
