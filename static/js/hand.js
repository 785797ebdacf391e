/* A signature drawn with finger, pen or mouse: strokes of whole numbers on a sheet of 600 × 200, kept in a hidden field.
   The typed name stands there for whoever draws none. */
const WIDE = 600, HIGH = 200, LONGEST = 12000, APART = 3;

export function hand(figure) {
  const sheet = figure.querySelector("svg");
  const ink = figure.querySelector(".hand__ink");
  const clear = figure.querySelector("[data-hand-clear]");
  const field = figure.closest("form")?.elements[figure.dataset.name];
  if (!field) return;
  let path = field.value, last = null;
  figure.hidden = false;

  const show = () => { ink.setAttribute("d", path); field.value = path; clear.hidden = !path; };
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    const whole = (part, most) => Math.max(0, Math.min(most, Math.round(part * most)));
    return [whole((event.clientX - box.left) / box.width, WIDE), whole((event.clientY - box.top) / box.height, HIGH)];
  };
  const go = (event) => {
    const [x, y] = at(event);
    if (Math.hypot(x - last[0], y - last[1]) < APART || path.length > LONGEST - 20) return;
    path += `L${x} ${y}`;
    last = [x, y];
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button || path.length > LONGEST - 40) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    last = at(event);
    path += `M${last[0]} ${last[1]}L${last[0]} ${last[1]}`;
    show();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!last) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) go(one);
    show();
  });
  const end = () => { last = null; };
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);
  clear.addEventListener("click", () => { path = ""; show(); });
  show();
}
