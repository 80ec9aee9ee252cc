/* Many years at once: a year's value copied to the right by keyboard, cells pasted from a
   spreadsheet.  What is in them the server reads. */
"use strict";

(() => {
  const form = document.querySelector("#bench");
  if (!form) return;

  const cellOf = (target) =>
    target.closest && target.closest(".year-grid :is(input, select)[name^='years[']");
  const partsOf = (cell) => {
    const [, place, field] = /^years\[(\d+)\]\.(.+)$/.exec(cell.name);
    return { field, year: form.elements[`years[${place}].year`].value };
  };
  const operate = (operation, fields) =>
    document.dispatchEvent(new CustomEvent("amtweb:operate", { detail: { operation, fields } }));

  /* What is said about filling is no edit yet. */
  document.addEventListener("input", (event) => {
    if (event.target.closest(".fill-form")) event.stopPropagation();
  }, true);

  document.addEventListener("keydown", (event) => {
    const inForm = event.target.closest && event.target.closest(".fill-form input");
    if (inForm && event.key === "Enter") {
      event.preventDefault();
      form.querySelector('button[value="fill_right"]').click();
      return;
    }
    if (event.key !== "ArrowRight" || !event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = cellOf(event.target);
    if (!cell || !form.elements.fill_growth) return;
    event.preventDefault();
    const { field, year } = partsOf(cell);
    const growth = form.elements.fill_growth.value;
    operate("fill_right",
      { fill_what: field, fill_from: year, fill_amount: "", fill_growth: growth });
  });

  /* The form to fill with begins at what was typed last; where one only passes changes nothing. */
  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (!cell || !cell.value || !form.elements.fill_what) return;
    const { field, year } = partsOf(cell);
    form.elements.fill_what.value = field;
    form.elements.fill_from.value = year;
  });

  /* A name may be copied with a line break in it; a block of names has more than one column. */
  const takesBlock = (field, text) => {
    if (cellOf(field)) return field.matches("input.amount");
    const inRow = field.matches(".row > .fields > .field > :is(input, select)");
    return inRow && (/\t/.test(text) || !field.closest(".field.text"));
  };

  form.addEventListener("paste", (event) => {
    const field = event.target;
    if (!field.closest("#inputs") || !field.name) return;
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (!/[\t\r\n]/.test(text)) return;
    const block = takesBlock(field, text);
    if (!block && !field.matches("input.amount")) return;
    event.preventDefault();
    if (block) operate("paste", { pasted: text, pasted_at: field.name });
    // Elsewhere there is one place for several cells: they stay apart, and are refused.
    else field.setRangeText(text.split(/[\t\r\n]+/).join("; "), field.selectionStart,
      field.selectionEnd, "end");
    if (!block) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
