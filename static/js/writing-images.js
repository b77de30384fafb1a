// An image that is dropped or pasted is sent with its description, and its line put in.
const form = document.querySelector("[data-writing]");
const text = form?.elements.body;
const box = form?.querySelector("[data-image-box]");
const part = (name) => box.querySelector(`[data-image-${name}]`);
let file;

const ask = (event, files) => {
  const image = [...files].find(({ type }) => type.startsWith("image/"));
  if (!image) return;
  event.preventDefault();
  file = image;
  part("name").textContent = image.name;
  part("problem").textContent = form.dataset.images ? "" : "Give the guide a title first: it is saved a moment later.";
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

const send = async () => {
  const body = new FormData();
  body.set("image", file);
  body.set("alt", part("alt").value);
  if (part("decorative").checked) body.set("is_decorative", "on");
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  try {
    const answer = await fetch(form.dataset.images, { method: "POST", body, headers });
    const said = await answer.json();
    if (!answer.ok) throw new Error(Object.values(said.errors).flat().join(" "));
    leave();
    if (!document.execCommand("insertText", false, `\n${said.markdown}\n`)) text.setRangeText(said.markdown);
  } catch (problem) {
    part("problem").textContent = problem instanceof TypeError || problem instanceof SyntaxError ? "The image was not added: the site could not be reached." : problem.message;
  }
};

if (box) {
  text.addEventListener("paste", (event) => event.clipboardData.getData("text/plain") || ask(event, event.clipboardData.files));
  text.addEventListener("drop", (event) => ask(event, event.dataTransfer.files));
  part("add").addEventListener("click", send);
  part("leave").addEventListener("click", leave);
}
