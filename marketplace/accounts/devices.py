"""What a browser calls itself, in words that its owner knows it by."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The first that is found names it: most browsers also claim to be Chrome, Safari and Mozilla.
BROWSERS = (
    ("MicroMessenger/", gettext_lazy("WeChat")),
    ("aweme", gettext_lazy("Douyin")),
    ("AlipayClient/", gettext_lazy("Alipay")),
    ("HuaweiBrowser/", gettext_lazy("Huawei Browser")),
    ("MiuiBrowser/", gettext_lazy("Mi Browser")),
    ("QQBrowser/", gettext_lazy("QQ Browser")),
    ("UCBrowser/", "UC"),
    ("Quark/", gettext_lazy("Quark")),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """`Chrome on Android`; as much of it as is known."""
    browser, system = first(BROWSERS, user_agent), first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return str(browser or system or _("An unknown device"))


def first(known: tuple, text: str) -> str:
    return next((name for mark, name in known if mark in text), "")
