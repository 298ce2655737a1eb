"""The field for who does something: typed where nobody signs in, else whoever is signed in."""

import streamlit as st

from core.access.actors import current_actor
from core.access.settings import ways


def who_field(label: str, *, key: str | None = None, max_chars: int | None = None) -> str:
    """The name, without blanks around; whoever is signed in does it in no other.

    The field only shows it then: a service takes the name of who acts, whatever is sent.
    """
    if not ways():
        return st.text_input(label, key=key, max_chars=max_chars).strip()
    name = current_actor().name
    st.text_input(label, value=name, disabled=True, key=key and f"{key}.signed")
    return name
