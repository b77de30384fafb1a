// An image that is dropped or pasted is sent with its description, and its line put in.
const form = document.querySelector("[data-writing]");
const text = form?.elements.body;
const box = form?.querySelector("[data-image-box]");
const part = (name) => box.querySelector(`[data-image-${name}]`);
let file;
let isSending = false;

const ask = (event, files) => {
  const image = [...files].find(({ type }) => type.startsWith("image/"));
  if (!image) return;
  event.preventDefault();
  file = image;
  part("name").textContent = image.name;
  part("problem").textContent = "";
  box.hidden = false;
  part("alt").focus();
};

const leave = () => {
  box.hidden = true;
  file = undefined;
  part("alt").value = "";
  part("decorative").checked = false;
  text.focus();
};

// An image belongs to a guide; the first save of a page makes it.
const address = async () => {
  if (!form.dataset.images) {
    const ended = new Promise((end) => ["saved", "lost"].forEach((how) => form.addEventListener(`writing:${how}`, end, { once: true })));
    form.dispatchEvent(new Event("writing:save"));
    await ended;
  }
  if (!form.dataset.images) throw new Error("The draft has to be saved first. What keeps it from that stands at the end of the page.");
  return form.dataset.images;
};

const add = async () => {
  const body = new FormData();
  body.set("image", file);
  body.set("alt", part("alt").value);
  if (part("decorative").checked) body.set("is_decorative", "on");
  const where = await address();
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(where, { method: "POST", body, headers });
  const said = await answer.json().catch(() => ({ errors: ["You may have been signed out. Save the draft, then try again."] }));
  if (!answer.ok || said.errors) throw new Error(Object.values(said.errors).flat().join(" "));
  leave();
  if (!document.execCommand("insertText", false, `\n${said.markdown}\n`)) text.setRangeText(said.markdown);
};

const send = async () => {
  if (isSending) return;
  isSending = true;
  try {
    await add();
  } catch (problem) {
    part("problem").textContent = problem instanceof TypeError ? "The image was not added: the site could not be reached." : `The image was not added. ${problem.message}`;
  }
  isSending = false;
};

if (box) {
  text.addEventListener("paste", (event) => event.clipboardData.getData("text/plain") || ask(event, event.clipboardData.files));
  text.addEventListener("drop", (event) => ask(event, event.dataTransfer.files));
  part("add").addEventListener("click", send);
  part("leave").addEventListener("click", leave);
}
