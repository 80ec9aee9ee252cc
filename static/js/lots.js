/* Where there are too many lots to repeat at every row, a row gets them when it is about to be used. */
"use strict";

(() => {
  const fill = (event) => {
    const select = event.target.closest("select[data-chosen-from]");
    const lots = select && document.getElementById(select.dataset.chosenFrom);
    if (!lots || select.options.length >= lots.options.length) return;
    const chosen = select.value;
    const all = [...lots.options].map((lot) => new Option(lot.text, lot.value));
    const gone = [...select.options].filter((old) => !all.some((lot) => lot.value === old.value));
    select.replaceChildren(...gone, ...all);
    select.value = chosen;
  };

  for (const beginning of ["focusin", "pointerdown"]) document.addEventListener(beginning, fill);
})();
