/* After a refusal the list of errors is read first; its links put the cursor into the field. */
export function summary(box) {
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const target = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
    (target || field).focus();
  });
}
