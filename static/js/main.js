/* Binds small behaviours to elements by data-controller. Every page works without them. */
import { busy } from "./busy.js";
import { confirm } from "./confirm.js";
import { copy } from "./copy.js";
import { feed, letters } from "./feed.js";
import { film } from "./film.js";
import { hand } from "./hand.js";
import { menu } from "./menu.js";
import { reveal } from "./reveal.js";
import { summary } from "./summary.js";
import { talk } from "./talk.js";
import { theme } from "./theme.js";
import { toast } from "./toast.js";
import { upload } from "./upload.js";

const controllers = { busy, confirm, copy, feed, film, hand, letters, menu, reveal, summary, talk, theme, toast, upload };
const bound = new WeakSet();

export function register(name, controller) {
  controllers[name] = controller;
  bind(document);
}

function bind(root) {
  const elements = [...root.querySelectorAll("[data-controller]")];
  if (root instanceof Element && root.matches("[data-controller]")) elements.unshift(root);
  for (const element of elements) {
    if (bound.has(element)) continue;
    const names = element.dataset.controller.split(" ").filter((name) => name in controllers);
    for (const name of names) controllers[name](element);
    if (names.length) bound.add(element);
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail.elt));
