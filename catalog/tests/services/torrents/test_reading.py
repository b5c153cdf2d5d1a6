"""Every version of .torrent files is read, and everything hostile is refused with its reason."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha1, sha256

import bencode2
import pytest
from django.conf import settings

from catalog.domain.titles import Torrent, TorrentFile, TorrentMetadata
from catalog.services.torrents import Refused, read
from catalog.tests.services.torrents import made

HOSTILE = {name: (data, reason) for name, data, reason in made.hostile()}
FILES = (TorrentFile(name="01.mkv", size=100), TorrentFile(name="extra/02.mkv", size=200, offset=100))


def raw(info: object) -> bytes:
    return bencode2.bencode(info)


def test_version_1():
    outer = {
        "announce": b"udp://one",
        "announce-list": [[b"udp://one"], [b"http://two/a", b"javascript:alert(1)", b"http://\x1b"], b"no tier"],
        "creation date": 1570770775,
    }
    contents = read(made.encoded(made.info_v1(), **outer))

    assert contents.version == "v1"
    assert contents.size == 300
    assert contents.metadata == TorrentMetadata(
        info_hash=sha1(raw(made.info_v1())).hexdigest(),
        name="Show",
        trackers=("udp://one", "http://two/a"),
        created_at=datetime(2019, 10, 11, 5, 12, 55, tzinfo=UTC),
        files=FILES,
    )


def test_one_file_by_itself():
    assert read(made.encoded(made.single())).metadata.files == (TorrentFile(name="film.mkv", size=5),)


def test_version_2_alone_has_no_hash_of_version_1():
    contents = read(made.encoded(made.info_v2()))
    of_v2 = sha256(raw(made.info_v2())).hexdigest()

    assert (contents.version, contents.metadata.info_hash, contents.metadata.info_hash_v2) == ("v2", None, of_v2)
    assert contents.metadata.files == FILES
    torrent = Torrent(id=1, info_hash=of_v2[:40], metadata=contents.metadata)
    assert torrent.magnet.startswith(f"magnet:?xt=urn:btmh:1220{of_v2}&dn=Show")


def test_a_hybrid_has_both_hashes():
    contents = read(made.encoded(made.hybrid()))
    metadata = contents.metadata

    assert contents.version == "hybrid"
    assert metadata.info_hash == sha1(raw(made.hybrid())).hexdigest()
    assert metadata.info_hash_v2 == sha256(raw(made.hybrid())).hexdigest()
    magnet = Torrent(id=1, info_hash=metadata.info_hash, metadata=metadata).magnet
    assert magnet.startswith(f"magnet:?xt=urn:btih:{metadata.info_hash}&xt=urn:btmh:1220{metadata.info_hash_v2}")


def test_what_fills_pieces_up_is_no_file_but_counts_for_the_places():
    info = made.info_v1([((b"a",), 10), ((b".pad", b"6"), 6), ((b"b",), 4)])
    info[b"files"][1][b"attr"] = b"p"
    assert read(made.encoded(info)).metadata.files == (
        TorrentFile(name="a", size=10),
        TorrentFile(name="b", size=4, offset=16),
    )


def test_names_that_are_no_utf8_are_shown_as_such():
    assert read(made.encoded(made.info_v1([((b"\xd1\xee.mkv",), 1)]))).metadata.files[0].name == "\ufffd\ufffd.mkv"


@pytest.mark.parametrize("info", [made.info_v1(), made.info_v2(), made.hybrid()], ids=["v1", "v2", "hybrid"])
def test_the_hash_is_of_the_bytes_as_they_came(info):
    of_v1, of_v2 = sha1(raw(info)).hexdigest(), sha256(raw(info)).hexdigest()
    theirs = {of_v2, of_v2[:40]} if b"file tree" in info else set()
    theirs |= {of_v1, of_v1.upper()} if b"pieces" in info else set()
    for declared in theirs:
        assert read(made.encoded(info), declared_hash=declared).size == 300
    with pytest.raises(Refused, match="its info hash is"):
        read(made.encoded(info), declared_hash="0" * 40)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_torrents_are_refused_with_the_reason(name):
    data, reason = HOSTILE[name]
    with pytest.raises(Refused) as caught:
        read(data)
    assert reason in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_real_torrents(shared_data):
    for path in sorted((shared_data / "torrents").glob("cc-*.torrent")):
        contents = read(path.read_bytes())
        assert contents.version == "v1"
        assert contents.size > 10**6


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absolute_filename", "an absolute path"),
        ("parent_path", "“..”"),
        ("bad_name", "not a torrent"),  # the same key twice
        ("negative_file_size", "not a torrent"),  # its keys are in no order either
    ],
)
def test_hostile_torrents_of_others(shared_data, name, reason):
    with pytest.raises(Refused, match=reason):
        read((shared_data / "torrents" / f"lt-{name}.torrent").read_bytes())


def test_a_torrent_of_version_2_of_others(shared_data):
    contents = read((shared_data / "torrents" / "lt-v2_only.torrent").read_bytes())
    assert (contents.version, contents.size, contents.metadata.info_hash) == ("v2", 2**20, None)


MEASURE = """
import django
django.setup()
from catalog.services.torrents import Refused, read
from catalog.tests.services.torrents import made
for name, data, reason in made.hostile():
    try:
        read(data)
    except Refused:
        continue
    raise SystemExit(f"{name} was read")
read(made.encoded(made.info_v1([((b"%d" % n,), 1) for n in range(5000)])))
with open("/proc/self/status") as status:  # getrusage would begin with what the parent took
    print(int(status.read().partition("VmHWM:")[2].split()[0]) // 1024)
"""


def test_memory_stays_below_300_mb_throughout():
    environment = {"DJANGO_SETTINGS_MODULE": "animesite.settings", "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert int(done.stdout) < 300
