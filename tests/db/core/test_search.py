"""Rows and queries are cut by the same rules, in English and in Chinese."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

TEXT = "秋茶上市直播 Autumn oolong live, 来自武夷山的乌龙茶; ｔｅａ pots for réal teamakers"


def found(typed: str, text: str = TEXT) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_document(%s) @@ search_query(%s)", [text, typed])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "typed",
    [
        *("秋茶", "直播", "乌龙", "武夷山", "乌龙茶", "秋茶上市", "茶"),
        *("oolong", "Oolongs", "LIVE", "tea", "ＯＯＬＯＮＧ", "autumn oolong", "oolong 直播", "直播oolong"),
        *("秋茶 武夷", "秋茶，武夷", "(oolong)", "oolong & !", "'oolong' | ", "“直播”"),
    ],
)
def test_what_is_there_is_found(typed):
    assert found(typed)


@pytest.mark.parametrize("typed", ["春茶", "茶秋", "播秋", "山乌龙", "coffee", "oolong coffee", "oolong 春茶", "龙井"])
def test_what_is_not_there_is_not(typed):
    assert not found(typed)


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "the", "'", "\\", ":*", "<->", "%", "（）"])
def test_nothing_that_is_typed_is_an_error(typed):
    found(typed)


def test_the_planner_knows_rare_words_of_whatever_is_searched():
    """See core.search.word_statistics: a new table that is searched needs it in a migration as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, attstattarget FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE atttypid = 'tsvector'::regtype AND attgenerated = 's' AND relkind = 'r' ORDER BY 1"
        )
        assert cursor.fetchall() == [
            ("accounts_partycard", 1000),
            ("campaigns_vtask", 1000),
            ("chat_message", 1000),
            ("chat_messagechange", 1000),
            ("creators_anchorfile", 1000),
        ]
