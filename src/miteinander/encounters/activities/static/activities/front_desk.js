// Marks people without reloading the page. Without this file the same forms work by reloading.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-mark]") || !button) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set(button.name, button.value);
  const id = form.closest("li").id;
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = page.getElementById(id);
    const count = page.getElementById("door-count");
    if (!row || !count) throw new Error("incomplete answer");
    document.getElementById(id).replaceWith(document.adoptNode(row));
    document.getElementById("door-count").textContent = count.textContent;
    document.getElementById(id).querySelector("button").focus();
  } catch {
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = button.name;
    mark.value = button.value;
    form.append(mark);
    form.submit();
  }
});
