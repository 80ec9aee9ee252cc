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
    box.addEventListener("focus", () => box.select());
    box.addEventListener("change", () => {
      if (box.value.trim() && Number.isFinite(read(box.value))) box.value = written.format(read(box.value));
    });
    // The slider takes no Tab: by keyboard its steps are taken in the box.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      if (event.key === "ArrowUp") slider.stepUp();
      else slider.stepDown();
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.addEventListener("input", () => {
      const number = read(box.value);
      if (box.value.trim() && Number.isFinite(number)) {
        slider.value = number;
        say(number);
      }
    });
  }

  /* The order of Tab is that of the eye: beside one another the left side comes first, below one
     another the example does. */
  const ways = document.querySelector(".ways");
  const worked = document.querySelector(".worked");
  const beside = matchMedia("(min-width: 58.01rem)");
  const order = () => {
    if (beside.matches) worked.before(ways);
    else worked.after(ways);
  };
  order();
  beside.addEventListener("change", order);

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
