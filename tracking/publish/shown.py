"""What every template is given beside the page."""

from typing import Any

from tracking.explain import inputs_parts, label_text, method_name, ratio_parts, shared_inputs, steps_parts, why_not
from tracking.leading import ORDER
from tracking.model import LANGUAGES, Standing
from tracking.publish.page import Page
from tracking.publish.site import numbered, standing_page
from tracking.words import TAGS, words

# everything comes from the site itself; no script and no style stands in a page
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; "
    "form-action 'none'"
)
MENU = (
    ("index.html", "site.overview"), ("indicators.html", "site.indicator"), ("documents/index.html", "site.documents"),
    ("methods.html", "site.methods"), ("changes.html", "publish.changes"), ("data.html", "publish.data"),
)  # fmt: skip
_ALWAYS: dict[str, Any] = {
    "all_standings": (*ORDER, Standing.NOT_JUDGED), "inputs_parts": inputs_parts, "label_text": label_text,
    "menu": MENU, "method_name": method_name, "numbered": numbered, "policy": POLICY, "ratio_parts": ratio_parts,
    "shared_inputs": shared_inputs, "standing_page": standing_page,
    "steps_parts": steps_parts, "tags": TAGS, "why_not": why_not,
}  # fmt: skip


def page_bytes(page: Page, template: str, *, charts: bool = False, **details: object) -> tuple[str, bytes]:
    """A page's place in the site and its bytes."""
    own_names = {code: words(code).say("site.in-short") for code in LANGUAGES}
    always = {**_ALWAYS, "own_names": own_names, "here": page.name, "root": page.out("root")[: -len("root")]}
    return page.path, page.shown(template, {**always, "charts": charts, **details})
