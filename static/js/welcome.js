/* The example of the first page: a slider moves its number box, and the address keeps the numbers. */
"use strict";

(() => {
  const form = document.querySelector("#example");
  if (!form) return;
  const written = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
  const read = (text) => Number(text.replace(/[$,\s]/g, ""));

  for (const slider of form.querySelectorAll("input[type=range]")) {
    const box = document.getElementById(slider.dataset.for);
    const unit = box.parentElement.querySelector(".unit");
    const say = (number) => {
      slider.ariaValueText = `${unit ? unit.textContent : ""}${written.format(number)}`;
    };
    slider.addEventListener("input", () => {
      box.value = written.format(slider.value);
      say(slider.value);
    });
    box.addEventListener("input", () => {
      const number = read(box.value);
      if (box.value.trim() && Number.isFinite(number)) {
        slider.value = number;
        say(number);
      }
    });
  }

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, elt } = event.detail;
    if (elt !== form || ![200, 422].includes(xhr.status)) return;
    history.replaceState(history.state, "", xhr.responseURL);
    for (const box of form.querySelectorAll("input[name]")) {
      const mistake = document.getElementById(`${box.id}-mistake`);
      const wrong = Boolean(mistake && mistake.textContent.trim());
      box.ariaInvalid = wrong ? "true" : null;
      if (wrong) box.setAttribute("aria-describedby", mistake.id);
      else box.removeAttribute("aria-describedby");
    }
    document.querySelector(".worked").classList.toggle("stale", xhr.status === 422);
  });
})();
