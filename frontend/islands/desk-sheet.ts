// What the front desk shows of marks that are under way. All words come with the page.
import type { Entry } from "./desk-queue";

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export class Sheet {
  private readonly words: DocumentFragment;
  private readonly state: HTMLElement | null;
  private readonly notes: HTMLElement | null;
  private readonly list: HTMLElement | null;
  // A search that the server answered shows a part of the list only.
  private readonly isPart: boolean;

  constructor(private readonly root: HTMLElement) {
    const template = root.querySelector<HTMLTemplateElement>("[data-desk-words]");
    this.words = template ? template.content : document.createDocumentFragment();
    this.state = root.querySelector("[data-desk-state]");
    this.notes = root.querySelector("[data-desk-notes]");
    this.list = root.querySelector(".door-list");
    this.isPart = !!root.querySelector<HTMLInputElement>("#door-search")?.defaultValue;
    root.querySelectorAll<HTMLElement>("[data-desk-part]").forEach((part) => (part.hidden = false));
  }

  get token(): string {
    return this.root.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  say(name: string): void {
    if (this.state) this.state.textContent = name ? this.word(name) : "";
  }

  sayWaiting(count: number): void {
    if (!this.state) return;
    const language = document.documentElement.lang || "en";
    const category = new Intl.PluralRules(language).select(count);
    const words = this.word(`waiting-${category}`) || this.word("waiting-other");
    this.state.textContent = count ? words.replace("#", String(count)) : this.word("gap");
  }

  paint(entry: Entry): void {
    const row = this.row(entry) ?? this.newRow(entry);
    if (!row) return;
    this.show(row, entry.kind === "walk_in" ? "present" : (entry.mark ?? "unknown"));
    if (!row.querySelector("[data-waits]")) {
      const waits = document.createElement("p");
      waits.dataset.waits = "";
      waits.className = "desk-waits";
      waits.textContent = this.word("waits");
      row.querySelector("div")?.append(waits);
    }
    this.countShown();
  }

  // The line as the list has it now; while a later mark of the same person waits, that one shows.
  settle(entry: Entry, html: string, pk: number, stillWaits: boolean): void {
    const old = this.row(entry);
    if (stillWaits || !html) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("li");
    if (!fresh) return;
    const line = document.adoptNode(fresh);
    const known = document.getElementById(`p${pk}`);
    const had = old?.contains(document.activeElement) ?? false;
    if (old && known && old !== known) old.remove();
    if (known ?? old) (known ?? old)?.replaceWith(line);
    else this.list?.append(line);
    if (had) line.querySelector<HTMLElement>("button:not([hidden])")?.focus();
  }

  undo(entry: Entry): void {
    const row = this.row(entry);
    if (entry.kind === "walk_in") row?.remove();
    else if (row) {
      this.show(row, row.dataset.presence ?? "unknown");
      row.querySelector("[data-waits]")?.remove();
    }
    this.countShown();
  }

  note(entry: Entry, words: string): HTMLElement | null {
    const name =
      entry.kind === "walk_in" ? entry.name || this.word("nameless") : this.nameOf(entry);
    const line = document.createElement("li");
    const who = document.createElement("bdi");
    who.textContent = name;
    line.append(who, ": ", words);
    this.notes?.append(line);
    this.notes?.removeAttribute("hidden");
    return this.notes && line;
  }

  askAnyway(entry: Entry, words: string, add: () => void): void {
    const line = this.note(entry, words);
    this.row(entry)?.remove();
    this.countShown();
    for (const [name, act] of [
      ["anyway", add],
      ["leave-out", () => undefined],
    ] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = this.word(name);
      button.addEventListener("click", () => {
        line?.remove();
        this.notes?.toggleAttribute("hidden", !this.notes.childElementCount);
        act();
      });
      line?.append(" ", button);
    }
  }

  count(present: number, expected: number): void {
    const count = document.getElementById("door-count");
    const words = this.word("count").replace("#1", String(present)).replace("#2", String(expected));
    if (count) count.textContent = words;
  }

  filterWhileTyping(): void {
    const field = this.root.querySelector<HTMLInputElement>(
      "[data-desk-search] input[type=search]",
    );
    if (this.isPart) return;
    field?.addEventListener("input", () => {
      const wanted = plain(field.value).split(/\s+/);
      for (const row of this.rows()) {
        const name = plain(row.querySelector(".door-name")?.textContent ?? "");
        row.hidden = !wanted.every((word) => name.includes(word));
      }
    });
  }

  leadToNameInGap(hasGap: () => boolean): void {
    this.root.querySelector(".sticky-actions a")?.addEventListener("click", (event) => {
      if (!hasGap()) return;
      event.preventDefault();
      document.getElementById("desk-name")?.focus();
    });
  }

  private word(name: string): string {
    const found = this.words.querySelector(`[data-word="${name}"]`);
    return found?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  }

  private rows(): HTMLElement[] {
    return Array.from(this.root.querySelectorAll<HTMLElement>(".door-row"));
  }

  private row(entry: Entry): HTMLElement | null {
    const letters = { mark: "p", helper: "h", walk_in: "new-" };
    const key = entry.kind === "walk_in" ? entry.key : entry.participation;
    return document.getElementById(`${letters[entry.kind]}${key}`);
  }

  private nameOf(entry: Entry): string {
    return this.row(entry)?.querySelector(".door-name bdi")?.textContent ?? "";
  }

  private newRow(entry: Entry): HTMLElement | null {
    if (entry.kind !== "walk_in" || !this.list) return null;
    const row = document.createElement("li");
    row.id = `new-${entry.key}`;
    row.className = "door-row";
    row.dataset.party = "1";
    row.innerHTML = '<div><p class="door-name"><bdi></bdi></p><p class="door-state"></p></div>';
    const name = row.querySelector("bdi");
    if (name) name.textContent = entry.name || this.word("nameless");
    if (!this.list.querySelector(".door-row")) this.list.replaceChildren();
    this.list.append(row);
    return row;
  }

  private show(row: HTMLElement, mark: string): void {
    row.classList.remove("door-present", "door-absent", "door-unknown");
    row.classList.add(`door-${mark}`);
    const state = row.querySelector(".door-state");
    const words = this.words.querySelector(`[data-state="${mark}"]`);
    if (state && words) state.replaceChildren(...words.cloneNode(true).childNodes);
    const focused = row.contains(document.activeElement);
    for (const button of row.querySelectorAll<HTMLButtonElement>("button[name=mark]")) {
      button.hidden = (button.value === "unknown") === (mark === "unknown");
    }
    if (focused) row.querySelector<HTMLElement>("button[name=mark]:not([hidden])")?.focus();
  }

  // Counted on the phone until the server says it again.
  private countShown(): void {
    if (this.isPart) return;
    const sum = (rows: HTMLElement[]) =>
      rows.reduce((total, row) => total + Number(row.dataset.party ?? 1), 0);
    const rows = this.rows();
    this.count(sum(rows.filter((row) => row.classList.contains("door-present"))), sum(rows));
  }
}
