"use strict";
/* What pages do by themselves: nothing here is needed to read or to work, only to do it faster. */
document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !inField) {
    const search = document.querySelector("[type=search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
});
