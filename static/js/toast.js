/* News leave after six seconds, wait while someone reads them, and can be closed. Refusals stay. */
export function toast(slip) {
  const close = slip.querySelector("[data-action=close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => slip.remove());
  }
  if (slip.getAttribute("role") === "alert") return;
  let timer;
  const start = () => { timer = setTimeout(() => slip.remove(), 6000); };
  const stop = () => clearTimeout(timer);
  slip.addEventListener("mouseenter", stop);
  slip.addEventListener("mouseleave", start);
  slip.addEventListener("focusin", stop);
  slip.addEventListener("focusout", start);
  start();
}
