"""The list of devices names each as its owner does."""

import pytest
from django.utils.translation import override

from marketplace.accounts.devices import describe

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "english", "chinese"),
    [
        (
            f"Mozilla/5.0 (Linux; Android 16; Pixel 10) {BLINK} Chrome/144.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
            "Android 上的 Chrome",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {APPLE} Version/26.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
            "iPhone 上的 Safari",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {APPLE} CriOS/144.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
            "iPhone 上的 Chrome",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {APPLE} Mobile/15E148 MicroMessenger/8.0.60",
            "WeChat on iPhone",
            "iPhone 上的 微信",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 12; HarmonyOS) {BLINK} Chrome/114.0 HuaweiBrowser/15.0 Mobile",
            "Huawei Browser on HarmonyOS",
            "HarmonyOS 上的 华为浏览器",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0",
            "Edge on Windows",
            "Windows 上的 Edge",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/26.1 Safari/605.1.15",
            "Safari on Mac",
            "Mac 上的 Safari",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0",
            "Firefox on Linux",
            "Linux 上的 Firefox",
        ),
        ("Dalvik/2.1.0 (Linux; U; Android 16)", "Android", "Android"),
        ("curl/8.14.1", "An unknown device", "未知设备"),
        ("", "An unknown device", "未知设备"),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent, english, chinese):
    assert describe(user_agent) == english
    with override("zh-hans"):
        assert describe(user_agent) == chinese
