// A slide on the shared screen: all of it changes at once, and whoever cannot see it is told.
const shown = new WeakMap();

/** Streamlit calls this first and after every change, and at the end what it returns. */
export default function show({ data, parentElement }) {
  let screen = shown.get(parentElement);
  if (!screen) {
    screen = { root: document.createElement("div"), said: told() };
    shown.set(parentElement, screen);
    parentElement.append(screen.root, screen.said);
  }
  if (screen.html !== data.html) draw(screen, data);
  return () => {
    shown.delete(parentElement);
    screen.root.remove();
    screen.said.remove();
  };
}

function draw(screen, { html, said }) {
  const held = holder(screen.root);
  screen.html = html;
  // Made by components.reader.markup and core.figures, which escape whatever a person wrote.
  screen.root.innerHTML = html;
  const isFree = held !== undefined || document.activeElement === document.body;
  if (isFree) (find(screen.root, held) ?? screen.root.firstElementChild).focus({ preventScroll: true });
  if (screen.said.textContent !== said) screen.said.textContent = said;
}

/** Which link of the slide had the keyboard: whoever goes on by Enter stays on it. */
function holder(root) {
  return root.contains(document.activeElement) ? document.activeElement.dataset.present ?? "" : undefined;
}

function find(root, held) {
  return held ? root.querySelector(`a[data-present="${held}"]`) : null;
}

function told() {
  const said = document.createElement("p");
  said.className = "t-stage-said";
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  return said;
}
