"""Editing in a real Chromium, on a copy: edit, break, mend, preview, save, conflict, restore; nothing typed is lost."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import chosen, dashboard, free_port
from tests.browser.test_accessibility import BEYOND, reader, violations
from tests.conftest import Folder

EDIT = "edit?lang=en&as-of=2024-06-30"
THINGS = "goals/indicators/things.yaml"


@pytest.fixture
def editing(folder: Folder) -> Iterator[str]:
    """The Edit page's address, of one's own catalogue."""
    with dashboard("--goals", str(folder.goals)) as address:
        yield f"{address}/{EDIT}"


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^Text of"))


def at(page: Page, editing: str, file: str = THINGS, beside: str = "changes") -> None:
    """Open a file and wait for its text."""
    page.goto(f"{editing}&file={file}&beside={beside}")
    expect(text(page)).to_contain_text("zh")
    expect(page.get_by_text("No mistake found.")).to_be_visible()


def typed_over(page: Page, old: str, new: str) -> None:
    """Find the words as somebody at the keyboard would, and type others in their place."""
    text(page).focus()
    page.keyboard.press("Control+f")
    page.keyboard.type(old)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.type(new)


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_text_is_broken_and_mended_and_its_verdicts_are_told_before_it_is_saved(
    page: Page, editing: str, folder: Folder
) -> None:
    at(page, editing)
    before = (folder.root / THINGS).read_text(encoding="utf-8")
    typed_over(page, "value: 30", "value: 15")
    expect(page.get_by_text("This edit turns 1 verdict from")).to_be_visible()
    expect(page.locator("tr.removed")).to_contain_text("value: 30")
    expect(page.locator("tr.added")).to_contain_text("value: 15")
    typed_over(page, "direction: higher", "direction: hihger")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    saved(page)
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    assert (folder.root / THINGS).read_text(encoding="utf-8") == before
    page.get_by_role("button", name="Line 4").click()
    expect(text(page)).to_be_focused()
    typed_over(page, "hihger", "higher")
    expect(page.get_by_text("No mistake found.")).to_be_visible()
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert (folder.root / THINGS).read_text(encoding="utf-8") == before.replace("value: 30", "value: 15")


def test_the_preview_is_drawn_from_the_unsaved_text_ids_are_completed_and_nobody_else_is_asked(
    page: Page, editing: str
) -> None:
    home, strangers = editing.partition("/edit")[0], list[str]()
    own = (home, home.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda asked: strangers.append(asked.url) if not asked.url.startswith(own) else None)
    at(page, editing, beside="preview")
    typed_over(page, "en: Things", "en: Widgets")
    heading = page.get_by_role("heading", name="Widgets", level=2)
    expect(heading).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    typed_over(page, "unit: things", "unit: ")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option", name=re.compile("^place"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("The preview shows the last one without.")).to_be_visible()
    expect(heading).to_be_visible()
    text(page).press("Escape")
    page.keyboard.press("Tab")
    expect(text(page)).not_to_be_focused()
    assert violations(page) == set()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(BEYOND) == []
    assert strangers == []


def test_unsaved_text_outlives_a_reload_and_is_taken_up_or_dropped(page: Page, editing: str) -> None:
    at(page, editing)
    typed_over(page, "value: 30", "value: 31")
    expect(page.locator("tr.added")).to_contain_text("value: 31")
    page.reload()
    expect(page.get_by_text("was kept in this browser")).to_be_visible()
    expect(text(page)).to_contain_text("value: 30")
    page.get_by_role("button", name="Take it up").click()
    expect(text(page)).to_contain_text("value: 31")
    expect(page.locator("tr.added")).to_contain_text("value: 31")
    page.reload()
    page.get_by_role("button", name="Drop it").click()
    page.reload()
    expect(page.get_by_text("No mistake found.")).to_be_visible()
    expect(page.get_by_text("was kept in this browser")).to_be_hidden()
    expect(text(page)).to_contain_text("value: 30")


def test_what_is_typed_while_the_server_is_gone_reaches_the_next_one(browser: Browser, folder: Folder) -> None:
    port = free_port()
    with reader(browser) as page:
        with dashboard("--goals", str(folder.goals), port=port) as address:
            at(page, f"{address}/{EDIT}")
            typed_over(page, "value: 30", "value: 31")
            expect(page.locator("tr.added")).to_contain_text("value: 31")
        typed_over(page, "value: 31", "value: 32")
        with dashboard("--goals", str(folder.goals), port=port):
            expect(page.locator("tr.added")).to_contain_text("value: 32")
            expect(text(page)).to_contain_text("value: 32")


def test_what_two_change_at_different_places_stands_together_and_at_the_same_place_is_shown(
    page: Page, editing: str, folder: Folder
) -> None:
    at(page, editing)
    typed_over(page, "value: 30", "value: 31")
    expect(page.locator("tr.added")).to_contain_text("value: 31")
    folder.edit(THINGS, "en: Count}", "en: Counted}")
    saved(page)
    expect(page.get_by_text("both changes stand in them now")).to_be_visible()
    expect(text(page)).to_contain_text("Counted")
    typed_over(page, "value: 31", "value: 32")
    expect(page.locator("tr.added")).to_contain_text("value: 32")
    folder.edit(THINGS, "value: 31", "value: 40")
    saved(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved and nothing is lost")
    expect(page.locator("tr.added", has_text="value: 40")).to_be_visible()
    expect(page.locator("tr.added", has_text="value: 32")).to_be_visible()
    assert "value: 40" in (folder.root / THINGS).read_text(encoding="utf-8")
    page.get_by_role("button", name="Go on with my text").click()
    expect(page.locator("tr.removed", has_text="value: 40")).to_be_visible()
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert "value: 32" in (folder.root / THINGS).read_text(encoding="utf-8")
    page.get_by_text("History", exact=True).click()
    page.get_by_role("combobox", name="Version").click()
    page.get_by_role("option").last.click()
    page.get_by_role("button", name="Bring this text back").click()
    expect(text(page)).to_contain_text("value: 30")
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert "value: 30" in (folder.root / THINGS).read_text(encoding="utf-8")


def test_a_catalogue_that_is_broken_on_disk_is_mended_on_the_page(page: Page, editing: str, folder: Folder) -> None:
    folder.edit(THINGS, "direction: higher", "direction: up")
    page.goto(editing.replace("/edit", "/"))
    page.get_by_role("link", name="Mend it here").click()
    expect(page.get_by_role("button", name="Line 4")).to_be_visible()
    typed_over(page, "direction: up", "direction: higher")
    expect(page.get_by_text("No mistake found.")).to_be_visible()
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()


def test_a_form_a_table_and_new_ids_change_the_same_texts_and_all_of_it_outlives_a_reload(
    page: Page, editing: str, folder: Folder
) -> None:
    at(page, editing, beside="changes")
    page.get_by_text("Form", exact=True).click()
    chosen(page, "Good direction", "lower")
    expect(page.locator("tr.added")).to_contain_text("direction: lower")
    page.wait_for_function("Object.keys(localStorage).some(key => key.includes('unsaved text'))")
    page.reload()
    page.get_by_role("button", name="Take it up").click()
    expect(page.locator("tr.added")).to_contain_text("direction: lower")
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.goto(f"{editing}&file=figures/things.csv&beside=changes&mode=table")
    page.get_by_text("Paste rows from a spreadsheet").click()
    page.get_by_label("What was copied").fill("2023\t1,800\n")
    page.get_by_role("button", name="Add these rows").click()
    expect(page.get_by_role("alert").first).to_contain_text("1800")
    page.get_by_label("What was copied").fill("2023\t18\n")
    page.get_by_role("button", name="Add these rows").click()
    expect(page.locator("tr.added")).to_contain_text(",2023,18,,,2023-01-31,plan,read,,,")
    page.get_by_role("button", name="Rename").click()
    chosen(page, "Kind", "indicator")
    which = page.get_by_role("combobox", name="Which")
    expect(which).to_have_value("things (Things)")  # not while it is still the list of goals
    which.click()
    page.get_by_role("option", name=re.compile("^things ")).click()
    page.get_by_role("textbox", name="New id").fill("objects")
    page.get_by_role("button", name="Rename everywhere").click()
    expect(page.get_by_text("things is objects now in")).to_be_visible()
    saved(page)
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert folder.load().goals["more-things"].indicators[0].id == "objects"
    assert (
        (folder.root / "figures/objects.csv")
        .read_text(encoding="utf-8")
        .endswith(",2023,18,,,2023-01-31,plan,read,,,\n")
    )
    assert not (folder.root / THINGS).exists()


def test_whoever_sits_at_the_machine_is_asked_for_a_name_before_anything_is_saved_and_committed(
    page: Page, editing: str, folder: Folder
) -> None:
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "1"]):
        subprocess.run(["git", *words], cwd=folder.root, check=True)
    at(page, editing)
    typed_over(page, "value: 30", "value: 15")
    expect(page.get_by_text("This edit turns 1 verdict from")).to_be_visible()
    page.get_by_text("Commit to git as well").click()
    page.get_by_label("Author's name").fill("")
    page.get_by_label("Author's name").press("Tab")
    saved(page)
    expect(page.get_by_role("alert")).to_contain_text("A commit needs an author")
    assert "value: 30" in (folder.root / THINGS).read_text(encoding="utf-8")
    page.get_by_label("Author's name").fill("王")
    page.get_by_label("Author's name").press("Tab")
    saved(page)
    expect(page.get_by_text("Committed as")).to_be_visible()
    last = ["git", "log", "-1", "--format=%an %s", "--name-only"]
    told = subprocess.run(last, cwd=folder.root, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["王", "Edited", "in", "the", "dashboard", THINGS]
