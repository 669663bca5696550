// Notes on this device: asks the browser for permission only after the tap, and hands what the
// browser answers to the server by a plain form. Where notes cannot work the sentence stays.
const SCOPE = "/push/";

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

async function markOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (one) => one.toString(16).padStart(2, "0")).join("");
}

async function subscribed(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

// A subscription made with another key of ours cannot be used any more.
async function subscribe(worker: string, key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register(worker, { scope: SCOPE });
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  if (!registration.active) await activated(registration);
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  return registration.pushManager.subscribe(options);
}

function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("redundant"));
    });
  });
}

function fill(form: HTMLFormElement, subscription: PushSubscription): void {
  const { endpoint, keys } = subscription.toJSON();
  const told: Record<string, string | undefined> = { endpoint, ...keys };
  for (const name of ["endpoint", "p256dh", "auth"]) {
    form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = told[name] ?? "";
  }
}

async function markOwn(box: HTMLElement, form: HTMLFormElement): Promise<void> {
  const subscription = await subscribed();
  const mark = subscription ? await markOf(subscription.endpoint) : "";
  const row = document.querySelector<HTMLElement>(`[data-push-device="${mark}"]`);
  form.hidden = row !== null;
  box.querySelector<HTMLElement>("[data-push-here]")!.hidden = row === null;
  row?.querySelector("form")?.addEventListener("submit", () => void subscription?.unsubscribe());
}

export function offerNotes(): void {
  const box = document.querySelector<HTMLElement>("[data-push]");
  const form = box?.querySelector<HTMLFormElement>("[data-push-form]");
  const isPossible =
    "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!box || !form || !isPossible) return;
  const status = box.querySelector<HTMLElement>("[data-push-status]")!;
  box.querySelector<HTMLElement>("[data-push-without]")!.hidden = true;
  void markOwn(box, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((await Notification.requestPermission()) !== "granted") {
      status.textContent = status.dataset.denied ?? "";
      return;
    }
    try {
      fill(form, await subscribe(box.dataset.pushWorker ?? "", box.dataset.pushKey ?? ""));
      form.submit();
    } catch {
      status.textContent = status.dataset.failed ?? "";
    }
  });
}
