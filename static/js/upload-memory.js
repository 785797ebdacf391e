/* Which file is on its way where, for a day: the same file chosen again goes on from where it was. */
const DAY = 24 * 3600 * 1000;
const key = (file) => `upload:${file.name}:${file.size}`;

export function remember(file, { url, part }) {
  attempt(() => localStorage.setItem(key(file), JSON.stringify({ url, part, at: Date.now() })));
}

export function recall(file) {
  const kept = attempt(() => JSON.parse(localStorage.getItem(key(file))));
  return kept && Date.now() - kept.at < DAY ? kept : null;
}

export function forget(file) {
  attempt(() => localStorage.removeItem(key(file)));
}

/* A browser may refuse to keep anything; then a reload begins anew. */
function attempt(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
