"""What a browser would send back of a page's form, so that an older page can be sent after a newer one."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.test import Client

Fields = dict[str, str]


def shown(client: Client, url: str, form: str) -> Fields:
    """The fields of the form of that id, as they are without anybody's doing."""
    page = client.get(url)
    assert page.status_code == 200, url
    found = BeautifulSoup(page.content, "html.parser").find("form", id=form)
    assert isinstance(found, Tag)
    return dict(field for tag in found.find_all(["input", "textarea", "select"]) for field in _sent(tag))


def numbered(fields: Fields, key: int, column: str) -> str:
    """The name of the field of that column in the row of that key."""
    [row] = (name.removesuffix("-id") for name, value in fields.items() if name.endswith("-id") and value == str(key))
    return f"{row}-{column}"


def _sent(tag: Tag) -> list[tuple[str, str]]:
    name, kind = str(tag.get("name", "")), tag.get("type")
    if (
        not name
        or kind in ("submit", "button", "reset", "file")
        or (kind in ("checkbox", "radio") and not tag.has_attr("checked"))
    ):
        return []
    if tag.name == "select":
        chosen = tag.find("option", selected=True)
        return [(name, str(chosen["value"]) if isinstance(chosen, Tag) else "")]
    if tag.name == "textarea":
        return [(name, tag.get_text().removeprefix("\n").replace("\n", "\r\n"))]
    return [(name, str(tag.get("value", "on" if kind == "checkbox" else "")))]
