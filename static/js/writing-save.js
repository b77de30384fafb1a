// Saves while one writes. It says "Saved" only when the server has said so.
const form = document.querySelector("[data-writing]");
const state = form?.querySelector("[data-state]");
const LONGEST = 15000; // milliseconds that one waits for an answer
const SMALL = 50000; // bytes that a browser sends after its page has gone; it allows 64 KiB
let timer;
let latest;
let isDirty = false;
let isBusy = false;

const say = (words, is = "") => {
  state.textContent = words;
  state.dataset.is = is;
};

const PROBLEMS = {
  401: "you have been signed out. Sign in in another tab, then come back to this one.",
  403: "this page is too old. Load it again.",
  404: "this draft cannot be written any more.",
  409: "somebody else has saved this text. Press “Save draft” to see both.",
  422: "something has to be changed first. Press “Save draft” to see what.",
};

const lost = (status) => {
  isDirty = true;
  form.dispatchEvent(new Event("writing:keep"));
  form.dispatchEvent(new Event("writing:lost"));
  const where = form.dataset.kept
    ? "Your words are kept in this browser."
    : "This browser keeps no copy of your words: leave this page open, or copy them elsewhere.";
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
  const copy = form.dataset.copy.replace(/:new$/, `:${answer.guide}`);
  form.dispatchEvent(new CustomEvent("writing:saved", { detail: copy }));
  latest = undefined;
  if (!isDirty) return say(`Saved at ${answer.at}`);
  // Words were typed meanwhile.
  form.dispatchEvent(new Event("writing:keep"));
  say("Saving …");
  again(2000);
};

const send = (isLeaving) => {
  const body = new FormData(form);
  const keepalive = isLeaving && new Blob([...body.values()]).size < SMALL;
  return fetch(form.dataset.autosave, { method: "POST", body, keepalive, signal: AbortSignal.timeout(LONGEST) });
};

// Signing in again, in another tab, makes the token of this page a former one.
const renewToken = async () => {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(LONGEST) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-writing]");
  const person = ({ dataset }) => dataset.copy.split(":")[0];
  if (!now || person(now) !== person(form)) return false;
  form.elements.csrfmiddlewaretoken.value = now.elements.csrfmiddlewaretoken.value;
  return true;
};

const save = async (isLeaving = false) => {
  if (!isDirty || isBusy) return;
  [isDirty, isBusy] = [false, true];
  form.dispatchEvent(new Event("writing:keep"));
  if (state.dataset.is !== "lost") say("Saving …");
  try {
    let answer = await send(isLeaving);
    if (answer.status === 403 && (await renewToken())) answer = await send(isLeaving);
    if (answer.ok && !answer.redirected) saved(await answer.json());
    else lost(answer.status);
  } catch {
    lost(0);
  }
  isBusy = false;
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
form?.addEventListener("writing:save", () => {
  isDirty = true;
  save();
});
form?.addEventListener("writing:said", ({ detail }) => say(detail));
form?.addEventListener("submit", () => clearTimeout(timer));
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => save(document.hidden));
