/* A player that comments point into: press a comment's second and it is shown, or write one at the moment that stands
   there. A draft fills the screen together with the words over it. */
export function film(figure) {
  const box = figure.querySelector(".film__box");
  const player = box.querySelector("video");
  for (const link of document.querySelectorAll(`[data-film-at][href="#${figure.id}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      player.currentTime = Number(link.dataset.filmAt);
      figure.scrollIntoView({ block: "nearest" });
      player.focus({ preventScroll: true });
    });
  }
  for (const button of document.querySelectorAll(`[data-film-moment="${figure.id}"]`)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      player.pause();
      button.form.elements.at.value = clockTime(player.currentTime);
      button.form.elements.text.focus();
    });
  }
  const fails = () => { figure.querySelector(".film__fails").hidden = false; };
  player.addEventListener("error", fails);
  if (player.error) fails();
  if (box.querySelector(".film__draft")) whole(box, player, figure.querySelector("[data-film-full]"));
}

function whole(box, player, button) {
  if (!document.fullscreenEnabled) return;
  const fill = () => box.requestFullscreen().catch(() => {});
  button.hidden = false;
  button.addEventListener("click", fill);
  /* A browser that does not know controlslist has a button of its own, which would leave the words behind. */
  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement === player) document.exitFullscreen().then(fill);
  });
}

function clockTime(seconds) {
  const [whole, two] = [Math.floor(seconds), (number) => String(number).padStart(2, "0")];
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
