"""How results look: everything that knows Streamlit."""
