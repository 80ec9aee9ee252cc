/* The bench: what is typed goes to the server, and the newest answer counts.  Computing is the
   server's; drawing is charts.js's; where one goes on is going.js's. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  const results = document.querySelector("#results");
  if (!form || !results) return;

  const goTo = (element) =>
    document.dispatchEvent(new CustomEvent("amtweb:go-to", { detail: { element } }));

  /* ---- the two lines that say how it stands -------------------------------------------------- */

  /* The line is a live region: the same words again are not said again. */
  const status = (text, outOfDate) => {
    const line = document.querySelector("#status");
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("out-of-date", outOfDate);
    results.classList.toggle("stale", outOfDate);
  };

  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const line = event.detail.target;
    const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
    if (line.id === "mistakes" && words(line) === words(event.detail.fragment)) {
      event.detail.shouldSwap = false;
    }
    if (line.id !== "status") return;
    const next = event.detail.fragment.querySelector("#status") || event.detail.fragment;
    if (!line.matches("[data-plain]") || !next.matches || !next.matches("[data-plain]")) return;
    event.detail.shouldSwap = false;
    if (line.textContent !== next.textContent) line.textContent = next.textContent;
    line.className = next.className;
  });

  const saveState = (text, trouble = false) => {
    const line = document.querySelector("#save-state");
    if (!line) return;
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("out-of-date", trouble);
  };

  /* ---- requests ------------------------------------------------------------------------------- */

  /* What was sent last, until it is answered.  A retry sends the very same again, under the same
     number: the server then knows it, should only its answer have got lost. */
  let newest = Number(form.elements.sequence.value) || 0;
  let openFolds = null;
  let swapping = false;
  let goesOnAt = "";
  let sent = null;
  let underWay = false;
  let operating = false;
  let failed = false;
  let dirty = false;
  let retrying = false;
  let attempts = 0;
  let timer = 0;
  let carried = {};
  const waiting = [];

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

  /* What has nothing to do now keeps its place and the focus, and does nothing. */
  const isOff = (button) => button.getAttribute("aria-disabled") === "true";
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[name='op']");
    if (button && isOff(button)) event.preventDefault();
  }, true);

  /* An operation without a button of its own, or with more to say than its name. */
  const operate = (operation, fields) => {
    if (operating) {
      waiting.push({ operation, fields });
      return;
    }
    const carrier = document.createElement("button");
    carrier.name = "op";
    carrier.value = operation;
    carrier.hidden = true;
    carrier.formNoValidate = true;
    form.append(carrier);
    carried = fields;
    form.requestSubmit(carrier);
    carried = {};
    carrier.remove();
  };
  document.addEventListener("amtweb:operate", (event) => {
    operate(event.detail.operation, event.detail.fields || {});
  });

  /* An operation is not overtaken: what is asked for meanwhile comes after it. */
  document.body.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form || !operating) return;
    event.preventDefault();
    const cause = event.detail.triggeringEvent;
    const submitter = cause && cause.submitter;
    waiting.push({ operation: submitter && submitter.name ? submitter.value : "" });
  });

  const nextWaiting = () => {
    while (waiting.length) {
      const { operation, fields } = waiting.shift();
      const button = operation && document.querySelector(
        `button[name="op"][value="${CSS.escape(operation)}"]`);
      if (operation && !fields && (!button || isOff(button))) continue;
      if (fields) operate(operation, fields);
      else if (button) button.click();
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
    for (const [name, value] of Object.entries(carried)) detail.parameters[name] = value;
    // htmx does not see a button outside the form that belongs to it.
    const submitter = detail.triggeringEvent && detail.triggeringEvent.submitter;
    if (submitter && submitter.name) detail.parameters[submitter.name] = submitter.value;
    if (submitter && submitter.closest("#applied")) detail.parameters.in_band = "1";
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
    swapping = true;
    openFolds = new Map([...document.querySelectorAll("#inputs details")].map((f) => [f.id, f.open]));
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
    // What cannot be computed is kept as it is typed; htmx calls that answer a success too.
    else if (code === 422) saveState(dirty ? "Saving…" : "Kept as typed");
    else if (detail.successful) saveState(dirty ? "Saving…" : "Saved");
    if (sent && sent.get("op") === "save" && detail.successful) closeNote();
    takeAnswer();
    operating = false;
    swapping = false;
    goOn();
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

  const hasPlace = (id) => {
    const input = document.getElementById(id);
    return Boolean(input) && input.type !== "hidden";
  };

  const showMistakes = (mistakes) => {
    for (const old of form.querySelectorAll(".mistake")) old.remove();
    for (const input of form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    for (const [id, message] of Object.entries(mistakes)) {
      if (!hasPlace(id)) continue;
      const input = document.getElementById(id);
      for (let fold = input.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        fold.open = true;
      }
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
  const renameLots = (lots, own) => {
    for (const [field, choices] of Object.entries(lots)) {
      const wordsOf = new Map(choices);
      const lists = form.querySelectorAll(`select[name$=".${field}"], #lots-${field}`);
      for (const option of [...lists].flatMap((list) => [...list.options])) {
        const words = wordsOf.get(option.value);
        if (words !== undefined && option.textContent !== words) option.textContent = words;
      }
    }
    for (const [name, [lot, words]] of Object.entries(own)) {
      const list = form.elements[name];
      const option = list && [...(list.options || [])].find((each) => each.value === lot);
      if (option) option.textContent = words;
    }
  };

  /* What was typed as 1.2m is shown as 1,200,000 once its field is left. */
  let written = {};
  const showWritten = (field) => {
    const [typed, shown] = written[field.name] || [];
    if (shown !== undefined && field.value === typed) field.value = shown;
  };
  const takeWritten = () => {
    written = json("written-data") || {};
    for (const name of Object.keys(written)) {
      const field = form.elements[name];
      if (!field || field === document.activeElement) continue;
      showWritten(field);
      delete written[name];
    }
  };
  form.addEventListener("focusout", (event) => showWritten(event.target));

  const takeSummaries = () => {
    for (const [id, words] of Object.entries(json("summaries-data") || {})) {
      const place = document.getElementById(id);
      if (place && place.textContent !== words) place.textContent = words;
    }
  };

  const takeAnswer = () => {
    const mistakes = json("mistakes-data");
    if (mistakes === null) return;
    showMistakes(mistakes);
    renameLots(json("lots-data") || {}, json("own-lots-data") || {});
    takeWritten();
    takeSummaries();
    const wrong = Object.keys(mistakes).length > 0;
    results.classList.toggle("stale", wrong);
    document.title = document.title.replace(/^Error: /, "");
    if (wrong) document.title = `Error: ${document.title}`;
    // Where each mistake stands beside its field, a phone needs no list of them above all fields.
    const list = document.querySelector("#mistakes .mistakes");
    if (list) list.classList.toggle("beside", Object.keys(mistakes).every(hasPlace));
    document.querySelector("#answer").replaceChildren();
    for (const fold of document.querySelectorAll("#inputs details")) {
      if (openFolds && openFolds.get(fold.id)) fold.open = true;
    }
    document.dispatchEvent(new CustomEvent("amtweb:answered"));
  };

  // Not by htmx's own header: it would take a copy of the page first, Plotly's styles included.
  document.body.addEventListener("amtweb:address", (event) => {
    history.replaceState(null, "", event.detail.path);
  });

  /* Not before the folds are open again that were: they would push what is gone to out of sight. */
  document.body.addEventListener("amtweb:focus", (event) => {
    goesOnAt = event.detail.path;
    if (!swapping) goOn();
  });

  const goOn = () => {
    const path = goesOnAt;
    if (!path) return;
    goesOnAt = "";
    const band = sent && sent.get("in_band") && document.querySelector("#applied > .applied");
    if (band) {
      // It says what was done, and offers to do it again.
      band.focus();
      return;
    }
    const target = form.querySelector(`[name="${CSS.escape(path)}"]`)
      || form.querySelector(`[value="${CSS.escape(path)}"]`) || document.getElementById(path);
    if (!target) return;
    // What moves up into the place of a removed row needs no opening: its line is enough.
    const row = target.closest("details.row");
    const removed = sent && String(sent.get("op")).startsWith("remove:");
    const closed = row && !row.open && !(openFolds && openFolds.get(row.id));
    goTo(removed && closed ? row.querySelector("summary") : target);
  };

  /* ---- the browser may bring back old fields with new results ------------------------------- */

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) htmx.trigger(form, "submit");
  });
})();
