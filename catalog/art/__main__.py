"""Write the standing art where templates and pages look for it: ``python -m catalog.art``."""

from __future__ import annotations

from pathlib import Path

from catalog.art.ornaments import images, includes

PROJECT = Path(__file__).resolve().parents[2]


def main() -> None:
    for folder, drawings in ((PROJECT / "templates" / "art", includes()), (PROJECT / "static" / "img", images())):
        folder.mkdir(parents=True, exist_ok=True)
        for name, markup in drawings.items():
            (folder / name).write_text(f"{markup}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
