"use strict";
/* Keys for the rows of a page. The link of a row takes the focus, so that Enter opens it and a
   screen reader says whose it is; the keys can be put off, as WCAG 2.1.4 asks. */
const ROWS = "table.creators tbody tr, main .plain-list > li";
const OFF = "mawj-keys-off";
/* Where letters are not Latin, the place of the key on the keyboard counts. */
const PLACES = { KeyJ: "j", KeyK: "k", KeyX: "x", KeyS: "s", Slash: "/" };

const help = document.getElementById("keys");
const said = document.getElementById("keys-said");

function rows() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.querySelector("a[href]"));
}

function isTyping(target) {
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && !["checkbox", "radio", "button", "submit"].includes(field.type);
}

function meant(event) {
  if (event.key === "?" || event.key === "؟") { return "?"; }
  if (event.key.length === 1 && event.key.codePointAt(0) < 128) { return event.key.toLowerCase(); }
  return event.shiftKey ? "" : PLACES[event.code] || "";
}

function move(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!row) { return; }
  row.querySelector("a[href]").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function tick() {
  const row = rows().find((one) => one.contains(document.activeElement));
  const box = row && row.querySelector("input[type=checkbox]:not(:disabled)");
  if (!box) { return; }
  box.click();
  const word = box.checked ? said.dataset.ticked : said.dataset.unticked;
  said.textContent = `${word}: ${row.querySelector("a[href]").textContent}`;
}

/* The row is ticked, and the button that puts what is ticked on a list is next. */
function save() {
  const button = document.querySelector("[data-save]");
  if (!button) { return; }
  const row = rows().find((one) => one.contains(document.activeElement));
  const box = row && row.querySelector("input[type=checkbox]");
  if (box && !box.checked) { tick(); }
  button.focus();
}

function show() {
  for (const line of help.querySelectorAll("[data-for]")) {
    line.hidden = document.querySelector(line.dataset.for) === null;
  }
  help.showModal();
}

function search() {
  const field = document.querySelector("main [type=search]");
  if (field) { field.focus(); field.select(); }
}

if (help) {
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) { localStorage.removeItem(OFF); } else { localStorage.setItem(OFF, "1"); }
  });
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
  const DOES = { j: () => move(1), k: () => move(-1), x: tick, s: save, "?": show, "/": search };
  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (held || event.defaultPrevented || help.open || !on.checked || isTyping(event.target)) { return; }
    const does = DOES[meant(event)];
    if (does) { event.preventDefault(); does(); }
  });
}
