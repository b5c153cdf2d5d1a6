from __future__ import annotations

import pytest

THEMED = "/about/"


def test_says_whose_data_it_is_and_how_to_have_it_removed(client):
    page = client.get("/about/").text
    for fact in ("AniLibria", "Animeloop", "Loops", "Unofficial", "To have something removed"):
        assert fact in page


class TestTheme:
    @pytest.mark.parametrize("theme", ["dark", "light", "system"])
    def test_is_kept_and_leads_back(self, client, theme):
        response = client.post("/theme/", {"theme": theme, "next": "/ru/catalog/?q=x"})
        assert response.status_code == 303
        assert response["Location"] == "/ru/catalog/?q=x"
        assert response.cookies["theme"].value == theme
        assert f'data-theme="{theme}"' in client.get(THEMED).text

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
    def test_never_leads_elsewhere(self, client, back):
        assert client.post("/theme/", {"theme": "light", "next": back})["Location"] == "/"

    def test_an_unknown_one_changes_nothing(self, client):
        assert not client.post("/theme/", {"theme": "neon", "next": "/"}).cookies

    def test_is_not_changed_by_a_link(self, client):
        assert client.get("/theme/?theme=light").status_code == 405

    @pytest.mark.parametrize(("theme", "private"), [("", False), ("neon", False), ("dark", False), ("light", True)])
    def test_makes_a_page_private_only_where_it_changes_it(self, client, theme, private):
        client.cookies["theme"] = theme
        assert ("private" in client.get(THEMED)["Cache-Control"]) is private

    def test_colours_the_browser_too(self, client):
        client.cookies["theme"] = "light"
        assert '<meta name="theme-color" content="#f1eadb">' in client.get(THEMED).text


def test_a_browser_that_guesses_finds_the_icon(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"
