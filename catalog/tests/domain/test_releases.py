from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.domain.releases import (
    DEEPEST,
    Folder,
    file_of,
    has_known_places,
    in_order,
    magnet_of_episode,
    magnet_of_file,
    tree,
)
from catalog.domain.titles import Quality, Torrent, TorrentFile, TorrentMetadata

HASH = "e45884bf43636bf61512a6c5eb1b7b9b0e84a925"


def files(*names: str) -> tuple[TorrentFile, ...]:
    """Each of 10 bytes, one behind the other."""
    return tuple(TorrentFile(name=name, size=10, offset=10 * place) for place, name in enumerate(names))


def torrent(*names: str, **facts) -> Torrent:
    return Torrent(id=1, info_hash=HASH, metadata=TorrentMetadata(name="A", files=files(*names)), **facts)


def depth(folder: Folder) -> int:
    return 1 + max(map(depth, folder.folders.values()), default=0)


class TestTree:
    def test_folders_hold_the_sizes_of_what_is_in_them(self):
        root = tree(files("a.mkv", "subs/ru/a.ass", "subs/ru/b.ass", "subs/c.ass"))
        assert root.size == 40
        assert [(leaf.name, leaf.place) for leaf in root.files] == [("a.mkv", 0)]
        subs = root.folders["subs"]
        assert (subs.size, [leaf.name for leaf in subs.files]) == (30, ["c.ass"])
        assert [(leaf.name, leaf.place) for leaf in subs.folders["ru"].files] == [("a.ass", 1), ("b.ass", 2)]

    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("../../etc/passwd", ["etc", "passwd"]),
            ("/absolute//a.mkv", ["absolute", "a.mkv"]),
            ("C:\\Windows\\a.mkv", ["C:", "Windows", "a.mkv"]),
            ("./ ./a.mkv", ["a.mkv"]),
            ("..", [".."]),
            ("/", ["/"]),
            ("<b>a</b>.mkv", ["<b>a<", "b>.mkv"]),
            ("a/", ["a"]),
        ],
    )
    def test_a_path_only_ever_goes_down(self, name, path):
        *parents, last = path
        folder = tree(files(name))
        for parent in parents:
            assert folder.files == []
            folder = folder.folders[parent]
        assert [leaf.name for leaf in folder.files] == [last]

    def test_no_path_is_deeper_than_a_page_can_show(self):
        root = tree(files("/".join("abcdefghij" * 500)))
        assert depth(root) == DEEPEST
        assert root.size == 10

    def test_a_name_can_be_a_file_and_a_folder(self):
        root = tree(files("a", "a/b"))
        assert [leaf.name for leaf in root.files] == ["a"]
        assert [leaf.name for leaf in root.folders["a"].files] == ["b"]

    def test_of_nothing_is_empty(self):
        assert tree([]) == Folder()


class TestFileOfAnEpisode:
    @pytest.mark.parametrize(
        "names",
        [
            ["Nanatsu_[01]_[AniLibria_TV]_[WEBRip_1080p].mkv", "Nanatsu_[02]_[AniLibria_TV]_[WEBRip_1080p].mkv"],
            ["86_[01]_[1080p].mkv", "86_[02]_[1080p].mkv"],
            ["Show 2 - 01 [1080p].mkv", "Show 2 - 02 [1080p].mkv"],
            ["Show.S02E01.1080p.x265.mkv", "Show.S02E02.1080p.x265.mkv"],
            ["Show_-_01v2_(10bit).mkv", "Show_-_02_(10bit).mkv"],
            ["season 1/01. Начало.mkv", "season 1/02. Конец.mkv"],
            ["Show [1].mp4", "Show [2].mp4"],
            ["[AniLibria] Show [Ep 01].avi", "[AniLibria] Show [Ep 02].avi"],
        ],
    )
    def test_is_the_one_with_its_number(self, names):
        assert file_of(files(*names), 2) == 1
        assert file_of(files("cover.jpg", *names), 2) == 2
        assert file_of(files(*names), 3) is None

    def test_halves_are_numbers_too(self):
        names = files("A_[12]_[TV].mkv", "A_[12.5]_[TV].mkv", "A_[13]_[TV].mkv")
        assert [file_of(names, number) for number in (12, 12.5, 13)] == [0, 1, 2]

    def test_two_candidates_are_none(self):
        assert file_of(files("A_[02]_[720p].mkv", "A_[02]_[1080p].mkv"), 2) is None

    def test_only_films_count(self):
        assert file_of(files("A_[02].ass", "A_[02].mkv"), 2) == 1
        assert file_of(files("A_[02].ass"), 2) is None

    def test_heights_and_codecs_are_no_episodes(self):
        names = files("A - 01 [1080p] [x264].mkv", "A - 02 [1080p] [x264].mkv")
        assert file_of(names, 1080) is None
        assert file_of(names, 264) is None


class TestMagnets:
    def test_of_a_file_asks_for_its_place(self):
        whole = torrent("A_[01].mkv", "A_[02].mkv")
        assert magnet_of_file(whole, 1) == f"{whole.magnet}&so=1"
        assert magnet_of_episode(whole, 2) == f"{whole.magnet}&so=1"

    def test_of_a_single_file_is_the_torrent_itself(self):
        assert magnet_of_episode(torrent("A_[01].mkv"), 1) is None

    def test_without_a_number_a_hash_or_files_there_is_none(self):
        assert magnet_of_episode(torrent("A_[01].mkv", "A_[02].mkv"), None) is None
        assert magnet_of_episode(Torrent(id=1, info_hash=HASH), 1) is None
        unknown = Torrent(id=1, metadata=TorrentMetadata(files=files("A_[01].mkv", "A_[02].mkv")))
        assert magnet_of_episode(unknown, 1) is None

    def test_a_list_with_a_gap_says_no_places(self):
        there = files("A_[01].mkv", "A_[02].mkv", "A_[03].mkv")
        gap = Torrent(id=1, info_hash=HASH, metadata=TorrentMetadata(files=(there[0], there[2])))
        assert has_known_places(there)
        assert magnet_of_episode(gap, 3) is None


class TestOrder:
    LOW = torrent(seeders=5, size=100, quality=Quality(resolution=720), uploaded_at=datetime(2020, 1, 1, tzinfo=UTC))
    HIGH = torrent(seeders=1, size=50, quality=Quality(resolution=1080), uploaded_at=datetime(2021, 1, 1, tzinfo=UTC))
    BARE = torrent(seeders=3, size=70)

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ("quality", [HIGH, LOW, BARE]),
            ("-quality", [BARE, LOW, HIGH]),
            ("size", [LOW, BARE, HIGH]),
            ("seeders", [LOW, BARE, HIGH]),
            ("-seeders", [HIGH, BARE, LOW]),
            ("date", [HIGH, LOW, BARE]),
            ("", [LOW, HIGH, BARE]),
            ("nonsense", [LOW, HIGH, BARE]),
        ],
    )
    def test_is_by_what_was_asked_for(self, order, expected):
        assert list(in_order([self.LOW, self.HIGH, self.BARE], order)) == expected
