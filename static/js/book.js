/* The book: keeps the address, the filter and the links around the table in step with it. */
"use strict";

(() => {
  const inStep = () => {
    const list = document.querySelector("#book-list");
    if (!list) return;
    history.replaceState(null, "", list.dataset.address);
    document.querySelector("#sort").value = list.dataset.sort;
    document.querySelector(".to-charts").href = list.dataset.charts;
    const said = new URL(list.dataset.address, location.href).searchParams;
    // What is saved, taken away or gone back to is what the table shows now.
    for (const form of document.querySelectorAll("form:has(> input[name='look'])")) {
      form.querySelector("input[name='look']").value = said.toString();
    }
  };
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "book-list") inStep();
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      const { xhr } = event.detail;
      const code = xhr && xhr.status;
      const refused = code && xhr.getResponseHeader("X-Refused");
      const found = document.querySelector("#book-list .found");
      found.textContent = refused ? `Not done: ${decodeURIComponent(refused)}.`
        : code === 403 ? "This page is too old: reload it."
        : code ? "The server could not do that. Reload the page."
        : "The server cannot be reached.";
    });
  }
})();
