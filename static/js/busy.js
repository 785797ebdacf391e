/* A form that was sent cannot be sent twice; its button says so. Coming back by history wakes it again. */
export function busy(form) {
  const rest = () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const button = event.submitter || form.querySelector("[type=submit]");
    if (button) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", (event) => event.persisted && rest());
  form.addEventListener("htmx:afterRequest", rest);
}
