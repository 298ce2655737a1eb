"""Slides by themselves in a browser: drawn as the app draws them, without its pages."""

from datetime import UTC, datetime

from playwright.sync_api import Page

from components.present.screen import Moment, Way, slide_html
from components.reader.streamlit_internals import as_view_of
from core.reports.slide import Slide
from core.text import Language

FONTS = "".join(
    f"""@font-face {{ font-family: Sarabun; font-weight: {weight}; unicode-range: {letters};
    src: url(/app/static/fonts/sarabun-{script}-{weight}-normal.woff2); }}"""
    for script, letters in (("thai", "U+0E01-0E5B"), ("latin", "U+0000-00FF, U+2000-206F, U+2212"))
    for weight in (400, 700)
)
STYLES = "".join(
    f'<link rel="stylesheet" href="/app/static/{name}.css">' for name in ("frame", "map", "present")
)
MOMENT = Moment(as_of=datetime(2026, 11, 30, 2, 15, tzinfo=UTC), is_demonstration=True)
WAY = Way(end="/", next="/?item=4", previous="/?item=2", number=3, of=12)


def open_slide(page: Page, address: str, slide: Slide, language: Language) -> None:
    """Show a slide in a window that has the address of the app, and so its styles and fonts."""
    with as_view_of(f"lang={language}"):
        html = slide_html(slide, MOMENT, WAY)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{address}/nowhere")
    style = f"<style>{FONTS} body {{ margin: 0; font: 17px/1.6 Sarabun; }}</style>"
    head = f"<head><title>Truat</title>{STYLES}{style}</head>"
    body = f"<body><main class='stApp'>{html}</main></body>"
    page.set_content(f'<html lang="{language}">{head}{body}</html>')
    page.evaluate("document.fonts.ready")
