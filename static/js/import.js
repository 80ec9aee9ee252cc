/* A file dropped on the page is chosen in the form that takes one; the button beside it goes on. */
"use strict";

(() => {
  const form = document.querySelector("[data-takes-files]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const said = form.querySelector("[data-dropped]");
  const bringsFiles = (event) => [...event.dataTransfer.types].includes("Files");

  document.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    form.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    form.classList.remove("dropping");
    const { files } = event.dataTransfer;
    if (files.length !== 1) {
      said.textContent = "Drop one file at a time.";
      return;
    }
    input.files = files;
    const button = input.closest("section, form").querySelector("button");
    said.textContent = `${files[0].name} is chosen: press ${button.textContent}.`;
    button.focus();
  });
})();
