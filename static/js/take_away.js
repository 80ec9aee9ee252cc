/* What takes a scenario away: the printer, and a chart as PNG, which is drawn from its SVG. */
"use strict";

(() => {
  const SCALE = 2;

  const loaded = (address) => new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener("load", () => resolve(image));
    image.addEventListener("error", () => reject(new Error("The picture cannot be drawn.")));
    image.src = address;
  });

  const pngOf = async (svg) => {
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    try {
      const image = await loaded(address);
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * SCALE;
      canvas.height = image.naturalHeight * SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const savePng = async (link) => {
    const words = link.textContent;
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(`The picture cannot be had: ${answer.status}`);
      const kept = /filename="([^"]+)\.svg"/.exec(answer.headers.get("Content-Disposition"));
      save(await pngOf(await answer.text()), `${kept ? kept[1] : "amtweb-chart"}.png`);
    } catch {
      link.textContent = "Not saved: try again";
      setTimeout(() => { link.textContent = words; }, 5000);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) window.print();
    const link = event.target.closest("a[data-png]");
    if (!link) return;
    event.preventDefault();
    savePng(link);
  });

  // An example becomes the visitor's own with the first edit, and so do the files of the page.
  document.addEventListener("amtweb:address", ({ detail }) => {
    for (const link of document.querySelectorAll("a[data-taken-from]")) {
      link.href = detail.beside + link.getAttribute("href").slice(link.dataset.takenFrom.length);
      link.dataset.takenFrom = detail.beside;
    }
  });
})();
