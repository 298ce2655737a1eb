"""Texts of the tools in static/takeaway: files to take away, links, printing."""

from dataclasses import asdict

from core.text import Text, say


def tool_words() -> dict[str, dict[str, str]]:
    """Each text by its key in both languages."""
    return {key: asdict(text) for key, text in (_of_files() | _of_the_page()).items()}


def _of_files() -> dict[str, Text]:
    return {
        "take_table": say("Take the table away: {title}", title="{title}"),
        "take_figure": say("Take the figure away: {title}", title="{title}"),
        "xlsx": say("Excel workbook"),
        "csv": say("CSV table"),
        "png": say("Picture (PNG)"),
        "svg": say("Drawing (SVG)"),
        "not_made": say("The file could not be made. Load the page again and try once more."),
        "source": say("Source: {source}", source="{source}"),
        "filter": say("Filter the rows"),
        "filter_by": say("Filter by: {column}", column="{column}"),
        "filtered": say("{count} of {of} rows", count="{count}", of="{of}"),
        "number": say("Number"),
        "of": say("Of"),
    }


def _of_the_page() -> dict[str, Text]:
    return {
        "copied": say("Link copied"),
        "not_copied": say("The browser does not let the link be copied."),
        "copy_yourself": say("Copy this address:"),
        "folded": say("(folded, not printed)"),
        "settings": say("Type size and colours"),
        "size": say("Type size"),
        "normal": say("Normal"),
        "large": say("Large"),
        "largest": say("Largest"),
        "theme": say("Colours"),
        "system": say("As the device has them"),
        "light": say("Light"),
        "dark": say("Dark"),
    }
