/* Keeps the inbox's count true over a socket. Hints only: the page is right without it. */
const SIGNED_OUT = 4401;

export function feed(bell) {
  const base = document.querySelector('meta[name="sockets-url"]')?.content;
  if (!base) return;
  let wait = 1000;
  const open = () => {
    const socket = new WebSocket(base.replace(/^http/, "ws") + "/ws/feed/");
    socket.addEventListener("message", (event) => {
      wait = 1000;
      const said = JSON.parse(event.data);
      if (said.conversation) return document.body.dispatchEvent(new CustomEvent("conversation", { detail: said }));
      show(bell, said.unread);
      document.body.dispatchEvent(new CustomEvent("notices")); // an open inbox asks for its list again
    });
    socket.addEventListener("close", (event) => {
      if (event.code === SIGNED_OUT) return window.location.reload();
      wait = Math.min(wait * 2, 30000);
      setTimeout(open, wait + Math.random() * 1000);
    });
  };
  open();
}

function show(bell, count) {
  let pip = bell.querySelector(".pip");
  if (!count) return pip?.remove();
  if (!pip) {
    pip = document.createElement("span");
    pip.className = "pip";
    pip.setAttribute("aria-hidden", "true");
    bell.append(pip);
  }
  pip.textContent = count;
  bell.setAttribute("aria-label", bell.dataset.unread.replace("0", count));
}
