// Topics are written without this file too; with it, there are buttons for the signs of Markdown,
// a preview that follows the typing, and a question before unsaved words are left behind.
"use strict";
(() => {
  const form = document.getElementById("topic");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);

  // --- what is not saved is not left by accident, and is sent once -----------------------------
  let dirty = form.dataset.dirty === "true";
  let sent = false;
  form.addEventListener("input", () => { dirty = true; });
  addEventListener("beforeunload", (event) => { if (dirty && !sent) event.preventDefault(); });
  addEventListener("pageshow", () => { sent = false; });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "show") return;
    if (sent) event.preventDefault();
    sent = true;
  });

  // --- the buttons: what is typed by them can be taken back with the keyboard ------------------
  const put = (area, start, end, text, from, to) => {
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  };

  const around = (area, before, after, blank) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const chosen = value.slice(start, end) || blank;
    put(area, start, end, before + chosen + after, start + before.length, start + before.length + chosen.length);
  };

  const lines = (area, sign) => {
    const { value } = area;
    const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const stop = value.indexOf("\n", area.selectionEnd);
    const end = stop < 0 ? value.length : stop;
    const old = value.slice(start, end).split("\n");
    const has = old.every((line) => line.startsWith(sign));
    const text = old.map((line) => (has ? line.slice(sign.length) : sign + line)).join("\n");
    put(area, start, end, text, start + text.length, start + text.length);
  };

  const press = (button, area) => {
    const { mark, link, line, blank } = button.dataset;
    if (mark) around(area, mark, mark, blank);
    else if (link) around(area, "[", `](${link})`, blank);
    else lines(area, line);
  };

  for (const bar of form.querySelectorAll(".toolbar")) {
    const area = field(bar.dataset.target);
    const buttons = [...bar.querySelectorAll("button")];
    bar.hidden = false;
    bar.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) press(button, area);
    });
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const button = buttons.find((each) => each.dataset.key === event.key.toLowerCase());
      if (!button) return;
      event.preventDefault();
      press(button, area);
    });
  }

  // --- the preview: the server makes it, as it makes the page ----------------------------------
  const asked = {};
  const preview = async (code) => {
    const pane = document.getElementById(`pane-${code}`);
    const parts = ["title", "summary", "body", "picture_alt"].map((part) => `${part}_${code}`);
    const words = new FormData();
    for (const name of ["csrfmiddlewaretoken", "section", "picture", ...parts]) {
      words.set(name, field(name).value);
    }
    words.set("show", code);
    asked[code]?.abort();
    asked[code] = new AbortController();
    pane.classList.add("old");
    try {
      const options = { method: "POST", body: words, signal: asked[code].signal };
      const answer = await fetch(form.dataset.preview, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const reading = answer.ok && page.querySelector(".reading");
      if (reading) pane.replaceChildren(document.adoptNode(reading));
      else pane.textContent = form.dataset.failed;
    } catch (error) {
      if (error.name === "AbortError") return;
      pane.textContent = form.dataset.failed;
    }
    pane.classList.remove("old");
    pane.hidden = false;
  };

  const soon = {};
  const shows = (name) => /^(?:title|summary|body|picture_alt)_(\w+)$/.exec(name || "")?.[1];
  form.addEventListener("input", ({ target }) => {
    const code = shows(target.name);
    if (!code || document.getElementById(`pane-${code}`).hidden) return;
    clearTimeout(soon[code]);
    soon[code] = setTimeout(preview, 500, code);
  });
  for (const button of form.querySelectorAll("button[name=show]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      preview(button.value);
    });
    const told = field(`body_${button.value}`).value || field(`title_${button.value}`).value;
    if (told && matchMedia("(min-width: 80rem)").matches) preview(button.value);
  }

  // --- the picture: what the server would refuse is said at once, and what is chosen is shown --
  const upload = field("upload");
  const shown = document.getElementById("shown");
  const complaint = document.createElement("p");
  complaint.className = "wrong";
  complaint.setAttribute("role", "alert");
  upload.before(complaint);
  upload.addEventListener("change", () => {
    const [file] = upload.files;
    complaint.textContent = "";
    if (!file) return;
    if (file.size > Number(form.dataset.limit)) {
      complaint.textContent = form.dataset.tooLarge;
      upload.value = "";
      return;
    }
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      shown.src = reader.result;
      shown.hidden = false;
    });
    reader.addEventListener("error", () => { shown.hidden = true; });
    reader.readAsDataURL(file);
  });
  shown.addEventListener("error", () => { shown.hidden = true; });
})();
