/* The list of saved scenarios: what the server cannot see from where it is. */
"use strict";

(() => {
  const boxes = () => [...document.querySelectorAll('#library input[name="with"]')];

  /* ---- how many are chosen ------------------------------------------------------------------ */

  const count = () => {
    const all = document.querySelector("#choose-all");
    if (!all) return;
    const chosen = boxes().filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
    document.querySelector(".chosen-count").textContent = chosen ? `${chosen} chosen` : "";
  };

  document.addEventListener("change", (event) => {
    if (event.target.id === "choose-all") {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    if (event.target.matches('#choose-all, #library input[name="with"]')) count();
  });

  /* ---- after an answer ------------------------------------------------------------------------ */

  document.body.addEventListener("htmx:afterSettle", () => {
    count();
    const list = document.querySelector("#library-list");
    history.replaceState(null, "", list.dataset.address);
    // What had the focus is gone, and no row took its place: the message says what happened.
    if (document.activeElement === document.body) document.querySelector("#library-said").focus();
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      const code = event.detail.xhr && event.detail.xhr.status;
      const words = document.createElement("p");
      words.className = "said refused";
      words.textContent = code === 404 ? "That scenario is no longer here: reload the page."
        : code === 403 ? "This page is too old: reload it."
        : code ? "The server could not do that. Nothing was changed."
        : "The server cannot be reached. Nothing was changed.";
      document.querySelector("#library-said").replaceChildren(words);
    });
  }
})();
