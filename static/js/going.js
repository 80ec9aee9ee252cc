/* Going to a place of the page or back to one: also inside what is folded up, and on a phone to
   the side that it is on. */
"use strict";

(() => {
  const results = document.querySelector("#results");
  if (!results) return;

  const unfold = (element) => {
    const from = element.matches("summary") ? element.parentElement.parentElement : element;
    for (let fold = from.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
  };

  const goTo = (element) => {
    unfold(element);
    const where = element.closest(".results-pane") ? "results" : "inputs";
    const side = document.querySelector(`.sides input[value="${where}"]`);
    if (side) side.checked = true;
    element.focus();
    // Of a row all of it, where there is room.
    const row = element.closest(".event");
    const all = row && row.offsetHeight < 0.75 * window.innerHeight ? row : element;
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    all.scrollIntoView({ block: "center", inline: "nearest" });
  };

  document.addEventListener("amtweb:go-to", (event) => goTo(event.detail.element));

  document.addEventListener("click", (event) => {
    const link = event.target.closest(
      ".skip[href='#results'], #outdated a, .mistakes a[href^='#'], #headline a[href^='#'], #cautions a[href^='#'], #lots a[href^='#'], #lots [data-goes-to]");
    const id = link && (link.dataset.goesTo || link.getAttribute("href").slice(1));
    const target = id && (document.getElementById(id) || document.querySelector("#mistakes"));
    if (!target) return;
    event.preventDefault();
    goTo(target);
  });

  /* An address that names an input, as the lines of the forms have it. */
  const named = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.closest("#inputs")) goTo(target);
  };
  named();
  window.addEventListener("hashchange", named);

  /* ---- where the timeline is wider than its place, today is in sight ------------------------ */

  const lanes = document.querySelector(".lanes-scroll");
  const today = lanes && lanes.querySelector(".today");
  if (today && lanes.scrollWidth > lanes.clientWidth) {
    const across = today.getBoundingClientRect().left - lanes.getBoundingClientRect().left;
    lanes.scrollLeft = across - lanes.clientWidth / 2;
  }

  /* ---- a table of days, from the last to the first and back -------------------------------- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turns-rows]");
    if (!button) return;
    const head = button.closest("th");
    const body = button.closest("table").tBodies[0];
    body.append(...[...body.rows].reverse());
    head.ariaSort = head.ariaSort === "ascending" ? "descending" : "ascending";
  });

  /* ---- back from the lines of the forms, one is at the figure that one came from ------------- */

  const alike = (href) => [...results.querySelectorAll("a")]
    .filter((link) => link.getAttribute("href") === href);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#results a[href^='/']");
    if (!link) return;
    const href = link.getAttribute("href");
    const left = { href, place: alike(href).indexOf(link), year: results.dataset.selectedYear };
    history.replaceState({ ...history.state, left }, "");
  });

  const { left } = history.state || {};
  if (left) {
    document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year: Number(left.year) } }));
    const link = alike(left.href)[left.place];
    if (link) goTo(link);
  }
})();
