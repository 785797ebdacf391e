"""The admin speaks Chinese: its tables, its chapters, the heads of its columns."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.utils.translation import override

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_table_is_named_in_chinese(model):
    listed = admin.site._registry[model]
    with override("zh-hans"):
        words = [model._meta.verbose_name, model._meta.verbose_name_plural, model._meta.app_config.verbose_name]
        words += [label_for_field(name, model, listed) for name in listed.list_display]
        words += [label_for_field(name, model, listed) for name in listed.fields or () if name != "id"]
        words += [field.verbose_name for field in model._meta.fields if not field.primary_key]
        for inline in listed.inlines:
            words += [inline.model._meta.verbose_name_plural]
            words += [inline.model._meta.get_field(name).verbose_name for name in inline.fields]
        assert [str(word) for word in words if not CHINESE.search(str(word))] == []
