/* An open conversation looks for what is new while somebody sees it, and stays at its end unless one reads above it. */
const EVERY = 5000;
const NEAR = 48;

export function talk(log) {
  let atEnd = true;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR; });
  log.addEventListener("htmx:afterSwap", () => { if (atEnd) toEnd(); });
  const timer = setInterval(() => {
    if (!log.isConnected) return clearInterval(timer);
    if (document.visibilityState === "visible") log.dispatchEvent(new CustomEvent("look"));
  }, EVERY);
  toEnd();
}
