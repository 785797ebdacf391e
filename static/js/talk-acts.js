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
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer) return;
    if (answer.redirected && new URL(answer.url).pathname !== new URL(form.action).pathname) {
      return window.location.assign(answer.url); // it leads on: to the contract, or to a password first
    }
    shut(log);
    const said = await answer.text();
    if (answer.redirected) toast(said);
    else if (answer.status >= 400) log.closest(".chat").querySelector("[data-talk-state]").textContent = said;
    const card = form.closest("[data-seq]");
    if (card) talk.last = Math.min(talk.last, Number(card.dataset.seq) - 1); // how it stands now is asked for again
    await talk.look();
  });
}

/* What the page behind the form would have said on top. */
function toast(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll(".toasts > *");
  const place = document.querySelector(".toasts");
  if (!fresh.length || !place) return;
  place.replaceChildren(...fresh);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: place } }));
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
