// What waits on this phone until the network is back: kept per date and organiser, in order.
export interface Entry {
  // A "helper" is marked by the offer to help: the line on the list comes with the first mark.
  kind: "mark" | "helper" | "walk_in";
  key: string;
  at: number;
  participation?: string;
  mark?: string;
  name?: string;
  beyond?: boolean;
}

interface Kept {
  until: number;
  entries: Entry[];
}

const PREFIX = "desk:";

// A box whose limit cannot be read is over: nobody's name stays for want of a number.
function read(name: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? "") as Kept;
    return Array.isArray(kept.entries) ? kept : { until: 0, entries: [] };
  } catch {
    return { until: 0, entries: [] };
  }
}

export class Queue {
  private readonly name: string;
  // Where the browser keeps nothing, entries stay in this page only.
  private inPage: Entry[] = [];

  constructor(
    book: string,
    private readonly until: number,
  ) {
    this.name = PREFIX + book;
  }

  get entries(): Entry[] {
    return [...read(this.name).entries, ...this.inPage];
  }

  add(entry: Entry): void {
    this.write([...read(this.name).entries, entry], () => this.inPage.push(entry));
  }

  replace(entry: Entry): void {
    const swap = (old: Entry) => (old.key === entry.key ? entry : old);
    this.inPage = this.inPage.map(swap);
    this.write(read(this.name).entries.map(swap));
  }

  remove(key: string): void {
    this.inPage = this.inPage.filter((entry) => entry.key !== key);
    this.write(read(this.name).entries.filter((entry) => entry.key !== key));
  }

  private write(entries: Entry[], otherwise: () => void = () => undefined): void {
    try {
      if (entries.length) {
        localStorage.setItem(this.name, JSON.stringify({ until: this.until, entries }));
      } else localStorage.removeItem(this.name);
    } catch {
      otherwise();
    }
  }
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// On every page: what is over goes, in the box, in the kept pages, and the script that keeps them.
export async function forgetOldDesks(): Promise<void> {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && read(name).until < Date.now()) localStorage.removeItem(name);
    }
    if (!("caches" in window)) return;
    for (const name of await caches.keys()) {
      const [word, date, until] = name.split("-");
      if (word !== "desk" || Number(until) > Date.now()) continue;
      await caches.delete(name);
      for (const worker of await navigator.serviceWorker.getRegistrations()) {
        if (worker.scope.endsWith(`/door/${date}/`)) await worker.unregister();
      }
    }
  } catch {
    // A browser that lets nothing be kept has nothing to forget.
  }
}
