"use strict";
/* Files dropped on the box go where the file field would put them. */
for (const box of document.querySelectorAll(".drop")) {
  const field = box.querySelector("input[type=file]");
  const over = (event, isOver) => { event.preventDefault(); box.classList.toggle("over", isOver); };
  box.addEventListener("dragover", (event) => over(event, true));
  box.addEventListener("dragleave", (event) => over(event, false));
  box.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; box.requestSubmit(); }
  });
}
