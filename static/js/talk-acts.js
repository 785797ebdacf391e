/* What can be done with a message, beside it instead of on a page of its own. */
import { again } from "./talk-bar.js";

export function acts(talk) {
  const { log } = talk;
  log.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-talk-acts]");
    const reply = event.target.closest("[data-talk-reply]");
    const edit = event.target.closest("[data-talk-edit]");
    if (link) { event.preventDefault(); toggle(link); }
    if (reply) { event.preventDefault(); shut(log); again(talk, `?reply=${reply.dataset.talkReply}`); }
    if (edit) { event.preventDefault(); shut(log); again(talk, `?edit=${edit.dataset.talkEdit}`); }
  });
  log.addEventListener("keydown", (event) => {
    const open = log.querySelector(".say__menu");
    if (event.key !== "Escape" || !open) return;
    open.closest(".line").querySelector("[data-talk-acts]").focus();
    open.remove();
  });
  log.addEventListener("submit", async (event) => {
    if (!event.target.closest("[data-talk-act]")) return;
    event.preventDefault();
    const body = new FormData(event.target, event.submitter);
    const answer = await fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer) return;
    shut(log);
    if (answer.status >= 400) log.closest(".chat").querySelector("[data-talk-state]").textContent = await answer.text();
    await talk.look();
  });
}

async function toggle(link) {
  const line = link.closest(".line");
  const open = line.querySelector(".say__menu");
  shut(line.parentElement);
  if (open) return;
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const menu = document.createElement("div");
  menu.className = "say__menu";
  menu.append(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  line.append(menu);
  menu.scrollIntoView({ block: "nearest" });
  menu.querySelector("button, a")?.focus();
}

function shut(log) {
  log.querySelectorAll(".say__menu").forEach((menu) => menu.remove());
}
