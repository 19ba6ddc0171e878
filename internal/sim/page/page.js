// Keeps the page up to date, and presses its buttons without loading it again.
"use strict";

const shown = {};
const say = (text) => { document.getElementById("said").textContent = text; };

// show replaces what has changed. What has the focus keeps it, if it is still there.
function show(state) {
  for (const [id, html] of Object.entries(state)) {
    if (shown[id] === html) continue;
    shown[id] = html;
    const focused = document.activeElement.id;
    document.getElementById(id).innerHTML = html; // the server escapes every value
    if (focused) document.getElementById(focused)?.focus();
  }
}

async function refresh() {
  try {
    const answer = await fetch("/_sim/state");
    show(await answer.json());
    if (document.body.classList.replace("away", "here")) say("");
  } catch {
    document.body.className = "away";
    say("The simulator does not answer: what is shown is what was there last.");
  }
}

document.body.className = "here";
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const name = button.getAttribute("aria-label") ?? button.textContent;
  try {
    const answer = await fetch(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target, button)) });
    say(answer.ok ? `${name}: done.` : await answer.text());
  } catch {
    say("The simulator does not answer: nothing was changed.");
  }
  await refresh();
});
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
refresh();
