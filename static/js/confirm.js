/* Asks in a dialog before a form is sent: data-dialog names the <dialog>. Without script the form is sent at once and
   the server asks. */
export function confirm(form) {
  const dialog = document.getElementById(form.dataset.dialog);
  let agreed = false;
  form.addEventListener("submit", (event) => {
    if (agreed || !dialog) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      agreed = true;
      form.requestSubmit(submitter || undefined);
    }, { once: true });
    dialog.showModal();
  }, { capture: true });
}
