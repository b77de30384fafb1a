// Saves while one writes. It says "Saved" only when the server has said so.
const form = document.querySelector("[data-writing]");
const state = form?.querySelector("[data-state]");
let timer;
let latest;
let isDirty = false;
let isBusy = false;

const say = (words, is = "") => {
  state.textContent = words;
  state.dataset.is = is;
};

const PROBLEMS = {
  401: "you have been signed out. Sign in in another tab, then go on here.",
  403: "this page is too old. Load it again.",
  404: "this draft cannot be written any more.",
  409: "somebody else has saved this text. Press “Save draft” to see both.",
  422: "something has to be changed first. Press “Save draft” to see what.",
};

const lost = (status) => {
  form.dispatchEvent(new Event("writing:keep"));
  const where = form.dataset.kept
    ? "Your words are kept in this browser."
    : "This browser keeps no copy of them: leave this page open, or copy your words elsewhere.";
  say(`Not saved: ${PROBLEMS[status] ?? "the site cannot be reached. We try again."} ${where}`, "lost");
  if (!PROBLEMS[status] || status === 401) again(10000);
};

const saved = (answer) => {
  form.elements.edition.value = answer.edition;
  form.elements.version.value = answer.version;
  if (location.pathname !== answer.edit) history.replaceState(null, "", answer.edit);
  form.action = answer.edit;
  form.dataset.autosave = answer.autosave;
  form.dataset.preview = `${answer.preview}?fragment`;
  form.dataset.images = answer.images;
  say(`Saved at ${answer.at}`);
  const copy = form.dataset.copy.replace(/:new$/, `:${answer.guide}`);
  form.dispatchEvent(new CustomEvent("writing:saved", { detail: copy }));
};

const save = async () => {
  if (!isDirty || isBusy) return;
  [isDirty, isBusy] = [false, true];
  say("Saving …");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: form.elements.body.value.length < 50000 });
    if (answer.ok && !answer.redirected) saved(await answer.json());
    else [isDirty] = [true, lost(answer.status)];
  } catch {
    isDirty = true;
    lost(0);
  }
  isBusy = false;
  if (isDirty && state.dataset.is !== "lost") again(2000);
};

function again(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

form?.addEventListener("input", () => {
  isDirty = true;
  latest ??= Date.now();
  again(Date.now() - latest > 20000 ? 0 : 2000);
});
form?.addEventListener("writing:saved", () => (latest = undefined));
form?.addEventListener("writing:said", ({ detail }) => say(detail));
form?.addEventListener("submit", () => clearTimeout(timer));
addEventListener("online", save);
document.addEventListener("visibilitychange", () => document.hidden && save());
