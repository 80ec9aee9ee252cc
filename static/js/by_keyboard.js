/* The bench by keyboard.  What is listed here is listed for people in _shortcuts.html. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  if (!form) return;

  const press = (operation) => {
    const button = document.querySelector(`button[name="op"][value="${operation}"]`);
    if (button) button.click();
  };

  /* ---- undo: of letters in a field, else of edits ----------------------------------------------- */

  /* While a field holds what was not sent yet, the browser takes back letters; after that, or
     elsewhere on the page, an undo takes back edits. */
  let dirty = false;
  let sent = null;
  form.addEventListener("input", () => { dirty = true; });
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    sent = new Map(Object.entries(event.detail.parameters));
    dirty = false;
  });
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
})();
