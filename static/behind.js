// What stands behind a line is fetched when the line is opened: most never are.
const LINE = "details[data-behind]";
const FAILED = JSON.parse(document.getElementById("t-behind").textContent);
const page = () => location.pathname.split("/").pop();

async function load(line) {
  delete line.dataset.behind;
  const address = new URL(`behind/${page()}${location.search}`, document.baseURI);
  address.searchParams.set("why", line.dataset.why);
  line.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    // Made by components.reader.markup, which escapes whatever a person or a file wrote.
    line.insertAdjacentHTML("beforeend", (await answer.json()).html);
  } catch (error) {
    console.warn(error);
    line.dataset.behind = "1";
    say(line, FAILED[document.documentElement.lang] ?? FAILED.th);
  }
  line.removeAttribute("aria-busy");
}

/** Closing and opening it tries again. */
function say(line, text) {
  line.querySelector(":scope > [role='status']")?.remove();
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = text;
  line.append(said);
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches(LINE)) return;
  target.querySelector(":scope > [role='status']")?.remove();
  load(target);
}, true);
