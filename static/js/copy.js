/* A field whose text is selected at once, a button that copies it, and on a phone one that sends it. */
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
    button.focus();
  } catch {
    // The text keeps the focus, to be copied by hand.
    field.focus();
    button.textContent = "Selected: copy it";
  }
});

(() => {
  const button = document.querySelector("[data-sends]");
  const field = button && document.getElementById(button.dataset.sends);
  if (!field) return;
  if (document.activeElement === field || document.activeElement === document.body) {
    field.focus();
    field.select();
  }
  if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Who closes the list of ways to send it has thought better of it.
    navigator.share({ title: document.title, url: field.value }).catch(() => {});
  });
})();
