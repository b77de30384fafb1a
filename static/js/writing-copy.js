// Keeps words that could not be saved in this browser, and offers them when one returns.
const form = document.querySelector("[data-writing]");
const offer = form?.querySelector("[data-offer]");
const place = (name = form.dataset.copy) => `handover-draft:${name}`;
const WORDS = ["title", "summary", "body"];
const NOT_WORDS = ["csrfmiddlewaretoken", "edition", "version", "key"];
let isSaved = true;

const read = (name) => JSON.parse(localStorage.getItem(place(name)) ?? "null");

const differs = (kept) =>
  kept.fields.some(
    ([name, value]) => WORDS.includes(name) && form.elements[name].value !== value,
  );

const keep = () => {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_WORDS.includes(name));
  try {
    localStorage.setItem(place(), JSON.stringify({ at: Date.now(), fields }));
  } catch {
    // The browser keeps nothing, or is full: the words are still on the page.
  }
};

const forget = () => {
  localStorage.removeItem(place());
  offer.hidden = true;
};

const putBack = ({ fields }) => {
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = false;
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  offer.hidden = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

if (form) {
  const kept = read();
  if (kept && differs(kept)) {
    offer.querySelector("time").textContent = new Date(kept.at).toLocaleString();
    offer.hidden = false;
    offer.querySelector("[data-put-back]").addEventListener("click", () => putBack(kept));
    offer.querySelector("[data-forget]").addEventListener("click", forget);
  } else if (kept) forget();
  form.addEventListener("input", () => (isSaved = false));
  form.addEventListener("writing:lost", keep);
  form.addEventListener("writing:saved", () => [(isSaved = true), forget()]);
  // A form that is sent may get lost on the way: the next page here forgets the copy.
  form.addEventListener("submit", keep);
  const begun = form.dataset.copy.replace(/:.*/, ":new");
  if (read(begun) && !differs(read(begun))) localStorage.removeItem(place(begun));
  addEventListener("pagehide", () => isSaved || keep());
}
