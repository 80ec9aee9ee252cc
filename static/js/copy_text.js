/* Buttons that copy an amount beside them, and a line that says so. */
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-text]");
  if (!button) return;
  const status = document.querySelector("[data-copied]");
  const text = button.dataset.copyText;
  try {
    await navigator.clipboard.writeText(text);
    for (const other of document.querySelectorAll("[data-copy-text].done")) other.classList.remove("done");
    button.classList.add("done");
    // Emptied first, so that the same words are said again.
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = `Copied ${text}`; });
  } catch {
    getSelection().selectAllChildren(button.closest("tr").querySelector(".copyable"));
    status.textContent = "Selected: press Ctrl+C to copy";
  }
});
