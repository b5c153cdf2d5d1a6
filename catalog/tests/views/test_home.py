from __future__ import annotations

import pytest
import requests
import requests_mock

from catalog.tests.views import samples


def test_leads_with_the_latest_update(client, everything):
    page = client.get("/").text
    assert '<h2 class="giant" id="lead" lang="ru" style="--n:8"><a href="/title/nanatsu-no-taizai/">' in page
    assert "20 November, 09:00" in page
    assert "Voice: Kari, Anzen" in page
    assert 'href="/title/ranma/"' in page


def test_shows_today_and_the_week(client, everything):
    page = client.get("/").text
    assert "Friday 20 November 2026" in page
    assert "Autumn season, week 8" in page
    assert "<b>2</b> titles this week" in page
    assert "Friday,<br>1 due" in page
    assert "Out at 09:00" in page
    assert '<a href="/schedule/#fri" aria-current="date"><b>Fri</b><i style="--v:1"></i>' in page


def test_puts_the_most_favourited_title_of_the_week_first(client, everything):
    page = client.get("/").text
    assert "In 9,648 favourites" in page
    assert page.index("In 9,648 favourites") < page.rindex("Ранма ½")


def test_shows_loops_and_videos(client, everything):
    page = client.get("/").text
    assert 'src="https://cdn.animeloop.org/1.jpg"' in page
    assert 'data-clip="https://cdn.animeloop.org/1.mp4"' in page
    assert "--dur:0.75" in page
    assert "one of 3,690" in page or "/loops/random/" not in page
    assert "@sora.cels, 1,840 likes" in page


def test_counts_and_sizes_in_russian(client, everything):
    page = client.get("/ru/").text
    assert "Осень, неделя 8" in page
    assert "<b>2</b> тайтла на этой неделе" in page
    assert "В избранном у 9\xa0648 человек" in page
    assert "--dur:0.75" in page
    assert "0,75 с" in page


@pytest.mark.parametrize(
    ("base", "calls", "source", "kept"),
    [
        (samples.ANILIBRIA, ["getUpdates", "getSchedule"], "AniLibria", "@sora.cels"),
        (samples.ANIMELOOP, ["loop", "loop/count"], "Animeloop", "Семь смертных грехов"),
        (samples.LOOPS, ["api/web/feed"], "Loops", "Семь смертных грехов"),
    ],
)
def test_a_dead_upstream_costs_its_own_blocks_only(client, everything, base, calls, source, kept):
    for call in calls:
        everything.get(f"{base}/{call}", exc=requests.ConnectionError)
    response = client.get("/")
    assert response.status_code == 200
    assert f"{source} is not answering" in response.text
    assert response.text.count("is not answering") == response.text.count(f"{source} is not answering")
    assert kept in response.text


def test_everything_down_is_still_a_page(client, upstream):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    response = client.get("/")
    assert response.status_code == 200
    for source in ("AniLibria", "Animeloop", "Loops"):
        assert f"{source} is not answering" in response.text
    assert "Friday" in response.text


def test_nothing_to_show_is_another_sentence(client, everything):
    everything.get(f"{samples.ANILIBRIA}/getUpdates", json=[])
    everything.get(f"{samples.ANILIBRIA}/getSchedule", json=[])
    everything.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop([]))
    everything.get(f"{samples.LOOPS}/api/web/feed", json={"data": [], "links": {}, "meta": {}})
    page = client.get("/").text
    for sentence in ("No titles yet.", "Nothing is announced for today.", "No loops yet.", "No videos yet."):
        assert sentence in page
    assert "is not answering" not in page


def test_covers_a_sensitive_video(client, everything):
    videos = [samples.video(is_sensitive=True)]
    everything.get(f"{samples.LOOPS}/api/web/feed", json={"data": videos, "links": {}, "meta": {}})
    page = client.get("/").text
    covered = page[page.index('<details><summary class="veil">') :]
    before, _, _ = page.partition(covered)
    assert "https://loopsusercontent.com/1.jpg" not in before
    assert covered.index("https://loopsusercontent.com/1.jpg") < covered.index("</details>")
    assert page.count("https://loopsusercontent.com/1.jpg") == 1
