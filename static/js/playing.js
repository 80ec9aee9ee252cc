/* Sliders beside number boxes.  A slider writes into its box, and the box is what is sent; one
   movement, from where it is taken to where it is let go, is one step of the undo. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  if (!form) return;
  const isSlider = (target) => target.matches && target.matches("input[type=range][data-plays]");
  const boxOf = (slider) => document.getElementById(slider.dataset.plays);
  /* As the server writes numbers; whatever else stands there has no place on the slider. */
  const numberIn = (box) => Number(box.value.replaceAll(",", ""));

  let gestures = 0;
  const begin = () => {
    gestures += 1;
    form.elements.gesture.value = `${gestures}`;
  };
  const end = () => { form.elements.gesture.value = ""; };

  const show = (slider) => {
    const box = boxOf(slider);
    const text = box ? box.value : "";
    slider.setAttribute("aria-valuetext", text || "blank");
    const told = slider.closest(".knob").querySelector("output");
    if (told) told.textContent = text;
  };

  const follow = (slider) => {
    const box = boxOf(slider);
    const number = box ? numberIn(box) : NaN;
    if (Number.isNaN(number)) return;
    if (number > Number(slider.max)) slider.max = String(number);
    if (number < Number(slider.min)) slider.min = String(number);
    slider.value = String(number);
    show(slider);
  };

  form.addEventListener("pointerdown", (event) => { if (isSlider(event.target)) begin(); });
  form.addEventListener("focusin", (event) => {
    if (isSlider(event.target)) begin();
    else end();
  });
  form.addEventListener("input", (event) => {
    if (isSlider(event.target)) {
      const box = boxOf(event.target);
      if (!box) return;
      box.value = Number(event.target.value).toLocaleString("en-US", { maximumFractionDigits: 4 });
      show(event.target);
      return;
    }
    const slider = form.querySelector(`[data-plays="${CSS.escape(event.target.id || "-")}"]`);
    if (slider) follow(slider);
  });

  /* One slider for all figures of the years: it goes as far as the figure suggests. */
  const aim = () => {
    const play = document.querySelector("#play-year");
    if (!play) return;
    const field = play.querySelector("[data-plays-what]").value;
    const slider = play.querySelector("[data-plays]");
    const year = play.querySelector("[data-plays-year]").value;
    slider.dataset.plays = `years-${year}-${field.replaceAll(".", "-")}`;
    const size = Math.max(500000, 2 * Math.abs(numberIn(boxOf(slider)) || 0));
    slider.min = field.endsWith("_term_gain") ? String(-size) : "0";
    slider.max = String(size);
    slider.step = String(size / 500);
    follow(slider);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.closest("#play-year select")) return;
    event.stopImmediatePropagation();
    aim();
  }, true);
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches || !event.target.matches(".play")) return;
    if (event.target.id === "play-year") aim();
    else for (const slider of event.target.querySelectorAll("[data-plays]")) follow(slider);
  }, true);
  document.addEventListener("amtweb:answered", () => {
    for (const slider of form.querySelectorAll(".play[open] [data-plays]")) {
      if (slider !== document.activeElement) follow(slider);
    }
  });
})();
