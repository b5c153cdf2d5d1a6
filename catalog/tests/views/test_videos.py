"""The feed of videos, the walls of accounts and hashtags, and one video."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from django.urls import reverse

from catalog.services import posters
from catalog.tests.factories import StoredPosterFactory
from catalog.tests.services.loopsvideo import samples
from catalog.tests.services.loopsvideo.samples import MEDIA, SHORTCODE, VIDEO_ID
from catalog.tests.views.samples import LOOPS

SWAP = {"HX-Request": "true"}
VIDEO = f"/videos/{SHORTCODE}/"
ONE = f"{LOOPS}/api/v1/video/{VIDEO_ID}"
FEED = f"{LOOPS}/api/web/feed"
ACCOUNT = f"{LOOPS}/api/v1/feed/account/1"
TAG = f"{LOOPS}/api/v1/tags/video/neon"
TRENDING = f"{LOOPS}/api/v1/explore/tag-feed/neon"
PATHS = ["/videos/", VIDEO, "/videos/@dansup/", "/videos/tag/neon/"]


def feed(*videos):
    return samples.page(*videos)


@pytest.fixture
def loops(upstream):
    """Three videos wherever one looks."""
    videos = [samples.video(str(id), pinned=False) for id in (1000, 1001, 1002)]
    upstream.get(FEED, json=feed(*videos))
    upstream.get(f"{LOOPS}/api/v1/explore/tags", json={"data": [{"name": "neon rain"}]})
    upstream.get(ACCOUNT, json=samples.page(*videos, next="abc="))
    upstream.get(f"{LOOPS}/api/v1/account/username/dansup", json={"data": samples.account()})
    upstream.get(TAG, json=samples.page(*(samples.compact(str(id)) for id in (1000, 1001))))
    upstream.get(TRENDING, json=samples.page(samples.compact("1000")))
    upstream.get(ONE, json={"data": samples.video()})
    return upstream


def page_of(client, loops, **changes):
    """The page of one video with ``changes``, without its surroundings."""
    loops.get(ONE, json={"data": samples.video(**changes)})
    return client.get(VIDEO, headers=SWAP).text


@pytest.mark.parametrize("path", PATHS)
class TestEveryPageOfVideos:
    def test_is_a_page_by_itself_a_fragment_in_a_swap(self, client, loops, path):
        plain, swap = client.get(path), client.get(path, headers=SWAP)
        boosted = client.get(path, headers=SWAP | {"HX-Boosted": "true"})
        restored = client.get(path, headers=SWAP | {"HX-History-Restore-Request": "true"})
        assert [response.status_code for response in (plain, swap, boosted, restored)] == [200] * 4
        assert ["<html" in response.text for response in (plain, swap, boosted, restored)] == [True, False, True, True]
        for response in (plain, swap, boosted, restored):
            assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))

    @pytest.mark.parametrize("trouble", [{"exc": requests.ConnectionError}, {"text": "<html>"}, {"json": {"data": 5}}])
    def test_is_a_designed_503_without_its_subject(self, client, upstream, path, trouble):
        upstream.get(requests_mock.ANY, **trouble)
        response = client.get(path)
        assert response.status_code == 503
        assert 'aria-label="503"' in response.text
        assert response["Retry-After"]

    def test_an_old_copy_says_its_age(self, client, loops, aged, path):
        client.get(path)
        loops.get(requests_mock.ANY, exc=requests.ConnectionError)
        with aged():
            response = client.get(f"/ru{path}")
        assert response.status_code == 200
        assert "Сохранённая копия" in response.text
        assert re.findall(r'data-age-seconds="1728\d\d"', response.text)

    def test_a_fresh_answer_has_no_age(self, client, loops, path):
        assert "data-age-seconds" not in client.get(path).text

    def test_refuses_to_be_posted_to(self, client, loops, path):
        assert client.post(path).status_code == 405

    def test_words_of_the_source_are_text(self, client, loops, path):
        evil = '"><script>alert(1)</script>'
        account = samples.account(username="dansup" if "@" in path else evil, name=evil)
        sound = {"has_audio": True, "id": evil, "sound_id": evil, "key": evil}
        media = samples.video()["media"] | {"alt_text": evil}
        video = samples.video(
            account=account,
            caption=evil,
            tags=[evil],
            lang=evil,
            audio=sound,
            media=media,
            url=f"https://x.example/{evil}",
        )
        compact = samples.compact(account=account, captionLinked=evil.replace("<", "&lt;"))
        loops.get(FEED, json=feed(video))
        loops.get(ACCOUNT, json=feed(video))
        loops.get(f"{LOOPS}/api/v1/account/username/dansup", json={"data": account})
        loops.get(TAG, json=feed(compact))
        loops.get(ONE, json={"data": video})
        loops.get(f"{LOOPS}/api/v1/explore/tags", json=[evil])
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestFeed:
    def test_shows_each_video_with_its_neighbours(self, client, loops):
        page = client.get("/videos/").text
        codes = ["fE", "fF", "fG"]
        assert re.findall(r'<article class="reel" id="v-(\w+)"', page) == codes
        assert re.findall(r'href="#v-(\w+)" aria-label="Next video"', page) == codes[1:]
        assert re.findall(r'href="#v-(\w+)" aria-label="Previous video"', page) == codes[:-1]
        assert page.count('aria-disabled="true"') == 2
        assert page.count(f'<source src="{MEDIA}/videos/1/a.mp4" type="video/mp4">') == 3
        assert 'href="/videos/fF/"' in page

    @pytest.mark.django_db
    def test_shows_what_is_stored_here_of_what_comes_next(self, client, loops):
        stored = StoredPosterFactory.create(kind="video", subject="1001")
        posters.forget()
        upcoming = BeautifulSoup(client.get("/videos/").content, "html.parser").select_one(".upnext")
        pictures = [image["src"] for image in upcoming.select("img")]
        assert [stored.digest in src for src in pictures] == [True, False]
        assert pictures[1].startswith(MEDIA)

    def test_only_the_first_film_is_loaded_ahead(self, client, loops):
        assert re.findall(r'preload="(\w+)"', client.get("/videos/").text) == ["metadata", "none", "none"]

    def test_links_to_what_is_trending(self, client, loops):
        assert '<a href="/videos/tag/neon%20rain/">#neon rain</a>' in client.get("/videos/").text

    def test_stands_without_what_is_trending(self, client, loops):
        loops.get(f"{LOOPS}/api/v1/explore/tags", exc=requests.ConnectionError)
        response = client.get("/videos/")
        assert response.status_code == 200
        assert response.text.count("<article") == 3

    def test_without_videos_says_so(self, client, loops):
        loops.get(FEED, json=feed())
        response = client.get("/videos/")
        assert response.status_code == 200
        assert "Loops has nothing in its feed for guests at the moment." in response.text

    def test_dead_videos_leave_no_hole(self, client, loops):
        loops.get(FEED, json=feed([], samples.video("1000"), samples.video("1001", account=[])))
        assert client.get("/videos/").text.count("<article") == 1

    def test_a_sensitive_video_is_covered_everywhere(self, client, loops):
        hidden = {"thumbnail": f"{MEDIA}/hidden.jpg", "src_url": f"{MEDIA}/hidden.mp4", "width": 9, "height": 16}
        sensitive = samples.video("1001", is_sensitive=True, media=hidden)
        loops.get(FEED, json=feed(samples.video("1000"), sensitive))
        page = client.get("/videos/").text
        assert '<article class="reel cov" id="v-fF"' in page
        assert '<details><summary class="veil">' in page
        assert "Show anyway" in page
        # the cover itself is lifted without a script; what is up next has no picture
        assert page.count("hidden.jpg") == page.count('poster="https://loopsusercontent.com/hidden.jpg"') == 1

    def test_what_cannot_be_is_named_and_ignored_on_the_walls(self, client, loops):
        page = client.get("/videos/@dansup/?sort=best").text
        assert "Order: <q>best</q>" in page


class TestVideo:
    def test_has_every_field(self, client, loops):
        page = page_of(client, loops, lang="ru", tags=["cats"])
        facts = ["dansup", "@dansup", "18 January 2025", "edited", "Wow!", "#cats", "Russian", "Pinned", "720 × 1278"]
        facts += [
            "0:54",
            VIDEO_ID,
            SHORTCODE,
            f"at:{VIDEO_ID}",
            "248936263126653225",
            "80cf38c3-cd9c-4e75-8e24-a955c79c883b",
        ]
        for fact in facts:
            assert fact in page, fact
        for word, figure in [("likes", 327), ("comments", 50), ("shares", 23)]:
            assert f'<dt>{word}</dt><dd class="num">{figure}</dd>' in page
        rows = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)</dd>", page))
        assert rows["Bookmarks"] == "6"
        assert [rows[may] for may in ("Comments", "Download", "Duet", "Stitch", "Embedding")] == [
            "yes",
            "no",
            "no",
            "no",
            "yes",
        ]
        assert rows["Marked as"] == "not sensitive, pinned by its author"
        assert rows["Kept at"] == "this server of Loops"
        assert rows["Tie to this site’s account"] == "its own"
        assert rows["What it shows"] == "not described"
        assert f'<img src="{MEDIA}/avatars/1/y6i8g7330.jpg"' in page
        assert '<a class="btn sm" href="https://loops.video/v/5YvxWOxcRa" rel="noopener">Open in Loops' in page
        assert '<h1 class="cap" id="c-5YvxWOxcRa" lang="ru">Wow!</h1>' in page

    @pytest.mark.parametrize(
        ("flags", "tie"),
        [
            ({"is_owner": False}, "liked, bookmarked"),
            ({"is_owner": False, "has_liked": False}, "bookmarked"),
            ({"is_owner": False, "has_liked": False, "has_bookmarked": False}, "none"),
        ],
    )
    def test_what_depends_on_who_asks(self, client, loops, flags, tie):
        assert f"<dd>{tie}</dd>" in page_of(client, loops, **flags)

    def test_counts_are_written_in_the_pages_language(self, client, loops):
        loops.get(ONE, json={"data": samples.video(likes=18400, comments=1)})
        assert '<dt>likes</dt><dd class="num">18,400</dd>' in client.get(VIDEO).text
        assert '<dt>comment</dt><dd class="num">1</dd>' in client.get(VIDEO).text
        assert '<dd class="num">18\xa0400</dd>' in client.get(f"/ru{VIDEO}").text

    def test_a_caption_has_links_and_line_breaks(self, client, loops):
        caption = "🎆 @sora@cels.example & #Neon\nvia @dansup <b>"
        mentions = [
            {"username": "sora@cels.example", "start_index": 3, "end_index": 21, "profile_id": "77", "is_local": False},
            {"username": "dansup", "start_index": 34, "end_index": 41, "profile_id": None, "is_local": True},
        ]
        page = page_of(client, loops, caption=caption, mentions=mentions, tags=["neon", "rain"])
        assert (
            '🎆 <a class="link" href="/videos/@sora@cels.example/" title="From another server, account 77">'
            "@sora@cels.example</a> &amp; "
            '<a class="link" href="/videos/tag/neon/">#Neon</a><br>via '
            '<a class="link" href="/videos/@dansup/" title="">@dansup</a> &lt;b&gt;</h1>'
        ) in page
        assert '<p class="tags"><a href="/videos/tag/rain/">#rain</a></p>' in page

    def test_a_video_without_words(self, client, loops):
        assert "Without words" in page_of(client, loops, caption=None)

    def test_sensitive_content_is_covered_and_not_named_to_others(self, client, loops):
        loops.get(ONE, json={"data": samples.video(is_sensitive=True, caption="Secret words")})
        page = client.get(VIDEO).text
        assert '<details><summary class="veil">' in page
        head = page[: page.index("</head>")]
        assert "og:image" not in head
        assert "Secret" not in head

    def test_an_open_video_has_no_cover(self, client, loops):
        page = client.get(VIDEO).text
        assert 'class="veil"' not in page
        assert f'<meta property="og:image" content="{MEDIA}/videos/1/a.jpg">' in page
        assert '<meta name="robots" content="noindex">' in page

    @pytest.mark.parametrize(
        ("media", "whole"),
        [
            ({"width": 720, "height": 1280}, False),
            ({"width": 1280, "height": 720}, True),
            ({"width": 1000, "height": 1000}, True),
            ({"width": None, "height": None}, False),
        ],
    )
    def test_wide_pictures_are_shown_whole(self, client, loops, media, whole):
        page = page_of(client, loops, media=samples.video()["media"] | media)
        assert ('<div class="f uncut">' in page) is whole

    def test_labels_of_the_source(self, client, loops):
        page = page_of(client, loops, meta={"contains_ai": True, "contains_ad": True})
        assert '<span class="flag">Contains AI</span><span class="flag">Paid promotion</span>' in page

    def test_no_labels_where_the_source_has_none(self, client, loops):
        assert 'class="flag"' not in page_of(client, loops)

    def test_a_description_for_those_who_cannot_see_it(self, client, loops):
        page = page_of(client, loops, media=samples.video()["media"] | {"alt_text": "A cat on a roof"})
        assert re.search(r'<video [^>]*aria-label="A cat on a roof"', page)

    def test_comments_that_are_off(self, client, loops):
        page = page_of(client, loops, permissions={"can_comment": False})
        assert "Comments are off." in page
        assert "<dt>comments</dt>" not in page

    def test_what_may_not_be_downloaded_is_not_offered(self, client, loops):
        assert 'aria-label="Download"' not in page_of(client, loops)

    def test_what_may_be_downloaded_is_offered(self, client, loops):
        page = page_of(client, loops, permissions={"can_download": True})
        assert f'<a class="ico" href="{MEDIA}/videos/1/a.mp4" download rel="noopener" aria-label="Download">' in page

    def test_a_remote_author(self, client, loops):
        account = samples.account(username="sora@cels.example", avatar=None, name="Sora")
        page = page_of(client, loops, account=account, is_local=False)
        assert "@sora@cels.example" in page
        assert '<span class="tag">From another server</span>' in page
        assert "another server" in page
        assert "<span>S</span></a>" in page

    def test_a_video_without_a_file(self, client, loops):
        page = page_of(client, loops, media={"thumbnail": f"{MEDIA}/a.jpg", "src_url": None})
        assert "Loops has no playable file of this video." in page
        assert "<video" not in page
        assert f'<img src="{MEDIA}/a.jpg"' in page

    def test_a_silent_video(self, client, loops):
        page = page_of(client, loops, audio={"has_audio": False})
        assert '<span class="tag">No sound</span>' in page

    @pytest.mark.parametrize("headers", [{}, SWAP])
    @pytest.mark.parametrize(
        ("answer", "status", "sentence"),
        [
            (
                {"status_code": 404, "json": samples.error("404", "x")},
                404,
                "This video was deleted, or there never was one",
            ),
            ({"json": {"data": []}}, 404, "This video was deleted, or there never was one"),
            ({"status_code": 403, "json": samples.error("403", "x")}, 403, "This video is private"),
            ({"status_code": 400, "json": {"message": "x"}}, 403, "The account of its author is suspended"),
            ({"status_code": 429, "json": {"message": "x"}}, 503, "Loops asked us to come back later"),
            ({"json": {"data": {"id": "x", "account": {"id": 1}}}}, 503, "Loops sent something that cannot be read"),
            ({"status_code": 401, "json": {"message": "x"}}, 503, "Loops is not answering"),
            ({"exc": requests.ReadTimeout}, 503, "Loops is not answering"),
        ],
    )
    def test_each_trouble_has_its_own_sentence(self, client, upstream, answer, status, sentence, headers):
        upstream.get(ONE, **answer)
        response = client.get(VIDEO, headers=headers)
        assert response.status_code == status
        assert sentence in response.text

    @pytest.mark.parametrize("code", ["0" + SHORTCODE[:9], "a" * 11, "жук", "a+b"])
    def test_what_cannot_be_a_shortcode_is_a_404(self, client, upstream, code):
        response = client.get(f"/videos/{code}/")
        assert response.status_code == 404
        assert "This video was deleted, or there never was one" in response.text
        assert not upstream.called


class TestWalls:
    def test_an_account_has_its_name_and_its_videos(self, client, loops):
        page = client.get("/videos/@dansup/").text
        assert '<h1 class="xl as-is">dansup</h1>' in page
        assert '<p class="mt">@dansup</p>' in page
        assert page.count('<div class="vid"') == 3
        assert 'href="/videos/fE/"' in page

    def test_an_account_in_another_order(self, client, loops):
        page = client.get("/videos/@dansup/?sort=Popular").text
        assert loops.last_request.query == "sort=Popular"
        assert '<a href="?sort=Popular" aria-current="true">Popular</a>' in page
        assert '<a href="?sort=Oldest">Oldest</a>' in page
        assert '<a href="?">Latest</a>' in page

    def test_the_next_page_is_a_link_that_swaps_in(self, client, loops):
        assert 'hx-get="?cursor=abc%3D"' in client.get("/videos/@dansup/").text
        more = client.get("/videos/@dansup/?cursor=abc%3D", headers=SWAP).text
        assert loops.last_request.query == "cursor=abc%3D&sort=Latest"
        assert more.count('<div class="vid"') == 3
        assert "<h1" not in more

    def test_a_handle_that_was_shown_need_not_be_looked_up(self, client, loops):
        client.get("/videos/")
        assert client.get("/videos/@dansup/").status_code == 200
        assert not [request for request in loops.request_history if "username" in request.path]

    def test_a_remote_account(self, client, loops):
        remote = samples.account(id="7", username="sora@cels.example", name="Sora")
        loops.get(f"{LOOPS}/api/v1/account/username/sora%40cels.example", json={"data": remote})
        loops.get(f"{LOOPS}/api/v1/feed/account/7", json=feed(samples.video(account=remote, is_local=False)))
        page = client.get("/videos/@sora@cels.example/")
        assert page.status_code == 200
        assert "@sora@cels.example" in page.text
        assert '<span class="tag">From another server</span>' in page.text

    def test_another_spelling_leads_to_the_account(self, client, loops):
        loops.get(f"{LOOPS}/api/v1/account/username/DanSup", json={"data": samples.account()})
        response = client.get("/ru/videos/@DanSup/?sort=Oldest")
        assert (response.status_code, response["Location"]) == (301, "/ru/videos/@dansup/?sort=Oldest")

    @pytest.mark.parametrize("headers", [{}, SWAP])
    @pytest.mark.parametrize("url", [f"{LOOPS}/api/v1/account/username/dansup", ACCOUNT])
    @pytest.mark.parametrize(
        ("answer", "status", "sentence"),
        [
            ({"status_code": 404, "json": samples.error("404", "x")}, 404, "This account was deleted, or there never"),
            ({"status_code": 400, "json": samples.error("400", "x")}, 403, "This account is suspended"),
            ({"status_code": 403, "json": samples.error("403", "x")}, 403, "Loops shows this account to nobody"),
            ({"status_code": 429, "json": {"message": "x"}}, 503, "Loops asked us to come back later"),
            ({"text": "<html>"}, 503, "cannot be read as an account’s videos"),
            ({"exc": requests.ReadTimeout}, 503, "Loops is not answering"),
        ],
    )
    def test_each_trouble_of_an_account_has_its_own_sentence(
        self, client, loops, url, answer, status, sentence, headers
    ):
        loops.get(url, **answer)
        response = client.get("/videos/@dansup/", headers=headers)
        assert response.status_code == status
        assert sentence in response.text

    def test_an_account_without_videos(self, client, loops):
        loops.get(ACCOUNT, json=feed())
        response = client.get("/videos/@dansup/")
        assert response.status_code == 200
        assert '<h1 class="xl as-is">dansup</h1>' in response.text
        assert "This account has no videos for guests." in response.text

    def test_a_hashtag_in_the_compact_shape(self, client, loops):
        loops.get(TRENDING, status_code=404, json=samples.error("404", "x"))
        loops.get(TAG, json={"data": [samples.compact("1000")], "meta": {"total_results": 41}})
        page = client.get("/videos/tag/neon/").text
        assert '<h1 class="xl as-is">#neon</h1>' in page
        assert "41 videos" in page
        assert "Rain &amp; #neon" in page
        assert 'aria-label="Order"' not in page

    def test_a_hashtag_in_fashion_has_more_videos_and_each_once(self, client, loops):
        loops.get(TRENDING, json=samples.page(*(samples.compact(str(id)) for id in (1001, 1002, 1003))))
        page = client.get("/videos/tag/neon/").text
        assert re.findall(r'data-heart-subject="\w+"><a href="/videos/(\w+)/"', page) == ["fF", "fG", "fH", "fE"]

    @pytest.mark.parametrize("gone", [TAG, TRENDING])
    def test_a_hashtag_stands_on_either_of_its_places(self, client, loops, gone):
        loops.get(gone, exc=requests.ConnectionError)
        page = client.get("/videos/tag/neon/")
        assert page.status_code == 200
        assert 'data-heart-subject="fE"><a href="/videos/fE/"' in page.text

    def test_a_hashtag_for_adults(self, client, loops):
        loops.get(TAG, json={"data": [], "links": [], "meta": {"is_nsfw": True, "is_guest": True}})
        page = client.get("/videos/tag/neon/").text
        assert "only to grown-ups who are signed in there" in page
        assert 'class="vid"' not in page

    def test_a_hashtag_nobody_used(self, client, loops):
        loops.get(TAG, json=feed())
        loops.get(TRENDING, status_code=404, json=samples.error("404", "x"))
        assert "No video has this hashtag." in client.get("/videos/tag/neon/").text

    def test_a_hashtag_that_does_not_exist(self, client, loops):
        for url in (TAG, TRENDING):
            loops.get(url, status_code=404, json=samples.error("404", "x"))
        response = client.get("/videos/tag/neon/")
        assert response.status_code == 404
        assert "No video has this hashtag." in response.text

    @pytest.mark.parametrize("tag", ["гуашь", "neon rain", "a/b", "50%", "#1", "夜景"])
    def test_any_hashtag_has_an_address(self, client, loops, tag):
        compact = samples.page(samples.compact("1000"))
        for place in ("tags/video", "explore/tag-feed"):
            loops.get(f"{LOOPS}/api/v1/{place}/{quote(tag.removeprefix('#'), safe='')}", json=compact)
        page = client.get(reverse("catalog:video_tag", args=[tag]))
        assert page.status_code == 200
        assert f'<h1 class="xl as-is">#{tag}</h1>' in page.text

    @pytest.mark.parametrize("path", ["/videos/@dansup/", "/videos/tag/neon/"])
    @pytest.mark.parametrize("status", [404, 400, 422])
    def test_a_place_in_the_list_that_has_expired_leads_back_to_its_beginning(self, client, loops, path, status):
        for url in (ACCOUNT, TAG):
            loops.get(f"{url}?cursor=old", status_code=status, json={"message": "x"})
        response = client.get(f"{path}?cursor=old")
        assert (response.status_code, response["Location"]) == (302, path)
        swap = client.get(f"{path}?cursor=old", headers=SWAP)
        assert (swap.status_code, swap["HX-Redirect"]) == (200, path)
        assert all("HX-Request" in answer["Vary"] for answer in (response, swap))

    @pytest.mark.parametrize(
        ("query", "address"),
        [
            ("account=1", "@dansup/"),
            ("account=1&sort=Oldest&cursor=x", "@dansup/?sort=Oldest"),
            ("account=@dansup", "@dansup/"),
            ("account=@sora@cels.example&sort=Popular", "@sora@cels.example/?sort=Popular"),
            ("tag=neon&cursor=x", "tag/neon/"),
            ("trending=neon%20rain", "tag/neon%20rain/"),
            ("tag=%23neon", "tag/neon/"),
        ],
    )
    def test_addresses_of_old_have_moved_for_good(self, client, loops, query, address):
        response = client.get(f"/ru/videos/?{query}")
        assert (response.status_code, response["Location"]) == (301, f"/ru/videos/{address}")

    def test_an_account_of_old_that_shows_nothing_is_a_404(self, client, loops):
        loops.get(ACCOUNT, json=feed())
        assert client.get("/videos/?account=1").status_code == 404
