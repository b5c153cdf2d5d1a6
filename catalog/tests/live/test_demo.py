"""The demo upstream as a real process: three APIs, media and notices over HTTP on loopback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from hashlib import sha1

import bencode2
import pytest
import requests
from django.conf import settings
from websockets.sync.client import connect

from catalog.tests.live.processes import children, environment, free_port, running, wait_for

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]


def test_the_three_apis_answer(demo):
    assert requests.get(f"{demo}/anilibria/v2/getTitle?id=8500&filter=code", timeout=10).json() == {
        "code": "nanatsu-no-taizai-kamigami-no-gekirin"
    }
    assert requests.get(f"{demo}/animeloop/api/v2/loop/count", timeout=10).json()["data"] == {"count": 40}
    video = requests.get(
        f"{demo}/loops/api/v1/video/107099161459215690", headers={"Accept": "application/json"}, timeout=10
    )
    assert video.json()["data"]["shortcode"] == "5YvxWOxcRa"


def test_a_torrent_over_http_has_the_info_hash_that_the_api_names(demo):
    title = requests.get(f"{demo}/anilibria/v2/getTitle?id=8500&include=torrent_meta", timeout=10).json()
    for torrent in title["torrents"]["list"]:
        file = requests.get(demo + torrent["url"], timeout=10)
        assert file.headers["Content-Type"] == "application/x-bittorrent"
        info = bencode2.bdecode(file.content)[b"info"]
        assert sha1(bencode2.bencode(info)).hexdigest() == torrent["metadata"]["hash"]


def test_media_are_served_with_ranges_and_built_on_request(demo):
    title = requests.get(f"{demo}/anilibria/v2/getTitle?id=8500&filter=player,poster", timeout=10).json()
    episode = title["player"]["playlist"]["1"]
    poster = requests.get(demo + title["poster"]["url"], timeout=10)
    assert poster.headers["Content-Type"] == "image/jpeg"
    assert poster.content[:2] == b"\xff\xd8"

    part = requests.get(demo + episode["mp4"]["sd"], headers={"Range": "bytes=4-7"}, timeout=60)
    assert (part.status_code, part.content) == (206, b"ftyp")
    saved = requests.head(demo + episode["mp4"]["sd"] + episode["mp4"]["download"]["sd"], timeout=10)
    assert saved.headers["Content-Disposition"].startswith("attachment")

    playlist = requests.get(demo + episode["hls"]["sd"], timeout=10)
    assert playlist.text.startswith("#EXTM3U")
    assert playlist.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/upload/release/350x500/1.jpg", "/upload/torrents/1.torrent", "/files/../secret_key"]
)
def test_what_is_not_in_the_demo_is_not_found(demo, path):
    assert requests.get(demo + path, timeout=10).status_code in {400, 404}


def test_a_random_file_is_the_file_itself_with_ranges(demo):
    answer = requests.get(
        f"{demo}/animeloop/api/v2/rand/loop-360p.jpg", headers={"Range": "bytes=0-1"}, allow_redirects=False, timeout=10
    )
    assert (answer.status_code, answer.content) == (206, b"\xff\xd8")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "X-Sendfile" not in answer.headers


def test_notices_come_over_the_websocket_to_whom_they_fit(demo):
    address = demo.replace("http", "ws") + "/anilibria/v2/ws/"
    with connect(address) as all_of_them, connect(address) as none_of_them:
        none_of_them.send(json.dumps({"subscribe": {"season": {"year": 1900}}}))
        notice = json.loads(all_of_them.recv(timeout=60))
        assert {"hash", "title"} <= notice.keys() or {"id", "serie", "playlist"} <= notice.keys()
        with pytest.raises(TimeoutError):
            none_of_them.recv(timeout=1)


def test_slow_and_flaky_on_request(tmp_path):
    port = free_port()
    arguments = ("--port", str(port), "--latency", "300", "--fail", "0.5")
    with running("manage.py", "demo", *arguments, env=environment(tmp_path), log=tmp_path / "log"):
        address = f"http://127.0.0.1:{port}/anilibria/v2/getYears"
        wait_for(address)
        started = time.monotonic()
        codes = [requests.get(address, timeout=10).status_code for _ in range(20)]
        assert time.monotonic() - started >= 20 * 0.3
        assert set(codes) == {200, 502}


def test_killed_it_leaves_no_builder_behind(tmp_path):
    port = free_port()
    with running("manage.py", "demo", "--port", str(port), env=environment(tmp_path), log=tmp_path / "log") as process:
        wait_for(f"http://127.0.0.1:{port}/anilibria/v2/getYears")
        below = children(process.pid)
        assert below
        process.kill()
        process.wait()
        ends = time.monotonic() + 10
        while alive := [pid for pid in below if is_alive(pid)]:
            assert time.monotonic() < ends, alive
            time.sleep(0.1)


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.parametrize(
    "arguments", [("--latency", "-1"), ("--latency", "soon"), ("--fail", "1.5"), ("--port", "99999")]
)
def test_a_wrong_option_is_a_clear_error(tmp_path, arguments):
    done = ask_for_demo(tmp_path, *arguments)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = ask_for_demo(tmp_path, "--port", str(port))
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(port) in done.stderr


def ask_for_demo(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "demo", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
    )
