/* A draft that is typed and not saved is not left by accident. */
"use strict";

(() => {
  const form = document.querySelector("form[data-warns]");
  if (!form) return;
  let sending = false;
  const differs = (field) =>
    field.tagName === "SELECT"
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && field.name !== "add" && field.selectedIndex > 0)
      : field.value !== field.defaultValue;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    const typed = [...form.elements].filter((field) => field.matches("input, select, textarea"));
    if (!sending && typed.some(differs)) event.preventDefault();
  });
})();
