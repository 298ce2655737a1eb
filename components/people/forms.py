"""What stands on the page to sign in: the form, the other ways, and the way out."""

from html import escape
from typing import Final
from urllib.parse import quote

from components.people.session import BACK, PAGE
from components.reader.assets import asset_address
from components.reader.markup import Html, joined, tag
from core.access.settings import WAYS, Way, ways
from core.services.rules.menu import menu
from core.text import Language, Text, say

TOKEN: Final = "token"  # noqa: S105
ACCOUNT: Final = "account"
PASSWORD: Final = "password"  # noqa: S105


def sign_in_page(
    language: Language, base: str, token: str, back: str, problem: Text | None = None
) -> str:
    """The HTML of the page to sign in; `back` is the address to go to from there."""
    notice = (
        tag("p", problem.in_(language), class_="t-problem", role="alert") if problem else Html()
    )
    local = _local(language, base, token, back) if "local" in ways() else Html()
    others = joined(_way(one, language, base) for one in WAYS if one in ways() and one != "local")
    title = tag("h1", say("Sign in to Truat").in_(language))
    about = tag("p", say("Inspecting the finances of public hospitals").in_(language))
    return _page(language, base, joined((title, about, notice, local, others)), back)


def sign_out_page(language: Language, base: str, token: str, name: str) -> str:
    """The HTML that asks whether to sign out."""
    title = tag("h1", say("Sign out?").in_(language))
    who = tag("p", say("You are signed in as {name}.", name=name).in_(language))
    form = _form(f"{base}/{PAGE}/out", token, "", _button(say("Sign out"), language))
    stay = tag("p", tag("a", say("Go to the first page").in_(language), href=f"{base}/"))
    return _page(language, base, joined((title, who, form, stay)), "")


def _local(language: Language, base: str, token: str, back: str) -> Html:
    fields = joined(
        (
            _field(say("Name of the account"), ACCOUNT, "text", "username", language),
            _field(say("Password"), PASSWORD, "password", "current-password", language),
            _button(say("Sign in"), language),
        )
    )
    return _form(f"{base}/{PAGE}", token, back, fields, language)


def _form(action: str, token: str, back: str, fields: Html, language: Language = "th") -> Html:
    hidden = joined(
        Html(f'<input type="hidden" name="{name}" value="{escape(value)}">')
        for name, value in ((TOKEN, token), (BACK, back), ("lang", language))
    )
    return tag("form", hidden, fields, method="post", action=action)


def _field(label: Text, name: str, kind: str, fills: str, language: Language) -> Html:
    field = Html(
        f'<input name="{name}" type="{kind}" autocomplete="{fills}" required maxlength="200"'
        ' autocapitalize="none" spellcheck="false">'
    )
    return tag("label", tag("span", label.in_(language)), field)


def _button(label: Text, language: Language) -> Html:
    return tag("button", label.in_(language), type="submit")


_OTHER: Final[dict[Way, str]] = {"oidc": "oidc", "provider_id": "provider-id"}


def _way(way: Way, language: Language, base: str) -> Html:
    text = (
        say("Sign in with Provider ID of the Ministry of Public Health")
        if way == "provider_id"
        else say("Sign in with the account of my organisation")
    )
    link = tag("a", text.in_(language), href=f"{base}/{PAGE}/{_OTHER[way]}", class_="t-way")
    return tag("p", link)


def _page(language: Language, base: str, content: Html, back: str) -> str:
    other: Language = "en" if language == "th" else "th"
    query = "?lang=en" if other == "en" else "?lang=th"
    query += f"&{BACK}={quote(back, safe='')}" if back else ""
    link = tag("a", menu().switch.in_(language), href=query, lang=other)
    switch = tag("p", link, class_="t-switch")
    styles = "".join(
        f'<link rel="stylesheet" href="{escape(base)}/{asset_address(one)}">'
        for one in ("frame.css", "sign-in.css")
    )
    title = tag("title", say("Sign in to Truat").in_(language))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{title}'
        f'<link rel="icon" href="{escape(base)}/{asset_address("icon.svg")}">{styles}</head>'
        f'<body class="t-alone t-sign-in"><main>{switch}{content}</main></body></html>'
    )
