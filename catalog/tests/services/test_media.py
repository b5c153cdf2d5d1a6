"""Addresses of media and links, as hostile as upstreams may send them."""

from __future__ import annotations

import pytest

from catalog.services.media import link_url, media_url


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.MEDIA_HOSTS = ["libria.fun", "cdn.test:8443", "127.0.0.1", "localhost:9000"]
    settings.MEDIA_ORIGINS = [
        "https://static.test",
        "http://127.0.0.1:8001",
        "http://plain.test:8080",
        "https://localhost:9443",
    ]


@pytest.mark.parametrize(
    ("raw", "base", "url"),
    [
        ("https://libria.fun/a.jpg", "", "https://libria.fun/a.jpg"),
        ("https://libria.fun", "", "https://libria.fun"),
        ("https://cache.libria.fun/a.jpg", "", "https://cache.libria.fun/a.jpg"),
        ("https://a.b.libria.fun/a.jpg?x=1&y=%20#t", "", "https://a.b.libria.fun/a.jpg?x=1&y=%20#t"),
        ("HTTPS://Libria.FUN/A.jpg", "", "https://libria.fun/A.jpg"),
        ("  https://libria.fun/a.jpg\n", "", "https://libria.fun/a.jpg"),
        ("https://libria.fun:443/a.jpg", "", "https://libria.fun/a.jpg"),
        ("https://libria.fun:/a.jpg", "", "https://libria.fun/a.jpg"),
        ("http://libria.fun/a.jpg", "", "https://libria.fun/a.jpg"),
        ("http://libria.fun:80/a.jpg", "", "https://libria.fun/a.jpg"),
        ("//libria.fun/a.jpg", "", "https://libria.fun/a.jpg"),
        ("//libria.fun/a.jpg", "static.test", "https://libria.fun/a.jpg"),
        ("https://cdn.test:8443/a", "", "https://cdn.test:8443/a"),
        ("https://eu.cdn.test:8443/a", "", "https://eu.cdn.test:8443/a"),
        ("http://cdn.test:8443/a", "", "https://cdn.test:8443/a"),
        ("https://static.test/a.jpg", "", "https://static.test/a.jpg"),
        ("http://static.test/a.jpg", "", "https://static.test/a.jpg"),
        ("http://plain.test:8080/a.jpg", "", "http://plain.test:8080/a.jpg"),
        ("http://127.0.0.1:8001/a.jpg", "", "http://127.0.0.1:8001/a.jpg"),
        ("//127.0.0.1:8001/a.jpg", "", "http://127.0.0.1:8001/a.jpg"),
        ("http://127.0.0.1/a.jpg", "", "http://127.0.0.1/a.jpg"),
        ("http://localhost:9000/a.jpg", "", "http://localhost:9000/a.jpg"),
        ("https://localhost:9443/a.jpg", "", "https://localhost:9443/a.jpg"),
        ("/a.jpg", "https://static.test", "https://static.test/a.jpg"),
        ("a.jpg", "https://static.test/", "https://static.test/a.jpg"),
        ("/a.jpg", "http://static.test", "https://static.test/a.jpg"),
        ("/a.jpg", "cache.libria.fun", "https://cache.libria.fun/a.jpg"),
        ("/a.jpg", "127.0.0.1:8001", "http://127.0.0.1:8001/a.jpg"),
        (
            "/мой файл.jpg?q=я",
            "libria.fun",
            "https://libria.fun/%D0%BC%D0%BE%D0%B9%20%D1%84%D0%B0%D0%B9%D0%BB.jpg?q=%D1%8F",
        ),
        ('/a"><script>.jpg', "libria.fun", "https://libria.fun/a%22%3E%3Cscript%3E.jpg"),
        ("/100%.jpg", "libria.fun", "https://libria.fun/100%.jpg"),
        ("https://ⅼibria.fun/a", "", "https://libria.fun/a"),
    ],
)
def test_media_of_an_allowed_host_is_made_absolute(raw, base, url):
    assert media_url(raw, base=base) == url


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "   ",
        "/a.jpg",
        "a.jpg",
        "https://elsewhere.test/a.jpg",
        "https://libria.fun.elsewhere.test/a.jpg",
        "https://elsewherelibria.fun/a.jpg",
        "https://libria.fun@elsewhere.test/",
        "https://libria.fun:443@elsewhere.test/",
        "https://me@libria.fun/a.jpg",
        "https://me:pass@libria.fun/a.jpg",
        "//elsewhere.test/a.jpg",
        "///libria.fun/a.jpg",
        "https:///libria.fun/a.jpg",
        "https:libria.fun/a.jpg",
        "https:/libria.fun/a.jpg",
        "https:\\\\libria.fun/a.jpg",
        "https://libria.fun\\@elsewhere.test/",
        "https://elsewhere.test\\.libria.fun/",
        "/\\elsewhere.test/a.jpg",
        "https://elsewhere.test#@libria.fun/",
        "https://elsewhere.test?.libria.fun",
        "https://elsewhere.test/.libria.fun",
        "https://libria.fun%2eelsewhere.test/",
        "https://elsewhere.test%00.libria.fun/",
        "https://libria.fun\t.elsewhere.test/",
        "https://libria.fun\x00/a.jpg",
        "https://libria\n.fun/a.jpg",
        "java\nscript:alert(1)",
        "javascript:alert(1)",
        "JavaScript://libria.fun/%0aalert(1)",
        "data:image/png;base64,AA",
        "blob:https://libria.fun/a",
        "file:///etc/passwd",
        "ftp://libria.fun/a.jpg",
        "https://.libria.fun/a.jpg",
        "https://libria.fun./a.jpg",
        "https:// libria.fun/a.jpg",
        "https://libria.fun:8443/a.jpg",
        "https://libria.fun:0/a.jpg",
        "https://libria.fun:99999/a.jpg",
        "https://libria.fun:x/a.jpg",
        "https://cdn.test/a.jpg",
        "https://sub.static.test/a.jpg",
        "https://static.test:444/a.jpg",
        "http://plain.test/a.jpg",
        "https://plain.test/a.jpg",
        "http://127.0.0.1:9999/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://127.0.0.1:8001/a.jpg",
        "http://localhost/a.jpg",
        "http://[::1]/a.jpg",
        "http://[/a.jpg",
        "https://" + "a" * 70 + "ж.libria.fun/",
    ],
)
@pytest.mark.parametrize("base", ["", "https://elsewhere.test"])
def test_all_other_media_is_refused(raw, base):
    assert media_url(raw, base=base) is None


def test_a_relative_address_stays_on_its_base():
    for raw in ("/..//elsewhere.test/a", "/a/../../b", ".elsewhere.test", "@elsewhere.test", ":80@elsewhere.test"):
        assert (media_url(raw, base="https://static.test") or "https://static.test/").startswith("https://static.test/")


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://vk.test/wall-1?x=1#a", "https://vk.test/wall-1?x=1#a"),
        ("http://old.test/page", "http://old.test/page"),
        ("//vk.test/x", "https://vk.test/x"),
        ("https://аниме.рф/страница", "https://xn--80akiqd.xn--p1ai/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0"),
        ("http://127.0.0.1:8001/x", "http://127.0.0.1:8001/x"),
        ("http://[::1]:8001/x", "http://[::1]:8001/x"),
        ("/relative", None),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        (" data:text/html,x", None),
        ("mailto:me@vk.test", None),
        ("https://me:pass@vk.test/", None),
        ("https://vk.test\\@elsewhere.test", None),
        ("", None),
        (None, None),
    ],
)
def test_links_may_lead_anywhere_by_http(raw, url):
    assert link_url(raw) == url
