/* A number box that is come to is selected as a whole, to be typed over; once one is in it, a tap
   or a click puts the cursor where it is. */
"use strict";

(() => {
  let fresh = null;
  document.addEventListener("focusin", ({ target }) => {
    fresh = null;
    if (!target.matches("input.amount, input[inputmode=decimal], input[inputmode=numeric]")) return;
    fresh = target;
    target.select();
  });
  document.addEventListener("click", ({ target }) => {
    // The press that came to the box has put the cursor somewhere; who drew over a part keeps that.
    if (target === fresh && target.selectionStart === target.selectionEnd) target.select();
    fresh = null;
  });
  document.addEventListener("input", () => { fresh = null; });

  /* Plain digits are shown with commas once they are left, where no answer comes to show them. */
  document.addEventListener("change", ({ target }) => {
    if (!target.closest("[data-groups]") || !/^\d{4,12}(\.\d+)?$/.test(target.value)) return;
    if (!target.matches("input.amount")) return;
    const [whole, part] = target.value.split(".");
    target.value = Number(whole).toLocaleString("en-US") + (part ? `.${part}` : "");
  });
})();
