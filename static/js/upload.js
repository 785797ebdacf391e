/* Sends files in parts and goes on after a broken line, a pause or a reload. Without it the form sends a small file. */
import { remember, forget, recall } from "./upload-memory.js";

const LONGEST_WAIT = 30000;

export function upload(box) {
  const input = box.querySelector("input[type=file]");
  input.removeAttribute("name"); // the form sends what is already here, never the bytes again
  input.multiple = true;
  input.addEventListener("change", () => {
    for (const file of input.files) send(box, file);
    input.value = "";
  });
}

function send(box, file) {
  const row = draw(box, file);
  if (file.size > Number(box.dataset.most)) return row.say(box.dataset.tooBig);
  const job = { box, file, row, url: "", offset: 0, wait: 1000, paused: false, gone: false };
  row.pause.addEventListener("click", () => {
    job.paused = !job.paused;
    row.pause.textContent = job.paused ? box.dataset.goOn : box.dataset.pause;
    if (job.paused) row.say(box.dataset.paused);
    else run(job);
  });
  row.cancel.addEventListener("click", () => {
    job.gone = true;
    if (job.url) call(box, job.url, { method: "DELETE" }).catch(() => {});
    forget(file);
    row.item.remove();
  });
  run(job);
}

/* One loop a file: wherever it was left, it asks how much is here and goes on from there. */
async function run(job) {
  if (job.running) return;
  job.running = true;
  try {
    while (!job.gone && !job.paused) {
      try {
        if (await advance(job)) return;
        job.wait = 1000;
      } catch (error) {
        if (error.final) return end(job, error.message || job.box.dataset.failed);
        job.row.say(job.box.dataset.waiting);
        await new Promise((resolve) => setTimeout(resolve, job.wait + Math.random() * 500));
        job.wait = Math.min(job.wait * 2, LONGEST_WAIT);
        job.ask = true;
      }
    }
  } finally {
    job.running = false;
  }
}

/* The next step; true when nothing is left to do. */
async function advance(job) {
  const { box, file } = job;
  if (!job.url) return begin(job);
  if (job.ask) {
    const answer = await call(box, job.url, {});
    if (!answer.ok) return lost(job);
    job.offset = (await answer.json()).offset;
    job.ask = false;
  }
  if (job.offset >= file.size) return finish(job);
  const part = file.slice(job.offset, job.offset + job.part);
  const answer = await call(box, job.url, { method: "PATCH", body: part, headers: { "Upload-Offset": job.offset } });
  const here = answer.headers.get("Upload-Offset");
  if (here === null) return answer.status === 400 ? ((job.ask = true), false) : refused(answer);
  job.offset = Number(here); // also after 409: it says where to go on
  show(job);
  return false;
}

async function begin(job) {
  const { box, file } = job;
  const known = recall(file);
  if (known) {
    job.url = known.url;
    job.part = known.part;
    job.ask = true;
    return false;
  }
  const said = new URLSearchParams({ name: file.name, size: file.size, purpose: box.dataset.purpose });
  const answer = await call(box, box.dataset.begin, { method: "POST", body: said });
  if (answer.status !== 201) return refused(answer);
  const told = await answer.json();
  job.url = told.url;
  job.part = told.part;
  remember(file, told);
  show(job);
  return false;
}

async function finish(job) {
  job.row.say(job.box.dataset.checking);
  const answer = await call(job.box, `${job.url}finish/`, { method: "POST" });
  if (!answer.ok) return answer.headers.get("Upload-Offset") ? ((job.ask = true), false) : refused(answer);
  const told = await answer.json();
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = job.box.dataset.name;
  kept.value = told.asset;
  job.row.item.append(kept);
  end(job, job.box.dataset.done);
  job.row.bar.value = 100;
  return true;
}

/* What we remembered is over: begin anew. */
function lost(job) {
  forget(job.file);
  job.url = "";
  job.offset = 0;
  job.ask = false;
  return false;
}

async function refused(answer) {
  if (answer.status >= 500) throw new Error("again");
  const said = answer.headers.get("Content-Type")?.includes("json") ? (await answer.json()).text : "";
  throw Object.assign(new Error(said), { final: true });
}

function end(job, words) {
  forget(job.file);
  job.row.pause.hidden = true;
  job.row.say(words);
  job.box.querySelector("[data-upload-said]").textContent = `${job.file.name}: ${words}`;
}

function show(job) {
  const percent = Math.floor((100 * job.offset) / job.file.size);
  job.row.bar.value = percent;
  // The part that was under way when it was paused has arrived: it is paused all the same.
  job.row.say(job.paused ? job.box.dataset.paused : `${job.box.dataset.sending} ${percent} %`);
  const tenth = Math.floor(percent / 10);
  if (tenth === job.tenth) return;
  job.tenth = tenth;
  job.box.querySelector("[data-upload-said]").textContent = `${job.file.name}: ${percent} %`;
}

function call(box, url, options) {
  const token = box.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(url, { credentials: "same-origin", ...options, headers: { "X-CSRFToken": token, ...options.headers } });
}

function draw(box, file) {
  const item = box.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
  item.querySelector("[data-upload-name]").textContent = file.name;
  const bar = item.querySelector("progress");
  bar.setAttribute("aria-label", file.name);
  const state = item.querySelector("[data-upload-state]");
  box.querySelector("[data-upload-files]").append(item);
  return {
    item,
    bar,
    pause: item.querySelector("[data-upload-pause]"),
    cancel: item.querySelector("[data-upload-cancel]"),
    say: (words) => { state.textContent = words; },
  };
}
