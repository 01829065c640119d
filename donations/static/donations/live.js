// A page about a broadcast looks again by itself. Without this file it does so as a whole.
"use strict";
const EVERY = 2000;
const SLOWER = 15000;

function follow(region) {
  const received = new Map();
  const parts = (root) => root.querySelectorAll("[data-part]");
  const kind = region.querySelector("[data-kind]").dataset.kind;
  let pause = EVERY;
  let timer = 0;

  // What is in use stays in use: an open question stays open, a button keeps its focus.
  function replace(old, html) {
    const focused = old.contains(document.activeElement) && document.activeElement;
    old.innerHTML = html;
    if (!focused) return;
    const name = focused.getAttribute("formaction") || focused.getAttribute("href");
    const same = [...old.querySelectorAll("button, a")].find(
      (each) => (each.getAttribute("formaction") || each.getAttribute("href")) === name,
    );
    const next = same || region.closest("main").querySelector("h1");
    if (!same) next.tabIndex = -1;
    next.focus();
  }

  function show(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-kind]");
    const old = new Map([...parts(region)].map((each) => [each.dataset.part, each]));
    if (fresh.dataset.kind !== kind || parts(fresh).length !== old.size) {
      location.reload();
      return false;
    }
    for (const each of parts(fresh)) {
      const { part } = each.dataset;
      if (received.get(part) === each.innerHTML) continue;
      received.set(part, each.innerHTML);
      replace(old.get(part), each.innerHTML);
    }
    return "moves" in fresh.dataset;
  }

  async function look() {
    try {
      const answer = await fetch(region.dataset.live, { cache: "no-store" });
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      pause = EVERY;
      if (show(await answer.text())) plan();
    } catch {
      // The sentence as it was comes back with the next answer.
      received.delete("sentence");
      region.querySelector("[data-part=sentence]").textContent = region.dataset.lost;
      pause = Math.min(pause * 2, SLOWER);
      plan();
    }
  }

  function plan() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, pause);
  }

  if (!region.querySelector("[data-moves]")) return;
  for (const each of parts(region)) received.set(each.dataset.part, each.innerHTML);
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  plan();
}

function count(chooser) {
  const form = chooser.closest("form");
  const shown = document.querySelector("[data-counted]");
  let latest = 0;
  chooser.addEventListener("change", async () => {
    const number = ++latest;
    const asked = new URLSearchParams(new FormData(form));
    for (const name of [...asked.keys()]) {
      if (!["scope", "languages", "support"].includes(name)) asked.delete(name);
    }
    shown.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${chooser.dataset.counts}?${asked}`);
      const text = answer.ok && !answer.redirected ? await answer.text() : "";
      // An answer that was overtaken by a later question is none.
      if (text && number === latest) shown.innerHTML = text;
    } finally {
      if (number === latest) shown.removeAttribute("aria-busy");
    }
  });
}

for (const each of document.querySelectorAll("[data-live]")) follow(each);
for (const each of document.querySelectorAll("[data-counts]")) count(each);
