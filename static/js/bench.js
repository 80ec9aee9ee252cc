/* The bench: what happens around an edit.  Computing is the server's; drawing is charts.js's. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  const results = document.querySelector("#results");
  if (!results) return;

  /* ---- one selected year ------------------------------------------------------------------ */

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

  const selectYear = (year) =>
    document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year: Number(year) } }));

  document.addEventListener("amtweb:year-selected", (event) => markYear(event.detail.year));
  document.addEventListener("input", (event) => {
    if (event.target.id === "year-stepper") selectYear(event.target.value);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".year-button");
    if (button) selectYear(button.dataset.year);
  });

  /* ---- a link to a field goes there, also inside what is folded up ------------------------- */

  const unfold = (element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
  };

  const goTo = (element) => {
    unfold(element);
    const where = element.closest(".results-pane") ? "results" : "inputs";
    const side = document.querySelector(`.sides input[value="${where}"]`);
    if (side) side.checked = true;
    element.focus();
    element.scrollIntoView({ block: "center", inline: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(
      ".mistakes a[href^='#'], #cautions a[href^='#'], #lots a[href^='#'], #lots [data-goes-to]");
    const id = link && (link.dataset.goesTo || link.getAttribute("href").slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    event.preventDefault();
    goTo(target);
  });

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

  /* An address that names an input, as the lines of the forms have it. */
  const named = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.closest("#inputs")) goTo(target);
  };
  named();
  window.addEventListener("hashchange", named);

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
    selectYear(left.year);
    const link = alike(left.href)[left.place];
    if (link) goTo(link);
  }

  if (!form) return;

  /* ---- answers: only the newest counts ------------------------------------------------------ */

  const status = (text, outOfDate) => {
    const line = document.querySelector("#status");
    line.textContent = text;
    line.classList.toggle("out-of-date", outOfDate);
    results.classList.toggle("stale", outOfDate);
  };

  /* What was sent last, until it is answered.  A retry sends the very same again, under the same
     number: the server then knows it, should only its answer have got lost. */
  let newest = Number(form.elements.sequence.value) || 0;
  let openFolds = null;
  let sent = null;
  let underWay = false;
  let operating = false;
  let failed = false;
  let dirty = false;
  let retrying = false;
  let attempts = 0;
  let timer = 0;
  const waiting = [];

  const saveState = (text, trouble = false) => {
    const line = document.querySelector("#save-state");
    if (!line) return;
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("out-of-date", trouble);
  };

  const sendAgain = () => {
    clearTimeout(timer);
    if (!failed || dirty || underWay) return;
    retrying = true;
    htmx.trigger(form, "submit");
  };

  const retryLater = () => {
    attempts += 1;
    const seconds = Math.min(60, 2 ** attempts) * (0.5 + Math.random());
    timer = setTimeout(sendAgain, 1000 * seconds);
  };

  const retry = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "Try again";
    button.addEventListener("click", sendAgain);
    document.querySelector("#status").append(" ", button);
  };

  window.addEventListener("online", sendAgain);
  window.addEventListener("beforeunload", (event) => {
    if (dirty || underWay || failed) event.preventDefault();
  });
  form.addEventListener("input", () => {
    dirty = true;
    saveState("Saving…");
  });

  /* An operation is not overtaken: what is asked for meanwhile comes after it. */
  document.body.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form || !operating) return;
    event.preventDefault();
    const cause = event.detail.triggeringEvent;
    const submitter = cause && cause.submitter;
    waiting.push(submitter && submitter.name ? submitter.value : "");
  });

  const nextWaiting = () => {
    while (waiting.length) {
      const operation = waiting.shift();
      const button = operation && document.querySelector(
        `button[name="op"][value="${CSS.escape(operation)}"]`);
      if (operation && !button) continue;
      if (button) button.click();
      else htmx.trigger(form, "submit");
      return;
    }
  };

  document.body.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    if (detail.elt !== form) return;
    detail.timeout = 30000;
    if (retrying && sent) {
      detail.parameters = sent;
      return;
    }
    clearTimeout(timer);
    newest += 1;
    detail.parameters.sequence = String(newest);
    // htmx does not see a button outside the form that belongs to it.
    const submitter = detail.triggeringEvent && detail.triggeringEvent.submitter;
    if (submitter && submitter.name) detail.parameters[submitter.name] = submitter.value;
    sent = new FormData();
    for (const [name, value] of Object.entries(detail.parameters)) sent.set(name, value);
    dirty = false;
    attempts = 0;
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== form) return;
    const { detail } = event;
    detail.xhr.amtwebSequence = newest;
    retrying = false;
    failed = false;
    underWay = true;
    operating = Boolean(sent && sent.get("op"));
    saveState("Saving…");
    // htmx calls it an error, on the console, when a newer edit overtakes a request: it is none.
    detail.xhr.abort = () => {
      detail.error = "";
      XMLHttpRequest.prototype.abort.call(detail.xhr);
    };
    results.setAttribute("aria-busy", "true");
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt !== form) return;
    if (event.detail.xhr.amtwebSequence !== newest) {
      event.detail.shouldSwap = false;
      return;
    }
    openFolds = new Set([...document.querySelectorAll("#inputs details[open]")].map((f) => f.id));
  });
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    // A redirect leaves the page from here on, and nothing is lost by it.
    if (event.detail.elt === form && event.detail.xhr.amtwebSequence === newest) underWay = false;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = event;
    if (detail.elt !== form || detail.xhr.amtwebSequence !== newest) return;
    underWay = false;
    results.removeAttribute("aria-busy");
    const code = detail.xhr.status;
    if (code === 409) saveState("");
    else if (detail.successful) saveState(dirty ? "Saving…" : "Saved");
    else if (code === 422) saveState("Kept as typed");
    if (sent && sent.get("op") === "save" && detail.successful) closeNote();
    takeAnswer();
    operating = false;
    if (!failed) setTimeout(nextWaiting);
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      const { detail } = event;
      if (detail.elt !== form || detail.xhr.amtwebSequence !== newest) return;
      const code = detail.xhr.status;
      const refused = detail.xhr.getResponseHeader("X-Refused");
      const why = refused ? decodeURIComponent(refused)
        : code === 403 ? "this page is too old: reload it"
        : code ? "the server could not compute this" : "the server cannot be reached";
      status(`Out of date: ${why}.`, true);
      failed = true;
      operating = false;
      waiting.length = 0;
      const later = !code || code >= 500 || code === 429;
      saveState(later ? "Not saved, trying again" : "Not saved", true);
      retry();
      if (later) retryLater();
    });
  }

  /* ---- by keyboard: save, undo, redo ------------------------------------------------------------ */

  const press = (operation) => {
    const button = document.querySelector(`button[name="op"][value="${operation}"]`);
    if (button) button.click();
  };

  /* While a field holds what was not sent yet, the browser takes back letters; after that, or
     elsewhere on the page, an undo takes back edits. */
  const undoesLetters = () => {
    const field = document.activeElement;
    if (!field || !field.matches("input, textarea, [contenteditable]")) return false;
    if (field.form !== form || !field.closest("#inputs")) return true;
    return dirty && sent !== null && sent.get(field.name) !== field.value;
  };

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "s" && !event.shiftKey) {
      event.preventDefault();
      press("save");
    } else if (key === "z" || (key === "y" && !event.shiftKey)) {
      if (undoesLetters()) return;
      event.preventDefault();
      press(key === "z" && !event.shiftKey ? "undo" : "redo");
    }
  });

  const noteFold = document.querySelector("#note-fold");
  if (noteFold) {
    noteFold.addEventListener("toggle", () => {
      if (noteFold.open) noteFold.querySelector("input").focus();
    });
  }

  const closeNote = () => {
    const fold = document.querySelector("#note-fold");
    if (!fold) return;
    fold.querySelector("input").value = "";
    fold.open = false;
  };

  /* ---- what an answer brings besides the pieces it swaps ------------------------------------ */

  const json = (id) => {
    const block = document.getElementById(id);
    return block ? JSON.parse(block.textContent) : null;
  };

  const showMistakes = (mistakes) => {
    for (const old of form.querySelectorAll(".mistake")) old.remove();
    for (const input of form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    for (const [id, message] of Object.entries(mistakes)) {
      const input = document.getElementById(id);
      if (!input || input.type === "hidden") continue;
      unfold(input);
      const said = document.createElement("p");
      said.className = "mistake";
      said.id = `${id}-mistake`;
      said.textContent = message;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", said.id);
      input.after(said);
    }
  };

  /* A renamed grant is called by its new name where it can be chosen; the choice stays. */
  const renameLots = (lots) => {
    for (const [field, choices] of Object.entries(lots)) {
      const wordsOf = new Map(choices);
      const lists = form.querySelectorAll(`select[name$=".${field}"], #lots-${field}`);
      for (const option of [...lists].flatMap((list) => [...list.options])) {
        const words = wordsOf.get(option.value);
        if (words !== undefined && option.textContent !== words) option.textContent = words;
      }
    }
  };

  const takeAnswer = () => {
    const mistakes = json("mistakes-data");
    if (mistakes === null) return;
    showMistakes(mistakes);
    renameLots(json("lots-data") || {});
    const wrong = Object.keys(mistakes).length > 0;
    results.classList.toggle("stale", wrong);
    document.title = document.title.replace(/^Error: /, "");
    if (wrong) document.title = `Error: ${document.title}`;
    document.querySelector("#answer").replaceChildren();
    for (const fold of document.querySelectorAll("#inputs details")) {
      if (openFolds && openFolds.has(fold.id)) fold.open = true;
    }
    markYear(results.dataset.selectedYear);
  };

  // Not by htmx's own header: it would take a copy of the page first, Plotly's styles included.
  document.body.addEventListener("amtweb:address", (event) => {
    history.replaceState(null, "", event.detail.path);
  });

  document.body.addEventListener("amtweb:focus", (event) => {
    const path = event.detail.path;
    const target = form.querySelector(`[name="${CSS.escape(path)}"]`)
      || form.querySelector(`[value="${CSS.escape(path)}"]`);
    if (target) goTo(target);
  });

  /* ---- the browser may bring back old fields with new results ------------------------------- */

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) htmx.trigger(form, "submit");
  });
})();
