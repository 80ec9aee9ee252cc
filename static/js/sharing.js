/* A shared page: sliders beside their boxes, what comes of them, and that the page was looked at. */
"use strict";

(() => {
  /* ---- told once somebody sees the page; a page fetched ahead or in the background tells nothing */

  const opened = document.querySelector("#opened");
  let told = false;
  const tell = () => {
    if (told || document.prerendering || document.visibilityState !== "visible") return;
    told = true;
    fetch(opened.action, { method: "POST", body: new FormData(opened), keepalive: true }).catch(() => {});
  };
  tell();
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("prerenderingchange", tell);

  const form = document.querySelector("#what-if");
  if (!form) return;
  const results = document.querySelector("#results");
  const boxes = [...form.querySelectorAll("[data-shared]")];
  const sliderOf = (box) => form.querySelector(`[data-slides="${box.id}"]`);

  /* ---- boxes and sliders -------------------------------------------------------------------- */

  const number = (text) => Number(text.replace(/[$,%\s]/g, "").replace("\u2212", "-"));
  const written = (value, unit) =>
    unit === "year" ? String(value) : value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  const follow = (box) => {
    const value = number(box.value || box.dataset.shared);
    if (Number.isFinite(value)) sliderOf(box).value = value;
  };

  const back = form.querySelector("[data-back]");
  const isAsShared = (box) => !box.value.trim() || number(box.value) === number(box.dataset.shared);
  const offerBack = () => {
    back.hidden = boxes.every(isAsShared);
  };

  form.addEventListener("input", ({ target }) => {
    if (target.dataset.slides) {
      const box = document.getElementById(target.dataset.slides);
      box.value = written(Number(target.value), box.dataset.unit);
    } else if (target.dataset.shared !== undefined) {
      follow(target);
    }
    offerBack();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-back]")) return;
    event.preventDefault();
    for (const box of boxes) {
      box.value = box.dataset.shared;
      follow(box);
    }
    // What is hidden cannot keep the focus that it has.
    if (event.target.closest("[data-back]") === back) boxes[0].focus();
    offerBack();
    if (event.target.closest("#tried")) results.focus({ preventScroll: true });
    htmx.trigger(form, "submit");
  });

  /* ---- answers ------------------------------------------------------------------------------ */

  const say = (text) => {
    const line = document.createElement("p");
    line.className = "mistake";
    line.textContent = text;
    document.querySelector("#what-if-problems").replaceChildren(line);
    results.classList.add("stale");
  };

  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === form) event.detail.parameters.selected_year = results.dataset.selectedYear;
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form) results.setAttribute("aria-busy", "true");
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, failed } = event.detail;
    if (elt !== form) return;
    results.removeAttribute("aria-busy");
    if (failed && xhr.status !== 422) return;
    results.classList.toggle("stale", xhr.status === 422);
    for (const box of boxes) {
      const note = document.getElementById(box.getAttribute("aria-describedby"));
      if (note.hasAttribute("data-wrong")) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
    const year = Number(results.dataset.selectedYear);
    document.dispatchEvent(new CustomEvent("amtweb:year-selected", { detail: { year } }));
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr } = event.detail;
    if (elt !== form) return;
    if (xhr.status === 404) say("This link no longer works.");
    else if (xhr.status === 403) say("This page is too old: reload it.");
    else say("The server could not compute this. Move something to try again.");
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      if (event.detail.elt === form) say("The server cannot be reached. Move something to try again.");
    });
  }

  /* ---- the browser may bring back moved sliders with the page as it was shared --------------- */

  window.addEventListener("pageshow", () => {
    boxes.forEach(follow);
    offerBack();
    if (boxes.some((box) => box.value !== box.defaultValue)) htmx.trigger(form, "submit");
  });
})();
