/* An open conversation. It keeps the number of the last thing it has seen and asks for the gap when the socket names a
   higher one; every ten seconds anyway where no socket gets through. What comes is put in its place by number and id, so
   that each message stands there once and in order whatever comes twice. It stays at its end unless one reads above. */
import { isUp, say } from "./live.js";
import { bar } from "./talk-bar.js";
import { acts } from "./talk-acts.js";

const EVERY = 10000;
const NEAR = 64;
const TYPING_LASTS = 5000;

export function talk(log) {
  const chat = log.closest(".chat");
  const talk = {
    log,
    chat,
    id: log.dataset.conversation,
    last: Number(log.dataset.last),
    people: new Map(JSON.parse(chat.querySelector("#talk-people")?.textContent || "[]").map((one) => [one.id, one.name])),
    look: () => look(talk),
    words: log.dataset,
  };
  listen(talk);
  bar(talk);
  acts(talk);
  toEnd(log);
}

function listen(talk) {
  const { log } = talk;
  let atEnd = true;
  log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR; });
  talk.keep = () => { if (atEnd) toEnd(log); };
  const here = new Here(talk);
  const on = {
    "live:talk": ({ detail }) => {
      if (detail.conversation !== talk.id) return;
      if (detail.seq > talk.last || detail.marks) look(talk);
      if (detail.here) here.are(detail.here);
      if (detail.typing) here.types(detail.typing);
    },
    "live:look": () => look(talk),
    "live:state": ({ detail: up }) => {
      state(talk, up);
      if (up) say({ join: talk.id });
      look(talk);
    },
  };
  const seen = () => look(talk);
  for (const [name, hear] of Object.entries(on)) document.body.addEventListener(name, hear);
  document.addEventListener("visibilitychange", seen);
  const timer = setInterval(() => {
    if (log.isConnected) return isUp() || look(talk);
    clearInterval(timer);
    say({ leave: talk.id });
    for (const [name, hear] of Object.entries(on)) document.body.removeEventListener(name, hear);
    document.removeEventListener("visibilitychange", seen);
  }, EVERY);
  state(talk, isUp());
  if (isUp()) say({ join: talk.id });
}

/* One look at a time; what is asked for meanwhile is looked for afterwards. Unseen pages do not look: they would read. */
async function look(talk) {
  if (document.visibilityState !== "visible") return;
  if (talk.looking) { talk.again = true; return; }
  talk.looking = true;
  try {
    do {
      talk.again = false;
      const answer = await fetch(`${talk.words.url}?since=${talk.last}`, { headers: { "HX-Request": "true" } });
      if (answer.redirected || answer.status === 404) return window.location.reload();
      if (!answer.ok) return;
      put(talk, await answer.text());
      talk.last = Math.max(talk.last, Number(answer.headers.get("X-Last")));
      talk.again ||= answer.headers.has("X-More");
    } while (talk.again);
    document.body.dispatchEvent(new CustomEvent("talk:read"));
  } catch { /* no line: the next hint, or the clock, asks again */ } finally { talk.looking = false; }
}

function put(talk, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const { log } = talk;
  const marks = log.querySelector("[data-talk-marks]");
  const first = Number(log.querySelector("[data-seq]")?.dataset.seq ?? 0);
  for (const line of fresh.querySelectorAll("[data-seq]")) {
    const known = document.getElementById(line.id);
    document.adoptNode(line);
    if (known && log.contains(known)) known.replaceWith(line);
    else if (Number(line.dataset.seq) > first) place(log, line, marks);
    window.htmx?.process(line);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: line } }));
  }
  if (log.querySelector("[data-seq]")) log.querySelector("[data-talk-empty]")?.remove();
  const said = fresh.querySelector("[data-talk-marks]");
  if (said && marks) marks.textContent = said.textContent;
  talk.said?.();
  talk.keep();
}

function place(log, line, marks) {
  const lines = [...log.querySelectorAll("[data-seq]")];
  const next = lines.find((one) => Number(one.dataset.seq) > Number(line.dataset.seq));
  log.insertBefore(line, next ?? marks);
  const before = lines.filter((one) => Number(one.dataset.seq) < Number(line.dataset.seq)).pop();
  if (before?.dataset.day === line.dataset.day) return;
  const day = document.createElement("p");
  day.className = "chat__day";
  day.textContent = line.dataset.day;
  log.insertBefore(day, line);
}

function state(talk, up) {
  const line = talk.chat.querySelector("[data-talk-state]");
  line.textContent = up ? talk.words.live : talk.words.polled;
  line.classList.toggle("chat__state--polled", !up);
}

class Here {
  constructor(talk) {
    this.talk = talk;
    this.line = talk.chat.querySelector("[data-talk-who]");
    this.base = this.line.textContent;
    this.online = [];
  }

  are(people) {
    this.online = people.filter((one) => one !== this.talk.words.me).map((one) => this.talk.people.get(one)).filter(Boolean);
    this.show();
  }

  types(person) {
    if (person === this.talk.words.me || !this.talk.people.has(person)) return;
    this.typing = this.talk.people.get(person);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.typing = ""; this.show(); }, TYPING_LASTS);
    this.show();
  }

  show() {
    if (this.typing) this.line.textContent = `${this.typing} ${this.talk.words.typing}`;
    else this.line.textContent = this.online.length ? `${this.base} · ${this.online.join(", ")} ${this.talk.words.here}` : this.base;
  }
}

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
}
