// Passkeys: asks the server for the ceremony, the device for the answer, and posts the answer.
// Forms with data-passkey stay hidden where the browser knows no passkeys; the code works there.

const KEYS = ["id", "challenge"];

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// The challenge and the ids of users and keys travel as text and are wanted as bytes.
function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  const pairs = Object.entries(value).map(([key, entry]) => [
    key,
    KEYS.includes(key) && typeof entry === "string" ? bytes(entry) : decoded(entry),
  ]);
  return Object.fromEntries(pairs);
}

function requestOf(options) {
  const { rp, ...rest } = options.publicKey;
  const request = decoded(rest);
  if (rp) request.rp = rp; // its id is a host name, not bytes
  return { publicKey: request };
}

function encoded(credential) {
  const response = {};
  for (const key of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (credential.response[key]) response[key] = text(credential.response[key]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ceremony(form) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { "X-CSRFToken": token },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const request = requestOf(await answer.json());
  return form.dataset.passkey === "create"
    ? navigator.credentials.create(request)
    : navigator.credentials.get(request);
}

async function submitted(event) {
  const form = event.target;
  // A change of language posts the form as it is.
  if (event.submitter && event.submitter.name === "_switch") return;
  event.preventDefault();
  const problem = form.querySelector(".passkey-problem");
  problem.hidden = true;
  try {
    form.elements.credential.value = encoded(await ceremony(form));
    form.submit();
  } catch {
    problem.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", submitted);
  }
}
