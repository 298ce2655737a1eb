"""Texts that Streamlit itself writes, in English only; static/frame.js translates them."""

from functools import cache

from core.text import Text, say


@cache
def streamlit_texts() -> tuple[Text, ...]:
    """Each text as Streamlit writes it, with its Thai; `{name}` stands for any text."""
    return (*_of_the_frame(), *_of_uploads(), *_of_fields(), *_of_tables())


def _of_the_frame() -> tuple[Text, ...]:
    return (
        say("Skip to main content"),
        say("Collapse sidebar"),
        say("Expand sidebar"),
        say("Sidebar"),
        say("Close"),
        say("Notifications"),
        say("Connection error"),
        say("Streamlit server is not responding. Are you connected to the internet?"),
        say("Please wait..."),
        say("Try again"),
    )


def _of_uploads() -> tuple[Text, ...]:
    return (
        say("Upload"),
        say("file upload"),
        say("Add files"),
        say("add icon"),
        say("Error:"),
        say("progress"),
        say("Drag and drop a file here"),
        say("Drag and drop files here"),
        say("{size} per file", size="{size}"),
        say("File must be {size} or smaller.", size="{size}"),
        say("{kind} files are not allowed.", kind="{kind}"),
        say("Upload failed"),
        say("Click to retry upload"),
        say("Cancel upload of {file}", file="{file}"),
        say("Remove {file}", file="{file}"),
    )


def _of_fields() -> tuple[Text, ...]:
    return (
        say("Open"),
        say("Download as PNG: {name}", name="{name}"),
        say("Copy Vega-Lite spec: {name}", name="{name}"),
        say("Fullscreen: {name}", name="{name}"),
        say("Help for {name}", name="{name}"),
        say("Help"),
        say("Show password"),
        say("Hide password"),
        say("Clear value"),
        say("Clear entry"),
        say("Select all"),
        say("Dismiss"),
        say("Choose an option"),
        say("Choose options"),
        say("Increment"),
        say("Decrement"),
        say("No results"),
        say("{count} options available.", count="{count}"),
        say("1 option available."),
        say("Press Enter to apply"),
        say("Previous page"),
        say("Next page"),
    )


def _of_tables() -> tuple[Text, ...]:
    return (
        say("Download as CSV"),
        say("Search"),
        say("Show/hide columns"),
        say("Fullscreen"),
        say("Close fullscreen"),
    )
