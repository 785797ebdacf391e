/* Where one writes: sends without leaving the page, shows what is on its way, and keeps what was typed over a reload. */
import { say } from "./live.js";

export function bar(talk) {
  const form = talk.chat.querySelector("[data-talk-bar]");
  if (!form) return;
  const draft = new Draft(`draft:${talk.words.me}:${talk.id}`);
  const text = form.elements.text;
  if (!text.value && !form.elements.edits.value) text.value = draft.read();
  text.addEventListener("input", () => {
    if (!form.elements.edits.value) draft.keep(text.value);
    if (text.value) say({ typing: talk.id });
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  names(talk, form);
  form.querySelector("[data-talk-drop]")?.addEventListener("click", (event) => {
    event.preventDefault();
    again(talk, "");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(talk, form, draft);
  });
}

async function send(talk, form, draft) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const way = waiting(talk, form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
    if (answer.redirected) return window.location.reload();
    if (answer.status === 204) {
      draft.forget();
      await talk.look();
      await again(talk, "");
    } else if ([409, 422, 403, 429].includes(answer.status)) replace(talk, await answer.text(), true);
    else throw new Error("again");
    way.remove();
  } catch {
    way.failed(() => send(talk, form, draft)); // the same number: it is kept once, however often it is sent
  } finally { delete form.dataset.busy; }
}

/* What is on its way is seen at once, and is no message yet. */
function waiting(talk, form) {
  const words = form.elements.text.value.trim();
  if (!words || form.elements.edits.value) return { remove() {}, failed() {} };
  talk.log.querySelector("[data-waiting]")?.remove();
  const line = document.createElement("div");
  line.className = "line line--me";
  line.dataset.waiting = "";
  const say_ = document.createElement("p");
  say_.className = "say say--me say--pending";
  say_.textContent = words;
  const meta = document.createElement("p");
  meta.className = "say__meta";
  meta.textContent = talk.words.sending;
  line.append(say_, meta);
  talk.log.append(line);
  talk.log.scrollTop = talk.log.scrollHeight;
  return {
    remove: () => line.remove(),
    failed: (retry) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain btn--s";
      button.textContent = talk.words.retry;
      button.addEventListener("click", () => { line.remove(); retry(); });
      meta.className = "say__meta say__meta--fail";
      meta.textContent = `${talk.words.failed} `;
      meta.append(button);
    },
  };
}

/* A fresh bar from the server: for an answer, an edit, or with a new number after something was sent. */
export async function again(talk, query) {
  const answer = await fetch(`${talk.chat.querySelector("[data-talk-bar]").action}${query}`);
  if (answer.ok) replace(talk, await answer.text(), Boolean(query) || document.activeElement?.closest?.("[data-talk-bar]"));
}

function replace(talk, html, focus) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-talk-bar]");
  const old = talk.chat.querySelector("[data-talk-bar]");
  if (!fresh) return window.location.reload();
  document.adoptNode(fresh);
  old.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
  bar(talk);
  if (focus) fresh.elements.text.focus();
}

/* Names of the people here, offered after an @. */
function names(talk, form) {
  const text = form.elements.text;
  const list = document.createElement("div");
  list.className = "chat__names";
  list.hidden = true;
  (text.closest(".field") ?? text).after(list);
  text.addEventListener("input", () => {
    const begun = /@([^@\n]{0,40})$/.exec(text.value.slice(0, text.selectionStart));
    const found = begun ? [...talk.people].filter(([id, name]) => id !== talk.words.me && name.toLowerCase().startsWith(begun[1].toLowerCase())) : [];
    list.replaceChildren(...found.slice(0, 6).map(([, name]) => offer(text, begun[1], name, list)));
    list.hidden = !found.length;
  });
}

function offer(text, begun, name, list) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-second btn--s";
  button.textContent = `@${name}`;
  button.addEventListener("click", () => {
    const at = text.selectionStart - begun.length;
    text.setRangeText(`${name} `, at, text.selectionStart, "end");
    list.hidden = true;
    text.focus();
  });
  return button;
}

class Draft {
  constructor(key) { this.key = key; }

  read() { try { return localStorage.getItem(this.key) ?? ""; } catch { return ""; } }

  keep(words) { try { localStorage.setItem(this.key, words); } catch { /* private windows keep nothing */ } }

  forget() { try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ } }
}
