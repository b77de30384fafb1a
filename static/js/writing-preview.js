// Shows beside the text how readers will see it, a moment after the last key.
const form = document.querySelector("[data-writing]");
const here = form?.querySelector("[data-preview-here]");
let timer;
let running;

const show = async () => {
  running?.abort();
  running = new AbortController();
  const open = [...here.querySelectorAll("details")].map((one) => one.open);
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal: running.signal });
    if (!answer.ok) return;
    here.innerHTML = await answer.text();
    here.querySelectorAll("details").forEach((one, place) => (one.open = open[place] ?? false));
  } catch {
    // A newer one is under way, or the network is away; what is shown stays.
  }
};

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, form.elements.body.value.length > 50000 ? 3000 : 700);
});
if (form && form.elements.title.value) show();
