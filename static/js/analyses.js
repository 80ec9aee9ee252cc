/* The panels of the analyses: opening one, asking it again after an edit, and its slider. */
"use strict";

(() => {
  const place = document.querySelector("#analysis");
  const form = document.querySelector("#bench");
  if (!place || !form) return;

  const money = (amount) => {
    const whole = Math.round(amount);
    return `${whole < 0 ? "\u2212" : ""}$${Math.abs(whole).toLocaleString("en-US")}`;
  };
  const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const inUnit = {
    dollars: money,
    per_share: (price) => `$${price.toLocaleString("en-US", cents)}`,
    shares: (number) => `${Math.floor(number).toLocaleString("en-US")} shares`,
  };

  /* What was pressed to open the panel; the focus goes back there when it is closed. */
  let opener = null;

  const open = (button) => {
    const values = Object.fromEntries(new FormData(form));
    delete values.asked;
    const { pathname, search } = new URL(button.formAction);
    opener = button;
    for (const other of document.querySelectorAll("[data-analysis]")) {
      other.setAttribute("aria-expanded", String(new URL(other.formAction).pathname === pathname));
    }
    place.setAttribute("aria-busy", "true");
    return htmx.ajax("POST", pathname + search, { source: "#analysis", target: "#analysis", swap: "innerHTML", values })
      .then(() => {
        place.removeAttribute("aria-busy");
        const title = place.querySelector("h2");
        if (title) title.focus({ preventScroll: true });
        place.scrollIntoView({ block: "start" });
      });
  };

  const abort = () => {
    const ask = place.querySelector("#ask");
    if (ask) htmx.trigger(ask, "htmx:abort");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-analysis], [data-asks]");
    if (button) {
      event.preventDefault();
      open(button);
    }
    const stop = event.target.closest("[data-stops]");
    if (stop) {
      abort();
      document.getElementById(stop.dataset.stops).remove();
      stop.closest(".progress").querySelector("label").append(", stopped");
      stop.remove();
    }
    if (event.target.closest("[data-closes-analysis]")) {
      abort();
      place.replaceChildren();
      const expanded = document.querySelector('[data-analysis][aria-expanded="true"]');
      if (expanded) expanded.setAttribute("aria-expanded", "false");
      const back = opener && opener.isConnected ? opener : expanded;
      if (back) back.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    const ask = event.key === "Enter" && event.target.closest("#ask");
    if (!ask || event.target.matches("button")) return;
    event.preventDefault();
    htmx.trigger(ask, "ask");
  });

  /* ---- what an answer says, once it has been at rest, and what is wrong with a control ------ */

  let resting = 0;
  const say = () => {
    const line = place.querySelector("#analysis-said");
    const said = place.querySelector("[data-said]");
    if (line && said && line.textContent !== said.textContent) line.textContent = said.textContent;
  };

  const markMistakes = () => {
    for (const control of place.querySelectorAll("#ask [aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
    for (const mistake of place.querySelectorAll("[data-mistake-of]")) {
      const control = document.getElementById(mistake.dataset.mistakeOf);
      if (!control) continue;
      mistake.id = `${control.id}-mistake`;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", mistake.id);
    }
  };

  const takeAnswer = () => {
    slideAll();
    markMistakes();
    clearTimeout(resting);
    resting = setTimeout(say, 1000);
  };

  /* ---- the slider of a curve --------------------------------------------------------------- */

  const slide = (slider) => {
    const figure = slider.closest(".curve");
    const data = figure.curveData ||= JSON.parse(figure.querySelector(".curve-data").textContent);
    const at = Number(slider.value);
    const x = data.x[at];
    const across = (100 * (x - data.range[0])) / (data.range[1] - data.range[0]);
    for (const end of ["x1", "x2"]) figure.querySelector(".cursor").setAttribute(end, `${across}%`);
    const words = inUnit[data.unit](x);
    figure.querySelector("output").textContent = words;
    slider.setAttribute("aria-valuetext", words);
    for (const value of figure.querySelectorAll("[data-line]")) {
      value.textContent = money(data.lines[Number(value.dataset.line)].y[at]);
    }
    const apply = place.querySelector("[data-applies-slider]");
    if (apply) offer(apply, x, words, data.unit);
  };

  /* Rounded down, so that none lack; only of less than one are parts. */
  const wholeShares = (shares) =>
    shares >= 1 ? Math.floor(shares + 1e-3) : Math.floor(shares * 1e4 + 1e-3) / 1e4;

  /* The button takes over where the slider stands. */
  const offer = (apply, x, words, unit) => {
    const { words: template, edit, takes, gainPerShare, sales } = JSON.parse(apply.dataset.appliesSlider);
    const edits = [edit];
    if (takes === "sold") edit.value.shares = wholeShares(x / gainPerShare);
    else if (takes === "added") edit.value += x;
    else edit.value = unit === "shares" ? Math.floor(x) : x;
    const sold = Object.values(sales || {}).reduce((sum, shares) => sum + shares, 0);
    if (sold > edit.value) {
      for (const [path, shares] of Object.entries(sales)) {
        edits.push({ path, value: wholeShares((shares * edit.value) / sold) });
      }
    }
    const text = template.replace("{}", takes === "sold" ? edit.value.shares.toLocaleString("en-US") : words);
    apply.value = `apply:${JSON.stringify({ edits, said: `Applied: ${text}.` })}`;
    apply.textContent = text;
    apply.disabled = takes !== "set" && x === 0;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-curve]")) slide(event.target);
  });
  const slideAll = () => place.querySelectorAll("[data-curve]").forEach(slide);
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (place.contains(event.target)) takeAnswer();
  });
  takeAnswer();

  /* ---- a request of the panel that is overtaken, or fails ----------------------------------- */

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (!place.contains(event.detail.elt)) return;
    const { detail } = event;
    // htmx calls it an error, on the console, when a newer question overtakes one: it is none.
    detail.xhr.abort = () => {
      detail.error = "";
      XMLHttpRequest.prototype.abort.call(detail.xhr);
    };
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      if (!place.contains(event.detail.elt)) return;
      const line = document.createElement("p");
      line.className = "none-yet";
      line.dataset.said = "";
      line.textContent = "The server could not answer this. Change a control to ask again.";
      (place.querySelector("#analysis-answer") || place).replaceChildren(line);
      takeAnswer();
    });
  }

  /* ---- an edit makes the answer old --------------------------------------------------------- */

  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    const ask = document.querySelector("#ask");
    if (ask) htmx.trigger(ask, "ask");
    else if (place.querySelector(".analysis")) {
      const expanded = document.querySelector('[data-analysis][aria-expanded="true"]');
      if (expanded) open(expanded);
    }
  });
})();
