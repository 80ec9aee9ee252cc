/* The forms of a year: the menu of forms closes once one of them is chosen. */
"use strict";

document.addEventListener("click", (event) => {
  const menu = event.target.closest("a") && event.target.closest(".forms-bar .menu");
  if (menu) menu.open = false;
});
