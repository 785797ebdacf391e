/* Changes the theme in place; the same form works without script by a round trip. */
export function theme(form) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    document.documentElement.dataset.bsTheme = button.value;
    const scheme = document.querySelector("meta[name=color-scheme]");
    if (scheme) scheme.content = button.value === "auto" ? "light dark" : button.value;
    for (const other of form.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    const body = new FormData(form, button);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
