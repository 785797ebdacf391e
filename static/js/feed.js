/* Keeps the counts of the bell and of the messages true. The page is right without it. */
import { open } from "./live.js";

const A_MOMENT = 400;

export function feed(bell) {
  document.body.addEventListener("live:unread", (event) => {
    show(bell, event.detail);
    document.body.dispatchEvent(new CustomEvent("notices")); // an open inbox asks for its list again
  });
  open();
}

/* Says, too, that what was said has arrived with somebody: once for many hints. */
export function letters(link) {
  let timer = null;
  const arrived = async () => {
    timer = null;
    try {
      const answer = await fetch(link.dataset.arrived, { method: "POST", headers: { "X-CSRFToken": link.dataset.token } });
      if (answer.ok) show(link, (await answer.json()).messages);
    } catch { /* the next hint asks again */ }
  };
  const soon = () => { timer ??= setTimeout(arrived, A_MOMENT); };
  document.body.addEventListener("live:messages", (event) => {
    show(link, event.detail);
    if (event.detail) soon();
  });
  document.body.addEventListener("live:talk", (event) => { if (event.detail.seq || event.detail.marks) soon(); });
  document.body.addEventListener("talk:read", soon);
}

function show(link, count) {
  let pip = link.querySelector(".pip");
  link.setAttribute("aria-label", count ? link.dataset.unread.replace("0", count) : link.dataset.none);
  if (!count) return pip?.remove();
  if (!pip) {
    pip = document.createElement("span");
    pip.className = "pip";
    pip.setAttribute("aria-hidden", "true");
    link.append(pip);
  }
  pip.textContent = count > 99 ? "99+" : count;
}
