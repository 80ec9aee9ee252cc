/* One selected year: in the headline, the tables, the charts and the inputs. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  const results = document.querySelector("#results");
  if (!results) return;

  const markYear = (year) => {
    const wanted = String(year);
    results.dataset.selectedYear = wanted;
    for (const cell of document.querySelectorAll("#year-table [data-year], .years-head [data-year]")) {
      cell.classList.toggle("selected", cell.dataset.year === wanted && !cell.matches("button"));
    }
    for (const button of document.querySelectorAll(".year-button")) {
      button.setAttribute("aria-pressed", String(button.dataset.year === wanted));
    }
    for (const tile of document.querySelectorAll(".tiles [data-follows]")) {
      const cell = document.querySelector(
        `#year-table tr[data-key="${tile.dataset.follows}"] td[data-year="${wanted}"]`);
      if (!cell) continue;
      // With its link, which leads to the line of that year.
      const copy = cell.cloneNode(true);
      tile.querySelector("dd").replaceChildren(...copy.childNodes);
      tile.querySelector(".of-year").textContent = wanted;
    }
    const stepper = document.querySelector("#year-stepper");
    if (stepper) stepper.value = wanted;
    const shown = document.querySelector("#year-shown");
    if (shown) shown.textContent = wanted;
    const lines = document.querySelector("#year-lines");
    if (lines) {
      lines.setAttribute("href", `${lines.dataset.at}${wanted}/${lines.search}`);
      lines.querySelector(".of-year").textContent = wanted;
    }
    if (form) form.elements.selected_year.value = wanted;
  };

  // A comparison begins with the year that was chosen here.
  const takeYearAlong = (year) => {
    for (const link of document.querySelectorAll("a[data-takes-year]")) {
      const address = new URL(link.href);
      address.searchParams.set("year", year);
      link.href = address;
    }
  };

  const selectYear = (year) =>
    document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year: Number(year) } }));

  document.addEventListener("amtweb:year-selected", (event) => {
    markYear(event.detail.year);
    takeYearAlong(event.detail.year);
  });
  // What an answer brings is of the year that was selected when it was asked for.
  document.addEventListener("amtweb:answered", () => markYear(results.dataset.selectedYear));
  document.addEventListener("input", (event) => {
    if (event.target.id === "year-stepper") selectYear(event.target.value);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".year-button");
    if (button) selectYear(button.dataset.year);
  });
})();
