// Puts the page as the daemon now has it in the place of the old one, whenever something changes.
// Without a script the page loads itself again every half minute.
"use strict";

const live = document.getElementById("live");
const lost = document.getElementById("lost");
let changes = null;
let losing = 0;

async function renew() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh) {
    location.reload(); // something else is there now, such as the result of a sign-in
  } else if (fresh.innerHTML !== live.innerHTML) {
    const focused = document.activeElement?.id;
    live.replaceChildren(...fresh.childNodes);
    if (focused) {
      document.getElementById(focused)?.focus();
    }
    say(page.getElementById("summary").textContent);
  }
}

// A screen reader reads what changes in an element that stays.
function say(words) {
  const summary = document.getElementById("summary");
  if (summary.textContent !== words) {
    summary.textContent = words;
  }
}

// A browser holds six connections to a host: a page nobody sees gives its own back.
function follow() {
  changes?.close();
  changes = null;
  if (document.visibilityState === "visible") {
    changes = new EventSource("/changes");
    changes.onmessage = renew;
    changes.onopen = () => {
      clearTimeout(losing);
      losing = 0;
      lost.hidden = true;
      renew();
    };
    // It also ends, and is opened anew, twice a minute.
    changes.onerror = () => { losing ||= setTimeout(() => { lost.hidden = false; }, 5000); };
  }
}

document.addEventListener("visibilitychange", follow);
follow();
