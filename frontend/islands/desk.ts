// The front desk goes on without network: marks wait on the phone and are sent in order later.
import { type Entry, newKey, Queue } from "./desk-queue";
import { Sheet } from "./desk-sheet";

interface Answer {
  state: "done" | "refused" | "full";
  words: string;
  row?: string;
  pk?: number;
  present?: number;
  expected?: number;
}

const AGAIN_AFTER = 5000;

class Desk {
  private isSending = false;
  private isOffline = false;
  private timer = 0;
  private told = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly queue: Queue,
    private readonly sheet: Sheet,
  ) {}

  take(entry: Entry): void {
    this.queue.add(entry);
    this.sheet.paint(entry);
    void this.send();
  }

  // One after the other, so that the order of the door is the order of the list.
  async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    window.clearTimeout(this.timer);
    const had = this.isOffline && this.queue.entries.length > 0;
    let problem = "";
    try {
      for (let next = this.queue.entries[0]; next; next = this.queue.entries[0]) {
        problem = await this.sendOne(next);
        if (problem) break;
      }
    } finally {
      this.isSending = false;
    }
    this.isOffline = problem === "gap" || (!problem && this.isOffline && !navigator.onLine);
    this.tell(problem, had);
    if (problem === "gap") this.timer = window.setTimeout(() => void this.send(), AGAIN_AFTER);
  }

  lose(): void {
    this.isOffline = true;
    this.tell("gap", false);
  }

  get hasGap(): boolean {
    return this.isOffline || !navigator.onLine;
  }

  private tell(problem: string, hadWaiting: boolean): void {
    if (problem === "gap") this.sheet.sayWaiting(this.queue.entries.length);
    else if (problem || hadWaiting) this.sheet.say(problem || "sent");
    else if (this.told) this.sheet.say("");
    this.told = problem;
  }

  private async sendOne(entry: Entry): Promise<string> {
    let answer: Answer;
    try {
      const response = await fetch(this.root.dataset.sync ?? "", {
        method: "POST",
        body: this.body(entry),
        redirect: "manual",
      });
      if (response.type === "opaqueredirect") return "sign-in";
      if (response.status >= 500 || response.status === 429) return "gap";
      if (!response.ok) return "reload";
      answer = (await response.json()) as Answer;
    } catch {
      return "gap";
    }
    this.queue.remove(entry.key);
    this.settle(entry, answer);
    return "";
  }

  private body(entry: Entry): FormData {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.sheet.token);
    body.set("book", this.root.dataset.book ?? "");
    body.set("kind", entry.kind);
    body.set("key", entry.key);
    body.set("age", String(Math.max(0, Date.now() - entry.at)));
    body.set("participation", entry.participation ?? "");
    body.set("mark", entry.mark ?? "");
    body.set("name", entry.name ?? "");
    if (entry.beyond) body.set("beyond_seats", "on");
    return body;
  }

  private settle(entry: Entry, answer: Answer): void {
    const isSame = (one: Entry) =>
      one.kind === entry.kind && one.participation === entry.participation;
    const isLast = !this.queue.entries.some(isSame);
    if (answer.state === "done") {
      const still = entry.kind !== "walk_in" && !isLast;
      this.sheet.settle(entry, answer.row ?? "", answer.pk ?? 0, still);
      if (!this.queue.entries.length) this.sheet.count(answer.present ?? 0, answer.expected ?? 0);
    } else if (answer.state === "refused") this.sheet.undo(entry);
    if (answer.state === "full") {
      this.sheet.askAnyway(entry, answer.words, () => {
        this.take({ ...entry, beyond: true });
      });
    } else if (answer.words) this.sheet.note(entry, answer.words);
  }
}

async function keepPage(root: HTMLElement): Promise<void> {
  const until = Number(root.dataset.pageUntil);
  const worker = root.dataset.worker;
  if (!worker || !("serviceWorker" in navigator) || until < Date.now()) return;
  const parts = document.querySelectorAll<HTMLElement>(
    "head link[rel=stylesheet], head link[rel=icon], head script[src]",
  );
  const addresses = Array.from(
    parts,
    (part) => part.getAttribute("href") ?? part.getAttribute("src"),
  );
  try {
    await navigator.serviceWorker.register(worker);
    const cache = await caches.open(`desk-${root.dataset.desk}-${until}`);
    await cache.addAll([location.pathname, ...addresses.filter((one): one is string => !!one)]);
  } catch {
    // Without it the open page still works; it just cannot be loaded anew in a gap.
  }
}

export function runFrontDesk(): void {
  const root = document.querySelector<HTMLElement>("[data-desk]");
  if (!root) return;
  const queue = new Queue(root.dataset.book ?? "", Number(root.dataset.keptUntil));
  const sheet = new Sheet(root);
  const desk = new Desk(root, queue, sheet);
  queue.entries.forEach((entry) => sheet.paint(entry));
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.matches("[data-mark]") && button) {
      event.preventDefault();
      const line = form.closest("li")?.id ?? "";
      const kind = line.startsWith("h") ? "helper" : "mark";
      const participation = line.slice(1);
      desk.take({ kind, key: newKey(), at: Date.now(), participation, mark: button.value });
    } else if (form.matches("[data-desk-walk-in]")) {
      event.preventDefault();
      const field = form.elements.namedItem("name") as HTMLInputElement;
      desk.take({ kind: "walk_in", key: newKey(), at: Date.now(), name: field.value.trim() });
      field.value = "";
      field.focus();
    } else if (form.matches("[data-desk-search]") && desk.hasGap) event.preventDefault();
  });
  sheet.filterWhileTyping();
  sheet.leadToNameInGap(() => desk.hasGap);
  window.addEventListener("online", () => void desk.send());
  window.addEventListener("offline", () => desk.lose());
  if (!navigator.onLine) desk.lose();
  if (queue.entries.length) void desk.send();
  void keepPage(root);
}
