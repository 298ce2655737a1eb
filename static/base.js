// Where the app is served: without it Streamlit asks below the address of the page as well.
window.__streamlit = { BACKEND_BASE_URL: new URL("../../", import.meta.url).href };
