/* The comparison: its links and forms change the page in its place, and the year is followed. */
"use strict";

(() => {
  const comparison = () => document.querySelector("#comparison");
  const said = document.querySelector("#comparison-said");
  if (!comparison()) return;

  const tellYear = () => {
    const year = Number(comparison().dataset.selectedYear);
    if (year) document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year } }));
  };

  /* ---- another comparison ------------------------------------------------------------------ */

  let newest = 0;
  let shown = "";
  let askedOfYear = "";

  const show = async (address, { focus, keeps } = {}) => {
    newest += 1;
    const mine = newest;
    shown = askedOfYear = "";
    comparison().setAttribute("aria-busy", "true");
    await htmx.ajax("GET", address, { source: "#comparison", target: "#comparison", swap: "outerHTML" }).catch(() => {});
    if (mine !== newest) return;
    if (!shown) {
      // What could not be exchanged, the browser shows by itself.
      location.assign(address);
      return;
    }
    if (!keeps && shown !== location.href) history.pushState(null, "", shown);
    tellYear();
    const place = (focus && document.getElementById(focus))
      || document.querySelector("#variant-to[aria-invalid]")
      || document.querySelector("#in-short-title");
    if (place) place.focus({ preventScroll: true });
    const sentence = comparison().querySelector("[data-said]");
    said.textContent = sentence ? sentence.textContent : "";
  };

  // Only the newest answer counts, and the address is that of the page a form was led on to.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id === "of-year" && xhr.responseURL !== askedOfYear) event.detail.shouldSwap = false;
    if (target.id === "comparison" && event.detail.shouldSwap) shown = xhr.responseURL;
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#comparison a[data-view]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href, { focus: link.id });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#comparison form[data-view]");
    if (!form) return;
    event.preventDefault();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    show(address.href);
  });

  window.addEventListener("popstate", () => show(location.href, { keeps: true }));

  /* ---- the selected year -------------------------------------------------------------------- */

  let waiting = 0;

  const follow = (year) => {
    const here = new URL(location.href);
    here.searchParams.set("year", year);
    history.replaceState(null, "", here);
    // Also of those that lead to the planner, where the same year is then selected.
    for (const link of document.querySelectorAll("#comparison :is(a[data-view], .chip-name > a)")) {
      const address = new URL(link.href);
      address.searchParams.set("year", year);
      link.href = address;
    }
    for (const form of document.querySelectorAll("#comparison form[data-view]")) {
      let field = form.querySelector('[name="year"]');
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name: "year" });
        form.prepend(field);
      }
      field.value = year;
    }
    askedOfYear = here.href;
    htmx.ajax("GET", here.href, { source: "#of-year", target: "#of-year", swap: "outerHTML" }).catch(() => {});
  };

  document.addEventListener("amtweb:year-selected", (event) => {
    const { year } = event.detail;
    const place = comparison();
    if (place.dataset.selectedYear === String(year)) return;
    place.dataset.selectedYear = year;
    const stepper = document.querySelector("#compared-year");
    if (stepper) stepper.value = year;
    const shown = document.querySelector("#compared-year-shown");
    if (shown) shown.textContent = year;
    for (const block of document.querySelectorAll(".compared-years tbody[data-year]")) {
      block.classList.toggle("selected", block.dataset.year === String(year));
    }
    clearTimeout(waiting);
    waiting = setTimeout(follow, 150, year);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "compared-year") return;
    const year = Number(event.target.value);
    document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year } }));
  });

  // A newer question overtakes one; htmx would call that an error, on the console.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { detail } = event;
    detail.xhr.abort = () => {
      detail.error = "";
      XMLHttpRequest.prototype.abort.call(detail.xhr);
    };
  });
})();
