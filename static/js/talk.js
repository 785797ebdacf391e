/* An open conversation asks for what is new when the socket says so, and now and then while somebody sees it, in case that no
   socket gets through. It stays at its end unless one reads above it. */
const EVERY = 10000;
const NEAR = 48;

export function talk(log) {
  let atEnd = true;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const look = () => {
    if (document.visibilityState === "visible") log.dispatchEvent(new CustomEvent("look"));
  };
  const moved = (event) => {
    if (event.detail.conversation === log.dataset.conversation) look();
  };
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR; });
  log.addEventListener("htmx:afterSwap", () => { if (atEnd) toEnd(); });
  document.body.addEventListener("conversation", moved);
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(() => {
    if (log.isConnected) return look();
    clearInterval(timer);
    document.body.removeEventListener("conversation", moved);
    document.removeEventListener("visibilitychange", look);
  }, EVERY);
  toEnd();
}
