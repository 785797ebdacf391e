/* The one socket of a page. Hints with numbers; what they mean is fetched over HTTP. Everything that wants to hear of it
   listens on the body: live:unread, live:messages, live:talk, live:look, live:state. */
const SIGNED_OUT = 4401;
const TOO_MANY = 4429;
const LONGEST_WAIT = 5000;
let socket = null;
let up = false;

export const isUp = () => up;

export function say(what) {
  if (up) socket.send(JSON.stringify(what));
}

export function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
}

export function open() {
  const base = document.querySelector('meta[name="sockets-url"]')?.content;
  if (!base || socket) return;
  let wait = 500;
  const connect = () => {
    socket = new WebSocket(base.replace(/^http/, "ws") + "/ws/live/");
    socket.addEventListener("message", (event) => {
      if (!up) state(true);
      wait = 500;
      hear(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      state(false);
      if (event.code === SIGNED_OUT) return window.location.reload();
      wait = event.code === TOO_MANY ? 60000 : Math.min(wait * 2, LONGEST_WAIT);
      setTimeout(connect, wait + Math.random() * 500);
    });
  };
  connect();
}

function hear(said) {
  if (said.conversation) return tell("talk", said);
  if (said.look) return tell("look", said);
  if ("unread" in said) tell("unread", said.unread);
  if ("messages" in said) tell("messages", said.messages);
}

function state(now) {
  up = now;
  tell("state", now);
}
