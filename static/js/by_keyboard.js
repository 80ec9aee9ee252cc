/* The bench by keyboard.  What is listed here is listed for people in _shortcuts.html. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  if (!form) return;

  /* Where there is no such button yet, the page offers what has to come first. */
  const press = (...operations) => {
    for (const operation of operations) {
      const button = document.querySelector(`button[name="op"][value="${operation}"]`);
      if (button) return button.click();
    }
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

  /* ---- single letters: outside of fields, or with Alt and Shift; they can be turned off --------- */

  const goTo = (element) =>
    element && document.dispatchEvent(new CustomEvent("amtweb:go-to", { detail: { element } }));
  const stepYear = (by) => {
    const stepper = document.querySelector("#year-stepper");
    const year = Number(document.querySelector("#results").dataset.selectedYear) + by;
    if (!stepper || year < Number(stepper.min) || year > Number(stepper.max)) return;
    document.dispatchEvent(new CustomEvent("amtweb:select-year", { detail: { year } }));
  };

  const LETTERS = {
    KeyG: () => press("add:grants"),
    KeyE: () => press("add:exercises", "add:grants"),
    KeyS: () => press("add:sales", "add:grants"),
    KeyN: () => stepYear(1),
    KeyP: () => stepYear(-1),
    // The region and no field of it: what is typed next is a letter of this list, too.
    KeyI: () => goTo(document.querySelector("#inputs-side")),
    KeyR: () => goTo(document.querySelector("#results")),
    KeyL: () => press("share"),
    KeyA: () => {
      const button = document.querySelector('[data-analysis="pairing"]');
      if (!button) return;
      goTo(button);
      button.click();
    },
  };

  const list = document.querySelector("#shortcuts-list");
  const dialog = document.createElement("dialog");
  dialog.className = "shortcuts-dialog";
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  const title = document.createElement("h2");
  title.id = "shortcuts-title";
  title.textContent = "Keyboard shortcuts";
  const close = document.createElement("button");
  close.className = "button quiet";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  let single = true;
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".single-keys")) return;
    single = event.target.checked;
    for (const box of document.querySelectorAll(".single-keys")) box.checked = single;
  });
  const showList = () => {
    if (!list || dialog.open) return;
    const shown = document.createElement("div");
    for (const piece of list.children) shown.append(piece.cloneNode(true));
    dialog.replaceChildren(title, shown, close);
    if (!dialog.isConnected) document.body.append(dialog);
    for (const box of dialog.querySelectorAll(".single-keys")) box.checked = single;
    dialog.showModal();
    close.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || dialog.open) return;
    const typing = event.target.matches && event.target.matches(
      "input, select, textarea, [contenteditable], [role=slider]");
    const alone = single && !typing && !event.altKey;
    if (event.key === "?" && alone) {
      event.preventDefault();
      showList();
      return;
    }
    const letter = LETTERS[event.code];
    const held = event.altKey && event.shiftKey;
    if (!letter || !(held || (alone && !event.shiftKey))) return;
    event.preventDefault();
    letter();
  });
})();
