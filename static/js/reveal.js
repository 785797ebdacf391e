/* Shows and hides a password. */
export function reveal(box) {
  const input = box.querySelector("input");
  const button = box.querySelector("button");
  if (!input || !button) return;
  const show = button.getAttribute("aria-label");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.setAttribute("aria-label", shown ? show : button.dataset.hide);
  });
}
