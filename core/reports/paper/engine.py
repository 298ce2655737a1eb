"""The door to WeasyPrint: it reaches for libraries of the system, and for nothing else."""

from importlib import import_module
from typing import Any, Final

from core.errors import ReportError
from core.figures.printed.style import TONES, signed
from core.paths import STATIC
from core.reports.paper.searching import name_letters

_FONTS: Final = STATIC / "fonts"
_FACES: Final = "".join(
    f"@font-face {{ font-family: {family}; font-weight: {weight};"
    f" src: url('font:sarabun-{letters}-{weight}-normal.woff2') }}\n"
    # Two families, each tried for every letter: their files hold different ones.
    for family, letters in (("Sarabun", "latin"), ("'Sarabun Thai'", "thai"))
    for weight in (400, 700)
)


_TYPEFACES: Final = frozenset(path.name for path in _FONTS.glob("*.woff2"))


def write_pdf(html: str, css: str, identifier: bytes) -> bytes:
    """A page of ours as PDF, its type inside it; the same bytes for the same page.

    Nothing but our typefaces (`font:`) and the signs of tones (`sign:`) is fetched, whatever the
    page names. `ReportError` R001 where the libraries of the system are missing.
    """
    weasyprint = _weasyprint()
    fonts, fetcher = weasyprint.text.fonts.FontConfiguration(), _fetcher(weasyprint.urls)
    style = weasyprint.CSS(string=_FACES + css, font_config=fonts, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, base_url="font:", url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_identifier=identifier, pdf_tags=True,
        finisher=lambda _pages, file: name_letters(file.objects),
    )  # fmt: skip
    return pdf


def _weasyprint() -> Any:
    """WeasyPrint, loaded when it is first needed: without pango it cannot even be imported."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise ReportError("R001", reason=str(error).splitlines()[0]) from error


def _fetcher(urls: Any) -> Any:
    class Ours(urls.URLFetcher):  # type: ignore[misc]
        """Gives our typefaces and signs, and refuses everything else."""

        def fetch(self, url: str, _headers: object = None) -> Any:
            kind, _, name = url.partition(":")
            if kind == "font" and name in _TYPEFACES:
                content = (_FONTS / name).read_bytes()
                return urls.URLFetcherResponse(url, content)
            if kind == "sign" and name in TONES:
                svg = signed(name).encode()
                return urls.URLFetcherResponse(url, svg, {"Content-Type": "image/svg+xml"})
            raise urls.FatalURLFetchingError(f"{url} is nothing of ours")

    return Ours()
