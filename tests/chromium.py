"""The browser that tests, measurements and pictures open."""

import shutil
from typing import Final

# Same pixels on every machine; the sandbox cannot start as root nor in a container.
CHROMIUM_ARGS: Final = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]

# The first has no window of its own to draw, which is a good part of the work.
PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The system's own chromium; none where Playwright has to bring it."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
