// Keeps words that are not saved in this browser, and offers them when one returns.
// Kept under one name: the words of now, then older ones that wait for an answer.
const form = document.querySelector("[data-writing]");
const offer = form?.querySelector("[data-offer]");
const READ = ["edition", "version", "key"]; // what the words were written on
const SENT = "handover-sent";
const place = (name) => `handover-words:${name}`;
let isSaved = !form?.hasAttribute("data-unsaved");
let offered = [];

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(place(name))) ?? [];
  } catch {
    return []; // The browser lets nobody read what it keeps.
  }
};

const store = (copies, name = form.dataset.copy) => {
  try {
    if (copies.length) localStorage.setItem(place(name), JSON.stringify(copies));
    else localStorage.removeItem(place(name));
    return true;
  } catch {
    return false; // The browser keeps nothing, or is full.
  }
};

const isBox = ({ type }) => type === "checkbox";
const typed = (field) => (isBox(field) ? field.checked : field.value);
const fields = () => [...form.elements].filter(({ name, type }) => name && name !== "csrfmiddlewaretoken" && type !== "submit");
const field = ({ name, box }) => fields().find((one) => one.name === name && (!isBox(one) || one.value === box));
const words = () => fields().map((one) => ({ name: one.name, box: isBox(one) && one.value, value: typed(one) }));

const differs = (copy) =>
  copy.words.some((word) => !READ.includes(word.name) && field(word) && typed(field(word)) !== word.value);

const keep = () => {
  isSaved = false;
  const isKept = store([{ at: Date.now(), words: words() }, ...offered]);
  form.dataset.kept = isKept ? "yes" : "";
  return isKept;
};

const show = () => {
  if (!offer) return;
  offer.hidden = !offered.length;
  if (offered.length) offer.querySelector("time").textContent = new Date(offered[0].at).toLocaleString();
};

// With the words comes the version they were written on: a newer one meets them.
const putBack = () => {
  for (const word of offered.shift().words) {
    const one = field(word);
    if (one) one[isBox(one) ? "checked" : "value"] = word.value;
  }
  show();
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

const forget = () => {
  offered.shift();
  show();
  if (isSaved) store(offered);
  else keep();
};

const saved = ({ detail: name }) => {
  isSaved = true;
  store(offered);
  if (name === form.dataset.copy) return;
  // A guide was begun: older words of others that were begun wait for the next one.
  form.dataset.copy = name;
  offered = [];
  show();
};

const sent = () => keep() && sessionStorage.setItem(SENT, form.dataset.copy);

// What was sent may have got lost on the way: the page after it says if it was saved.
try {
  const name = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (name && document.querySelector("[data-saved]")) store(read(name).slice(1), name);
} catch {
  // A browser that keeps nothing has nothing to drop.
}

if (form) {
  offered = read(form.dataset.copy).filter(differs);
  if (isSaved) store(offered);
  show();
  offer?.querySelector("[data-put-back]").addEventListener("click", putBack);
  offer?.querySelector("[data-forget]").addEventListener("click", forget);
  form.addEventListener("input", () => (isSaved = false));
  form.addEventListener("writing:keep", keep);
  form.addEventListener("writing:saved", saved);
  form.addEventListener("submit", sent);
  addEventListener("pagehide", () => isSaved || keep());
}
