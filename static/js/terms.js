// Meanings beside the words: the first tap shows one, and Escape hides it.
let quiet;

const speak = () => {
  quiet?.classList.remove("term--quiet");
  quiet = undefined;
};

addEventListener("keydown", (event) => {
  const shown = document.querySelector(".term:is(:hover, :focus-visible)");
  if (event.key !== "Escape" || !shown) return;
  speak();
  quiet = shown;
  quiet.classList.add("term--quiet");
});

let touched;
addEventListener("pointerdown", (event) => {
  const term = event.target.closest?.(".term");
  // The second tap leads on to the list, as the first does without this script.
  touched = event.pointerType === "touch" && term !== document.activeElement ? term : null;
});
addEventListener("click", (event) => {
  const term = event.target.closest?.(".term");
  if (!term || term !== touched) return;
  event.preventDefault();
  term.focus();
});

for (const event of ["pointerover", "focusin"]) {
  addEventListener(event, ({ target }) => target !== quiet && speak());
}
