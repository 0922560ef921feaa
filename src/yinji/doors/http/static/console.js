/* What a script adds: every page works without it. Keys, live parts, drop zones, filters that need no button. */
"use strict";
(() => {
  const typing = (where) => where.closest("input, textarea, select, [contenteditable]");
  let going = 0;

  /* Keys: "/" to the search field, "g" and a letter to a page (data-go), Escape closes what a target opened. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && document.querySelector(".dialog:target, .side:target")) {
      location.hash = "#content";
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    } else if (event.key === "g") {
      going = Date.now();
    } else if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
    }
  });

  /* A live part: data-live is the address of its fragment, data-every the seconds between. The fragment replaces the part;
     one that no longer says data-live has come to its end. A part whose reader holds the focus inside waits. */
  const live = (part) => {
    const every = Math.max(1, Number(part.dataset.every) || 5) * 1000;
    let misses = 0;
    const again = () => setTimeout(look, Math.min(every * 2 ** misses, 60000));
    const look = async () => {
      if (!part.isConnected) return;
      if (document.hidden || part.contains(document.activeElement)) return again();
      try {
        const answer = await fetch(part.dataset.live, { headers: { "X-Fragment": "1" }, credentials: "same-origin", redirect: "error" });
        if (answer.status === 204) return again();
        if (!answer.ok) throw new Error(String(answer.status));
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
        if (!found) throw new Error("empty");
        part.replaceWith(found);
        if (found.dataset.live) live(found);
        dress(found);
      } catch {
        misses += 1;
        if (misses < 6) again();
      }
    };
    again();
  };

  /* A form that says data-try is tried while somebody types: its answer takes the place of the part data-into names. One request at
     a time, the one before is ended; after five failures the button is left. */
  const trying = (form) => {
    let timer = 0, going = null, misses = 0;
    const send = async () => {
      going?.abort();
      going = new AbortController();
      try {
        const answer = await fetch(form.dataset.try, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "error", signal: going.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.into);
        if (!found) throw new Error("empty");
        document.getElementById(form.dataset.into).replaceWith(found);
        misses = 0;
      } catch (error) {
        if (error.name !== "AbortError") misses += 1;
      }
    };
    const soon = (event) => {
      clearTimeout(timer);
      if (!event.isComposing && misses < 5) timer = setTimeout(send, 400);
    };
    for (const kind of ["input", "compositionend"]) form.addEventListener(kind, soon);
  };

  /* A drop zone names what was dropped; the form is sent only by its button, or at once where it says data-submit. */
  const drop = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const name = zone.querySelector("[data-chosen]");
    if (!input) return;
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, () => zone.classList.add("over"));
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    input.addEventListener("change", () => {
      const files = [...input.files].map((file) => file.name).join(", ");
      if (name) name.textContent = files ? name.dataset.chosen + files : "";
      if (files && zone.dataset.submit !== undefined) input.form.requestSubmit();
    });
  };

  const dress = (root) => {
    for (const form of root.querySelectorAll("form[data-at-once]")) {
      form.addEventListener("change", (event) => { if (event.target.matches("select, [type=radio], [type=date]")) form.requestSubmit(); });
    }
    for (const form of root.querySelectorAll("form[data-try]")) trying(form);
    for (const zone of root.querySelectorAll(".drop")) drop(zone);
    for (const button of root.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  };

  /* A form is sent once: the second press of a tired thumb does nothing. */
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    else if (event.target.method === "post" && !event.submitter?.formTarget) event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

  dress(document);
  for (const part of document.querySelectorAll("[data-live]")) live(part);
})();
