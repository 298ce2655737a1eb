// The clock of a speaker: counts down from the first sight of a view, and on past the end.
const KEPT = "truat.clock.";

function shown(seconds) {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** When a view was first seen in this window, in milliseconds. */
function begun(view) {
  const kept = Number(sessionStorage.getItem(KEPT + view));
  if (kept) return kept;
  const now = Date.now();
  sessionStorage.setItem(KEPT + view, String(now));
  return now;
}

setInterval(() => {
  for (const clock of document.querySelectorAll(".t-timer[data-minutes]")) {
    const left = Number(clock.dataset.minutes) * 60 - Math.floor((Date.now() - begun(clock.dataset.of)) / 1000);
    clock.textContent = shown(left);
    clock.classList.toggle("t-over", left < 0);
  }
}, 500);

// q notes a question while a view is shown: not while somebody types.
const TYPING = "input, textarea, select, [contenteditable]";
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  if (event.key !== "q" && event.key !== "\u0e46") return;
  const link = document.querySelector("[data-present='ask']");
  if (link) {
    event.preventDefault();
    link.click();
  }
});
