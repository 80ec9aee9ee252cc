/* The explorer: its slider and number box, its address, mistakes beside their fields. */
"use strict";

(() => {
  const form = document.querySelector("#explorer");
  const slider = document.querySelector("#slider");
  const range = document.querySelector("#range");
  const number = document.querySelector("#id_exercise");
  const suggested = document.querySelector('[name="suggested"]');
  if (!form) return;

  const whole = (amount) => Math.round(amount).toLocaleString("en-US");
  /* Half a dollar goes up, as the server has it; between two points it may come out a hair below. */
  const money = (amount) => {
    const dollars = Math.round(Math.abs(amount) + 1e-3);
    return `${amount < 0 && dollars ? "\u2212" : ""}$${whole(dollars)}`;
  };

  /* As the server reads a number, for the time until it does. */
  const read = (text) => {
    const match = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([km]?)$/i.exec(text.replace(/[$,\s_']/g, ""));
    return match ? Number(match[1]) * ({ k: 1e3, m: 1e6 }[match[2].toLowerCase()] || 1) : NaN;
  };

  /* ---- the curve: straight between its points ----------------------------------------------- */

  let data = null;
  const take = () => {
    const source = document.querySelector("#chart .curve-data");
    data = source ? JSON.parse(source.textContent) : null;
    slider.hidden = !data;
    if (!data) return;
    range.max = data.total;
    suggested.value = data.suggested;
    if (document.activeElement !== number) number.value = data.chosen;
    range.value = read(data.chosen);
    show(read(data.chosen));
  };

  const at = (amounts, shares) => {
    const next = Math.max(1, data.x.findIndex((x) => x >= shares));
    const [x0, x1] = [data.x[next - 1], data.x[next]];
    if (x1 === undefined || x1 === x0) return amounts[next - 1];
    return amounts[next - 1] + ((shares - x0) / (x1 - x0)) * (amounts[next] - amounts[next - 1]);
  };

  const show = (shares) => {
    const amt = at(data.amt, shares);
    const strike = at(data.strike, shares);
    const told = { amt, strike, cash: strike + at(data.tax, shares), credit: at(data.credit, shares) };
    for (const [name, amount] of Object.entries(told)) {
      document.querySelector(`[data-at="${name}"]`).textContent = money(amount);
    }
    const x = `${(100 * (shares - data.across[0])) / (data.across[1] - data.across[0])}%`;
    const y = `${100 - (100 * (amt - data.up[0])) / (data.up[1] - data.up[0])}%`;
    const line = document.querySelector("#chart line.cursor");
    for (const end of ["x1", "x2"]) line.setAttribute(end, x);
    line.setAttribute("y1", y);
    const dot = document.querySelector("#chart circle.cursor");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    const take = document.querySelector("[data-take]");
    if (take) {
      take.textContent = whole(shares);
      take.closest("button").hidden = shares < 1;
    }
    range.setAttribute("aria-valuetext", `${whole(shares)} options, AMT ${money(amt)}`);
  };

  range.addEventListener("input", () => {
    if (!data) return;
    number.value = whole(Number(range.value));
    show(Number(range.value));
  });
  number.addEventListener("input", (event) => {
    event.stopPropagation();
    const shares = read(number.value);
    if (!data || !(shares >= 0)) return;
    range.value = Math.min(shares, data.total);
    show(Math.min(shares, data.total));
  });
  const keepChosen = () => {
    const { address: answered } = document.querySelector("#sentence").dataset;
    if (!answered) return;
    const address = new URL(answered, location.href);
    if (number.value === suggested.value) address.searchParams.delete("exercise");
    else address.searchParams.set("exercise", number.value);
    replace(address);
    const asked = document.querySelector('#apply [name="asked"]');
    if (asked) asked.value = address.search.slice(1);
  };
  range.addEventListener("change", keepChosen);
  number.addEventListener("change", () => {
    if (data && read(number.value) >= 0) number.value = whole(Math.min(read(number.value), data.total));
    keepChosen();
  });

  const replace = (address) => {
    if (String(address) !== location.href) history.replaceState(null, "", address);
  };

  /* ---- answers ------------------------------------------------------------------------------ */

  let resting = 0;
  const takeAnswer = () => {
    for (const mistake of document.querySelectorAll("[data-mistake-of]")) {
      const field = document.getElementById(mistake.dataset.mistakeOf);
      if (!field) continue;
      if (mistake.textContent) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    const sentence = document.querySelector("#sentence");
    const { address } = sentence.dataset;
    for (const place of document.querySelectorAll("#answer, #plans")) {
      place.classList.toggle("stale", !address);
    }
    if (address) {
      replace(new URL(address, location.href));
      take();
    }
    clearTimeout(resting);
    resting = setTimeout(() => {
      const said = document.querySelector("#explorer-said");
      const words = [...sentence.querySelectorAll("[data-said]")].map((each) => each.textContent);
      if (said.textContent !== words.join(" ")) said.textContent = words.join(" ");
    }, 1000);
  };
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt === form || event.target === form) takeAnswer();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form) takeAnswer();
  });

  form.addEventListener("input", () => document.querySelector("[data-example]")?.classList.add("past"));

  /* A number that is left stands there as it was understood: 250000 as 250,000, 200k as 200,000. */
  const grouped = (text) => {
    const amount = read(text);
    if (Number.isNaN(amount)) return text;
    const decimals = /^[^km]*\.([0-9]+)$/i.exec(text.trim())?.[1] || "";
    const [integer, rest] = String(amount).split(".");
    const fraction = decimals || rest;
    return Number(integer).toLocaleString("en-US") + (fraction ? `.${fraction}` : "");
  };
  for (const field of form.querySelectorAll("input.amount")) {
    field.value = grouped(field.value);
    field.addEventListener("change", () => { field.value = grouped(field.value); });
  }

  /* The button of another grant gives way to its fields. */
  for (const another of form.querySelectorAll(".another")) {
    another.addEventListener("toggle", () => {
      if (another.open && document.activeElement === document.body) another.querySelector("input").focus();
    });
  }

  /* ---- the search --------------------------------------------------------------------------- */

  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    // htmx calls it an error, on the console, when a request is stopped or overtaken: it is none.
    detail.xhr.abort = () => {
      detail.error = "";
      XMLHttpRequest.prototype.abort.call(detail.xhr);
    };
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-stops], [data-starts]");
    if (!button) return;
    const search = document.getElementById(button.dataset.stops || button.dataset.starts);
    const stops = "stops" in button.dataset;
    htmx.trigger(search, stops ? "htmx:abort" : "again");
    search.querySelector(".progressing").hidden = stops;
    search.querySelector(".stopped").hidden = !stops;
    search.querySelector(stops ? "[data-starts]" : "[data-stops]").focus();
  });

  take();
})();
